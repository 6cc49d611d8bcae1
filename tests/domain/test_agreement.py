"""Agreement of two markers, held against published tables."""

from fractions import Fraction
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.agreement import intraclass, linear, quadratic, unweighted, weighted_kappa

# Cohen (1968), Weighted kappa, Psychological Bulletin 70, table 1: two judges, 200 cases.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
COHEN_WEIGHTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
# Hout, Duncan and Sobel (1987), in Agresti, Categorical Data Analysis: 91 couples. The figures
# are those of the example of `Kappa` in the R package vcd.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
# Shrout and Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges.
SHROUT_FLEISS = [
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
]

ratings = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    cells = (repeat((i, j), n) for i, row in enumerate(table) for j, n in enumerate(row))
    return list(chain.from_iterable(cells))


def test_cohens_own_example_gives_his_kappas() -> None:
    plain = weighted_kappa(pairs(COHEN), range(3), unweighted)
    weighted = weighted_kappa(pairs(COHEN), range(3), lambda i, j: COHEN_WEIGHTS[i][j])

    assert (plain.n, plain.observed) == (200, Fraction(70, 100))
    assert plain.kappa is not None
    assert weighted.kappa is not None
    assert float(plain.kappa) == pytest.approx(0.492, abs=5e-4)
    assert float(weighted.kappa) == pytest.approx(0.348, abs=5e-4)
    assert plain.kappa == Fraction(29, 59)


def test_linear_weights_give_the_published_kappa_of_the_91_couples() -> None:
    plain = weighted_kappa(pairs(COUPLES), range(4), unweighted).kappa
    weighted = weighted_kappa(pairs(COUPLES), range(4), linear).kappa

    assert plain is not None
    assert weighted is not None
    assert float(plain) == pytest.approx(0.1293, abs=5e-5)
    assert float(weighted) == pytest.approx(0.2374, abs=5e-5)


@given(ratings)
def test_kappa_is_the_textbook_formula_over_the_whole_table(
    given_pairs: list[tuple[int, int]],
) -> None:
    n = len(given_pairs)
    share = {(i, j): Fraction(given_pairs.count((i, j)), n) for i in range(4) for j in range(4)}
    row = [sum(share[i, j] for j in range(4)) for i in range(4)]
    column = [sum(share[i, j] for i in range(4)) for j in range(4)]
    weight = {(i, j): 1 - Fraction((i - j) ** 2, 9) for i in range(4) for j in range(4)}
    observed = sum(weight[cell] * share[cell] for cell in weight)
    chance = sum(weight[i, j] * row[i] * column[j] for i, j in weight)

    found = weighted_kappa(given_pairs, range(4)).kappa

    assert found == (None if chance == 1 else (observed - chance) / (1 - chance))


@given(ratings)
def test_with_equal_margins_quadratic_kappa_is_the_correlation(
    given_pairs: list[tuple[int, int]],
) -> None:
    """Cohen (1968): with equal margins it is the product-moment correlation."""
    both_ways = given_pairs + [(second, first) for first, second in given_pairs]
    n = len(both_ways)
    mean = Fraction(sum(first for first, _ in both_ways), n)
    variance = sum((first - mean) ** 2 for first, _ in both_ways)
    covariance = sum((first - mean) * (second - mean) for first, second in both_ways)

    found = weighted_kappa(both_ways, range(4), quadratic).kappa

    assert found == (None if variance == 0 else covariance / variance)


def test_agreement_that_cannot_be_otherwise_has_no_kappa() -> None:
    one_category = weighted_kappa([("pass", "pass")] * 5, ["fail", "pass"])

    assert one_category.observed == 1
    assert one_category.kappa is None
    assert weighted_kappa([], ["fail", "pass"]).observed is None
    assert weighted_kappa([], ["fail", "pass"]).kappa is None


def test_a_rating_outside_the_categories_is_refused() -> None:
    with pytest.raises(ValueError, match="'good'"):
        weighted_kappa([("good", "fail")], ["fail", "pass"])


def test_shrout_and_fleiss_table_gives_their_intraclass_correlation() -> None:
    found = intraclass(SHROUT_FLEISS)

    assert found is not None
    assert float(found) == pytest.approx(0.29, abs=5e-3)
    # R's psych::ICC prints 0.2897638 for ICC2 of the same table.
    assert float(found) == pytest.approx(0.2897638, abs=5e-8)


def test_a_marker_who_is_stricter_throughout_lowers_the_intraclass_correlation() -> None:
    assert intraclass([(1, 1), (2, 2), (5, 5)]) == 1
    stricter = intraclass([(2, 1), (3, 2), (6, 5)])
    assert stricter is not None
    assert 0 < stricter < 1


@pytest.mark.parametrize("points", [[], [(1, 2)], [(1,), (2,)], [(3, 3), (3, 3)]])
def test_without_two_answers_two_markers_and_a_difference_there_is_none(
    points: list[tuple[int, ...]],
) -> None:
    assert intraclass(points) is None

"""Sums of item analysis: they only need adding, in any order, and taking out again."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.item_analysis import analyse_item
from certify.domain.tally import (
    Tally,
    TotalTally,
    group_weights,
    item_sums,
    merged,
    tally,
    thousandths,
    turned,
)
from tests.raw_scores import (
    LIMITS,
    POINT,
    attempt,
    exam,
    matrices,
    pearson,
    summed,
    textbook_alpha,
    textbook_d,
    variance,
)


@given(matrices)
def test_figures_from_sums_are_those_of_the_raw_matrix(matrix: list[list[int]]) -> None:
    sums = summed([attempt(row) for row in matrix])
    totals = [sum(row) for row in matrix]
    alpha = textbook_alpha(matrix)

    found = exam(sums, len(matrix[0])).alpha
    assert found == (None if alpha is None else pytest.approx(float(alpha), abs=1e-9))
    for at, item in enumerate(sums.items):
        earned = [row[at] for row in matrix]
        figures = analyse_item(item, LIMITS)
        assert figures.p == Fraction(sum(earned), POINT * len(matrix))
        rest = pearson(earned, [total - x for total, x in zip(totals, earned, strict=True)])
        assert figures.item_rest == (None if rest is None else pytest.approx(rest, abs=1e-9))
        undefined = variance(earned) == 0 or variance(totals) == 0
        assert figures.upper_lower_d == (None if undefined else textbook_d(matrix, at))


@given(matrices, st.randoms())
def test_the_order_of_attempts_and_parts_added_later_change_nothing(
    matrix: list[list[int]], random: Random
) -> None:
    attempts = [attempt(row) for row in matrix]
    half = len(attempts) // 2
    parts = [merged(row for one in part for row in tally(one)[1])
             for part in (attempts[:half], attempts[half:])]  # fmt: skip
    shuffled = random.sample(attempts, len(attempts))

    together = merged([*parts[0], *parts[1]])

    assert together == merged(row for one in shuffled for row in tally(one)[1])
    assert summed(shuffled).items == summed(attempts).items
    totals = [tally(one)[0] for one in attempts]
    worth = dict.fromkeys(range(len(matrix[0])), POINT)
    assert item_sums(together, group_weights(totals), worth) == summed(attempts).items


@given(matrices, st.data())
def test_a_corrected_attempt_is_taken_out_by_adding_its_turned_rows(
    matrix: list[list[int]], data: st.DataObject
) -> None:
    attempts = [attempt(row) for row in matrix]
    gone = data.draw(st.integers(0, len(attempts) - 1))
    everything = [row for one in attempts for row in tally(one)[1]]
    taken_out = [turned(row) for row in tally(attempts[gone])[1]]

    left = [row for one in attempts[:gone] + attempts[gone + 1 :] for row in tally(one)[1]]

    assert merged(everything + taken_out) == merged(left)


def test_points_become_whole_thousandths() -> None:
    assert thousandths(Fraction("0.5")) == 500
    assert thousandths(Fraction(2, 3)) == 667


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_groups_hold_27_percent_each_however_many_are_tied(values: list[int]) -> None:
    groups = group_weights([TotalTally(value, 1) for value in values])
    assert groups.upper_border is not None
    assert groups.lower_border is not None
    above = sum(value > groups.upper_border for value in values)
    below = sum(value < groups.lower_border for value in values)

    size = Fraction(27, 100) * len(values)

    assert above + groups.upper_part * values.count(groups.upper_border) == size
    assert below + groups.lower_part * values.count(groups.lower_border) == size
    assert 0 < groups.upper_part <= 1
    assert 0 < groups.lower_part <= 1


def test_sums_of_a_million_attempts_stay_exact() -> None:
    item = Tally(1, 60_000, "a", 1_000_000, 1_000_000 * POINT, 1_000_000 * POINT**2)
    other = Tally(1, 59_000, "b", 1, 0, 0)
    totals = [TotalTally(60_000, 1_000_000), TotalTally(59_000, 1)]

    found = analyse_item(item_sums([item, other], group_weights(totals), {1: POINT})[0], LIMITS)

    assert found.p == Fraction(1_000_000, 1_000_001)
    assert found.item_rest is None

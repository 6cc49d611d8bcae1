"""Alpha, error of measurement and what is missing, held against published examples."""

import math
from fractions import Fraction
from random import Random

import pytest

from certify.domain.exam_analysis import Missing, analyse_exam
from certify.domain.item_analysis import analyse_item
from certify.domain.tally import AttemptScores, ItemScore, group_weights
from tests.raw_scores import (
    CUT,
    LIMITS,
    POINT,
    WUENSCH,
    attempt,
    exam,
    lsat6,
    pearson,
    right_or_wrong,
    summed,
    textbook_alpha,
    textbook_d,
    variance,
)


def test_lsat_6_agrees_with_the_raw_matrix_to_nine_digits() -> None:
    matrix = [[item.earned for item in one.items] for one in lsat6()]
    sums = summed(lsat6())
    alpha = textbook_alpha(matrix)
    spread = math.sqrt(variance([sum(row) for row in matrix]))

    assert alpha is not None
    assert exam(sums, 5).alpha == pytest.approx(float(alpha), abs=1e-12)
    assert exam(sums, 5).deviation == pytest.approx(spread, rel=1e-12)
    assert exam(sums, 5).standard_error == pytest.approx(spread * math.sqrt(1 - alpha), rel=1e-12)
    for at, item in enumerate(sums.items):
        earned = [row[at] for row in matrix]
        rest = [sum(row) - row[at] for row in matrix]
        found = analyse_item(item, LIMITS)
        assert found.item_rest == pytest.approx(pearson(earned, rest), abs=1e-12)
        assert found.upper_lower_d == textbook_d(matrix, at)


def test_wuenschs_ten_students_give_his_variances_and_one_kr_20() -> None:
    """One variance convention: 10/9 × (1 − 2.18/5.84); mixing them would give 0.738."""
    sums = summed([right_or_wrong(pattern) for pattern in WUENSCH])
    whole = exam(sums, 10)

    assert whole.deviation == pytest.approx(POINT * math.sqrt(5.84), rel=1e-12)
    assert whole.alpha == pytest.approx(10 / 9 * (1 - 2.18 / 5.84), abs=1e-12)
    assert whole.alpha == pytest.approx(0.696347, abs=1e-6)


def test_an_exam_nobody_sat_has_no_groups_and_no_figures() -> None:
    groups = group_weights([])
    empty = analyse_exam([], [], possible=0, cut=CUT, min_n=20)

    assert (groups.upper_border, groups.lower_border) == (None, None)
    assert (empty.n, empty.mean, empty.alpha, empty.missing) == (0, None, None, Missing.TOO_FEW)


def test_an_item_counts_in_alpha_with_the_share_of_forms_it_stood_on() -> None:
    """Item 0 on every form, 1 and 2 on half of them: k = 2, and half of each variance counts."""
    rows = [(0, 1, 1, 1), (0, 1, 0, 0), (0, 2, 1, 1), (0, 2, 1, 0)]
    attempts = [
        AttemptScores((ItemScore(a, POINT * x), ItemScore(b, POINT * y))) for a, b, x, y in rows
    ]
    whole = exam(summed(attempts), 2)

    assert whole.items == 2
    # Totals 2, 0, 2, 1: variance 11/16. Variances 3/16 on all forms, 1/4 and 1/4 on half of them.
    within = Fraction(3, 16) + (Fraction(1, 4) + Fraction(1, 4)) / 2
    assert whole.alpha == pytest.approx(float(2 * (1 - within / Fraction(11, 16))), abs=1e-12)


def test_forms_too_unequal_give_no_alpha_above_one() -> None:
    easy = AttemptScores((ItemScore(0, POINT), ItemScore(1, POINT)))
    hard = AttemptScores((ItemScore(2, 0), ItemScore(3, 0)))
    whole = exam(summed([easy, hard] * 10), 2)

    assert (whole.alpha, whole.standard_error) == (None, None)
    assert whole.missing is Missing.UNEQUAL_FORMS


def test_an_exam_of_many_says_how_far_its_verdicts_can_be_trusted() -> None:
    random = Random(85)
    matrix = []
    for _ in range(400):
        ability = random.betavariate(8, 1.6)
        matrix.append([POINT * (random.random() < ability) for _ in range(40)])
    sums = summed([attempt(row) for row in matrix])

    whole = exam(sums, 40, min_n=20)

    assert whole.decisions is not None
    assert whole.alpha is not None
    assert whole.missing is None
    assert whole.decisions_missing is None
    totals = [one.total for one in sums.totals for _ in range(one.n)]
    error = whole.standard_error or 0
    assert whole.near_cut == sum(abs(total - 34 * POINT) <= error for total in totals)
    passing = sum(total >= 34 * POINT for total in totals) / 400
    assert whole.decisions.passing == pytest.approx(passing, abs=0.03)
    assert whole.decisions.consistency <= whole.decisions.accuracy


def test_too_few_attempts_give_mean_and_spread_but_no_reliability() -> None:
    few = exam(summed([right_or_wrong(pattern) for pattern in WUENSCH]), 10, min_n=20)

    assert (few.n, float(few.mean or 0)) == (10, 6600)
    assert (few.alpha, few.standard_error, few.near_cut, few.decisions) == (None,) * 4
    assert (few.missing, few.decisions_missing) == (Missing.TOO_FEW, Missing.TOO_FEW)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[POINT, 0]] * 30, Missing.NO_SPREAD),
        ([[POINT]] * 15 + [[0]] * 15, Missing.ONE_ITEM),
    ],
)
def test_what_cannot_be_computed_says_why(rows: list[list[int]], reason: Missing) -> None:
    whole = exam(summed([attempt(row) for row in rows]), len(rows[0]), min_n=20)

    assert (whole.alpha, whole.missing) == (None, reason)


@pytest.mark.parametrize(
    "rows",
    [
        [[POINT, 0], [0, POINT], [POINT, POINT], [0, 0], [0, POINT], [POINT, 0]] * 5,
        [[POINT, POINT], [0, 0]] * 15,
    ],
)
def test_an_alpha_from_which_no_true_scores_follow_leaves_only_the_decisions_out(
    rows: list[list[int]],
) -> None:
    whole = exam(summed([attempt(row) for row in rows]), 2, min_n=20)

    assert whole.alpha is not None
    assert whole.alpha <= 0 or whole.alpha == 1
    assert (whole.missing, whole.decisions) == (None, None)
    assert whole.decisions_missing is Missing.NOT_RELIABLE

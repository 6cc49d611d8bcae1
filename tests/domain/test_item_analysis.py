"""Figures, distractors and flags of an item, held against published examples."""

from fractions import Fraction

import pytest

from certify.domain.item_analysis import Flag, ItemAnalysis, analyse_item, fisher, wilson
from certify.domain.tally import AttemptScores, ItemScore, ItemSums
from tests.raw_scores import (
    LIMITS,
    LSAT6_ALPHA,
    LSAT6_ITEM_REST,
    LSAT6_P,
    POINT,
    attempt,
    exam,
    lsat6,
    summed,
)


def test_lsat_6_gives_the_published_p_item_rest_and_alpha() -> None:
    sums = summed(lsat6())
    items = [analyse_item(item, LIMITS) for item in sums.items]
    whole = exam(sums, 5)

    assert [float(item.p or 0) for item in items] == LSAT6_P
    assert [item.item_rest for item in items] == pytest.approx(LSAT6_ITEM_REST, abs=5e-5)
    assert whole.alpha == pytest.approx(LSAT6_ALPHA, abs=5e-5)
    assert (whole.n, whole.items) == (1000, Fraction(5))
    assert whole.mean == 3819


def choosing(*lines: tuple[str, int, int]) -> ItemSums:
    """An item with key `b` beside another item: option, points on the other, how many."""
    attempts = [
        AttemptScores((ItemScore(1, POINT * (option == "b"), option), ItemScore(2, POINT * rest)))
        for option, rest, n in lines
        for _ in range(n)
    ]
    return summed(attempts).items[0]


def analysed(item: ItemSums) -> ItemAnalysis:
    return analyse_item(item, LIMITS, options=("a", "b", "c"), key=("b",))


def test_the_distractor_table_says_who_chose_what() -> None:
    found = analysed(choosing(("b", 3, 10), ("a", 0, 8), ("", 0, 2)))
    by_option = {line.option: line for line in found.options}

    assert list(by_option) == ["a", "b", "c", ""]
    assert [line.n for line in found.options] == [8, 10, 0, 2]
    assert by_option["b"].is_key
    assert not by_option["a"].is_key
    assert by_option["a"].share == Fraction(8, 20)
    assert by_option["b"].mean_total == 4 * POINT
    assert by_option["c"].mean_total is None
    assert by_option["b"].upper_share == 1
    assert by_option["b"].lower_share == 0
    assert by_option["a"].lower_share == Fraction(8, 10)
    assert by_option["b"].option_rest == pytest.approx(found.item_rest, abs=1e-12)
    assert by_option["c"].option_rest is None
    assert found.flags == (Flag.UNUSED,)


def test_each_option_of_a_multiple_choice_counts_by_itself() -> None:
    answers = [("a+c", POINT), ("a", POINT // 2), ("b", 0), ("a+c", POINT)]
    attempts = [AttemptScores((ItemScore(1, x, choice),)) for choice, x in answers]

    found = analyse_item(summed(attempts).items[0], LIMITS, options="abc", key="ac")

    assert {line.option: line.n for line in found.options} == {"a": 3, "b": 1, "c": 2}


def test_an_item_without_options_has_no_table() -> None:
    assert analyse_item(choosing(("b", 1, 20)), LIMITS).options == ()


def test_a_wrong_key_is_suspected_when_the_best_choose_another_option() -> None:
    found = analysed(choosing(("a", 5, 15), ("b", 0, 9), ("c", 0, 1)))

    assert found.item_rest is not None
    assert found.item_rest < 0
    assert found.flags == (Flag.LOW_D, Flag.KEY)


def test_a_wrong_key_is_suspected_when_the_item_runs_against_the_exam() -> None:
    lines = ("b", 9, 6), ("b", 0, 12), ("a", 5, 11), ("c", 1, 1)
    found = analysed(choosing(*lines))
    upper = {line.option: line.upper_share or 0 for line in found.options}

    assert upper["b"] > upper["a"]
    assert found.item_rest is not None
    assert found.item_rest < 0
    assert Flag.KEY in found.flags


def test_a_good_item_has_no_flag() -> None:
    assert analysed(choosing(("b", 3, 12), ("a", 0, 5), ("c", 0, 5))).flags == ()


@pytest.mark.parametrize(
    ("right", "n", "flag"),
    [(5, 20, Flag.HARD), (6, 20, None), (19, 20, None), (20, 21, Flag.EASY), (25, 25, Flag.EASY)],
)
def test_p_is_flagged_below_30_and_above_95_percent_exactly(
    right: int, n: int, flag: Flag | None
) -> None:
    marks = [1] * right + [0] * (n - right)
    item = summed([attempt([POINT * mark, POINT * mark]) for mark in marks]).items[0]

    found = set(analyse_item(item, LIMITS).flags) & {Flag.HARD, Flag.EASY}

    assert found == ({flag} if flag else set())


def test_fewer_than_20_are_shown_without_a_flag() -> None:
    item = choosing(("a", 5, 18), ("b", 0, 1))
    found = analysed(item)

    assert (found.n, found.enough, found.flags) == (19, False, ())
    assert found.p == Fraction(1, 19)
    assert found.upper_lower_d is not None
    assert analysed(choosing(("a", 5, 19), ("b", 0, 1))).flags != ()


def test_when_everybody_is_right_nothing_separates_and_nothing_is_zero() -> None:
    found = analysed(choosing(("b", 0, 15), ("b", 1, 15)))

    assert found.p == 1
    assert (found.upper_lower_d, found.item_rest, found.item_rest_interval) == (None, None, None)
    assert Flag.EASY in found.flags
    assert Flag.LOW_D not in found.flags


def test_wilson_gives_newcombes_published_limits() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    cases = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611),
             (1, 29): (0.0061, 0.1718)}  # fmt: skip

    for (right, n), limits in cases.items():
        found = wilson(Fraction(right, n), n)
        assert (found.low, found.high) == pytest.approx(limits, abs=5e-5)


def test_fisher_z_gives_the_limits_of_its_formula_and_none_where_it_has_none() -> None:
    found = fisher(0.5, 28)

    assert found is not None
    # atanh 0.5 = 0.549306; ± 1.959964 / 5; tanh of the ends.
    assert (found.low, found.high) == pytest.approx((0.156028, 0.735818), abs=1e-6)
    assert fisher(0.5, 3) is None
    assert fisher(1.0, 30) is None

"""The pass rate of a cohort (R-ASM-04), which is not the pass mark."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.cohort import Counted, PassRate, pass_rate
from certify.domain.scoring import cut, passed

TARGET = Fraction(85, 100)
PASSED, FAILED, NO_SHOW = Counted(attempts=(True,)), Counted(attempts=(False,)), Counted()
EXCUSED, AWAITING = Counted(excused=True), Counted(attempts=(None,))
RETAKEN = Counted(attempts=(False, True))

members = st.builds(
    Counted,
    excused=st.booleans(),
    attempts=st.lists(st.sampled_from([True, False, None]), max_size=3).map(tuple),
)


def shown(share: Fraction | None) -> str:
    assert share is not None
    return cut(100 * share)


@pytest.mark.parametrize(
    ("passes", "counted", "text", "met"),
    [
        (17, 20, "85.00", True),
        (16, 19, "84.21", False),
        (17, 19, "89.47", True),
        (20, 20, "100.00", True),
        (0, 1, "0.00", False),
        (84999, 100000, "84.99", False),
    ],
)
def test_the_target_is_met_at_85_percent_exactly(
    passes: int, counted: int, text: str, met: bool
) -> None:
    rate = pass_rate([PASSED] * passes + [FAILED] * (counted - passes), TARGET)

    assert (shown(rate.rate), rate.met) == (text, met)


def test_acceptance_story_3_the_first_session_meets_its_rate() -> None:
    rate = pass_rate([PASSED] * 17 + [FAILED, NO_SHOW, EXCUSED], TARGET)

    assert (rate.registered, rate.excused, rate.no_shows) == (20, 1, 1)
    assert (rate.passed, rate.counted) == (17, 19)
    assert (shown(rate.rate), rate.met) == ("89.47", True)


def test_acceptance_story_3_the_next_session_misses_it_and_retakes_do_not_change_that() -> None:
    marks = [Decimal(91)] * 16 + [Decimal(72)] * 3
    first = [Counted(attempts=(passed(Fraction(mark), Decimal(85)),)) for mark in marks]
    before = pass_rate(first, TARGET)
    after = pass_rate(first[:-2] + [RETAKEN] * 2, TARGET)

    assert sum(marks) / 19 == 88
    assert (shown(before.rate), shown(before.final_rate), before.met) == ("84.21", "84.21", False)
    assert (shown(after.rate), shown(after.final_rate), after.met) == ("84.21", "94.73", False)
    assert after.passed_in_the_end == 18


@pytest.mark.parametrize(
    ("marks", "mean", "met"),
    [([100] * 8 + [50] * 2, 90, False), ([85] * 17 + [0] * 3, Fraction("72.25"), True)],
)
def test_a_high_mean_mark_meets_no_rate_and_a_low_one_misses_none(
    marks: list[int], mean: Fraction, met: bool
) -> None:
    sat = [Counted(attempts=(passed(Fraction(mark), Decimal(85)),)) for mark in marks]

    assert Fraction(sum(marks), len(marks)) == mean
    assert pass_rate(sat, TARGET).met is met


def test_what_awaits_marking_stands_outside_and_is_named() -> None:
    rate = pass_rate([PASSED, FAILED, AWAITING, AWAITING], TARGET)

    assert (rate.counted, rate.awaiting, rate.rate) == (2, 2, Fraction(1, 2))


def test_a_retake_that_awaits_marking_leaves_the_first_attempt_counted() -> None:
    rate = pass_rate([PASSED, Counted(attempts=(False, None))], TARGET)

    assert (rate.counted, rate.awaiting) == (2, 0)
    assert (rate.rate, rate.final_rate) == (Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize("nobody", [[], [EXCUSED], [AWAITING], [EXCUSED, AWAITING]])
def test_with_nobody_counted_there_is_no_rate_and_no_verdict(nobody: list[Counted]) -> None:
    rate = pass_rate(nobody, TARGET)

    assert (rate.counted, rate.rate, rate.final_rate, rate.met) == (0, None, None, None)


def test_an_excused_person_who_came_after_all_does_not_count() -> None:
    came = Counted(excused=True, attempts=(True,))

    assert pass_rate([came, FAILED], TARGET).rate == 0


@given(st.lists(members, max_size=12), st.fractions(0, 1))
def test_the_figures_always_fit_together(cohort: list[Counted], target: Fraction) -> None:
    rate: PassRate = pass_rate(cohort, target)

    assert rate.registered == rate.excused + rate.awaiting + rate.counted
    assert rate.passed <= rate.passed_in_the_end <= rate.counted - rate.no_shows
    assert (rate.rate is None) == (rate.met is None) == (rate.counted == 0)
    if rate.rate is not None and rate.final_rate is not None:
        assert 0 <= rate.rate <= rate.final_rate <= 1
        assert rate.met == (rate.passed >= target * rate.counted)

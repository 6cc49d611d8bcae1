"""Rates of quality, pass rates from counts, return rates, progress of goals: exact everywhere."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from certify.domain.cohort import Counted, pass_rate
from certify.domain.goal_progress import Way, progress, way
from certify.domain.inspection import InspectionResult
from certify.domain.rates import (
    Check,
    CohortCounts,
    attainment_rate,
    complaint_rate,
    execution_rate,
    naming,
    rate_of,
    share,
)
from certify.domain.survey import is_enough, return_rate

TARGET = Fraction(85, 100)
EIGHTY = Fraction(4, 5)
MET, MISSED, NOT_JUDGED = InspectionResult
FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
COUNTS = st.integers(min_value=0, max_value=10_000)
MEMBERS = st.lists(
    st.builds(
        Counted,
        excused=st.booleans(),
        attempts=st.lists(st.sampled_from([True, False, None]), max_size=4).map(tuple),
    ),
    max_size=30,
)


def counts_of(members: list[Counted], *, is_over: bool = True) -> CohortCounts:
    """What a database would count of these members."""
    expected = [one.attempts for one in members if not one.excused]
    failed = [one for one in expected if one[:1] == (False,)]
    return CohortCounts(
        registered=len(members),
        excused=len(members) - len(expected),
        absent=expected.count(()),
        passed=sum(one[:1] == (True,) for one in expected),
        failed=len(failed),
        awaiting=sum(one[:1] == (None,) for one in expected),
        passed_later=sum(True in one for one in failed),
        is_over=is_over,
    )


@given(MEMBERS)
def test_a_pass_rate_from_counts_is_the_one_from_people(members: list[Counted]) -> None:
    assert rate_of([counts_of(members)], TARGET) == pass_rate(members, TARGET)


@given(st.lists(MEMBERS, max_size=4))
def test_cohorts_together_have_the_rate_of_their_people_together(
    groups: list[list[Counted]],
) -> None:
    together = [one for group in groups for one in group]
    assert rate_of(map(counts_of, groups), TARGET) == pass_rate(together, TARGET)


@given(MEMBERS)
def test_who_may_still_come_is_no_no_show(members: list[Counted]) -> None:
    over = counts_of(members)
    found = rate_of([replace(over, is_over=False)], TARGET)
    assert found.no_shows == 0
    assert found.awaiting == over.awaiting + over.absent
    assert found.counted == over.passed + over.failed


def test_seventeen_of_nineteen_meet_the_target_and_sixteen_do_not() -> None:
    seventeen = CohortCounts(20, 1, 1, 17, 1, 0, 0)
    sixteen = CohortCounts(20, 1, 1, 16, 2, 0, 2)
    assert rate_of([seventeen], TARGET).met is True
    assert rate_of([sixteen], TARGET).met is False
    assert rate_of([sixteen], TARGET).final_rate == Fraction(18, 19)
    assert rate_of([], TARGET).rate is None


@given(COUNTS, COUNTS)
def test_a_share_lies_between_nothing_and_all(part: int, whole: int) -> None:
    if part > whole:
        with pytest.raises(ValueError, match="of"):
            share(part, whole)
        return
    found = share(part, whole)
    assert (found is None) == (whole == 0)
    assert found is None or (0 <= found <= 1 and found * whole == part)


def test_what_is_not_judged_counts_in_no_attainment() -> None:
    checks = [Check(MET, 20, 19), Check(MISSED, 20, 17), Check(NOT_JUDGED, 0, 0)]
    assert attainment_rate(checks) == Fraction(1, 2)
    assert attainment_rate([Check(NOT_JUDGED)]) is None


def test_the_execution_rate_counts_cases_and_points_of_checklists() -> None:
    checks = [Check(MET, 20, 19), Check(MISSED, points=5, points_ok=3)]
    assert execution_rate(checks) == Fraction(22, 25)
    assert execution_rate([Check(NOT_JUDGED, 0, 0)]) is None


def test_a_longer_number_names_another_standard() -> None:
    texts = ["违反 CS-001。", "CS-0011 未做到", "XCS-001", "按CS-001办理", "CS-001-2"]
    assert naming("CS-001", texts) == 2


def test_several_complaints_may_come_of_one_service() -> None:
    assert complaint_rate(3, 2) == Fraction(3, 2)
    assert complaint_rate(0, 10) == 0
    assert complaint_rate(1, 0) is None


@pytest.mark.parametrize(
    ("sent", "returned", "rate", "verdict"),
    [
        (100, 80, Fraction(4, 5), True),
        (100, 79, Fraction(79, 100), False),
        (1000, 799, Fraction(799, 1000), False),
        (0, 0, None, None),
        (5, 5, Fraction(1), True),
    ],
)
def test_eighty_of_a_hundred_are_enough(
    sent: int, returned: int, rate: Fraction | None, verdict: bool | None
) -> None:
    assert return_rate(sent, returned) == rate
    assert is_enough(return_rate(sent, returned), EIGHTY) is verdict


@given(COUNTS, st.integers(min_value=1, max_value=1000))
def test_more_returned_than_sent_is_refused(sent: int, more: int) -> None:
    with pytest.raises(ValueError, match="returned"):
        return_rate(sent, sent + more)


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        return_rate(-1, -1)


@pytest.mark.parametrize(
    ("base", "target", "now", "expected"),
    [
        (70, 90, 70, Fraction(0)),
        (70, 90, 80, Fraction(1, 2)),
        (70, 90, 90, Fraction(1)),
        (70, 90, 95, Fraction(5, 4)),
        (70, 90, 65, Fraction(-1, 4)),
        (15, 5, 10, Fraction(1, 2)),
        (15, 5, 3, Fraction(6, 5)),
        (15, 5, 20, Fraction(-1, 2)),
        (48, 24, 40, Fraction(1, 3)),
    ],
)
def test_progress_rises_and_falls_with_its_goal(
    base: int, target: int, now: int, expected: Fraction
) -> None:
    assert progress(Fraction(base), Fraction(target), Fraction(now)) == expected


@given(FRACTIONS)
def test_a_goal_that_leads_nowhere_is_refused(value: Fraction) -> None:
    with pytest.raises(ValueError, match="same"):
        progress(value, value, Fraction(1))


@given(FRACTIONS, FRACTIONS, FRACTIONS)
def test_progress_is_exact_and_knows_its_ends(
    base: Fraction, target: Fraction, now: Fraction
) -> None:
    assume(base != target)
    found = progress(base, target, now)
    assert progress(base, target, base) == 0
    assert progress(base, target, target) == 1
    assert base + found * (target - base) == now
    assert progress(-base, -target, -now) == found
    assert (found > 1) == ((now > target) if target > base else (now < target))
    assert (found < 0) == ((now < base) if target > base else (now > base))


@given(FRACTIONS, FRACTIONS, st.booleans())
def test_better_one_way_is_worse_the_other(before: Fraction, now: Fraction, rises: bool) -> None:
    opposite = {Way.BETTER: Way.WORSE, Way.WORSE: Way.BETTER, Way.SAME: Way.SAME}
    found = way(before, now, rises=rises)
    assert way(before, now, rises=not rises) is opposite[found]
    assert way(now, before, rises=rises) is opposite[found]
    assert (found is Way.SAME) == (before == now)
    assert way(None, now, rises=rises) is Way.UNKNOWN
    assert way(before, None, rises=rises) is Way.UNKNOWN

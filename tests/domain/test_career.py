"""Working lives under a policy: no gap, no overlap, no drift, one state a day (R-QUA, R-PLT-05)."""

import dataclasses
import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.domain.career import Career, Decided, Decision, Event, Joined, Onboarded, Read
from certify.domain.career_difference import Kind, differences
from certify.domain.career_life import Lacking, Life, Rules
from certify.domain.career_living import live
from certify.domain.grade import Grade, bands
from certify.domain.qualification import QualificationKind, QualificationState
from certify.domain.validity import add_months
from certify.policy import Policy, checked
from tests import careers
from tests.career_checks import check_careers, check_days, check_periods
from tests.careers import PRACTICAL, SCHEME, by_chance, exam, quarter

UNTIL = date(2026, 1, 1)
ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
COUNT = 1000
"""Careers of the seeded run."""


def rules(values: dict[str, object] | None = None) -> Rules:
    policy, findings = checked(values or {})
    assert policy is not None, findings
    return Rules.of(policy, [SCHEME])


PRESENT = rules()


def career(*events: Event, hired: date = date(2023, 1, 1)) -> Career:
    quarters = tuple((one.day, one.last_day) for one in events if hasattr(one, "last_day"))
    return Career("1", "A", hired, "agent", events, quarters=quarters)


def passed(day: date, number: int = 1, mark: int = 90) -> list[Event]:
    """Both parts of the exam on one day."""
    parts = [exam(day, number, mark), exam(day, number + 1, mark, part=PRACTICAL)]
    return list(parts)


def newcomer(day: date) -> list[Event]:
    return [Read(day, "onboarding", "general", "onboarding"), Onboarded(day)]


def periods(life: Life, code: str) -> list[tuple[date, date]]:
    found = [one for one in life.given if one.code == code]
    return [(one.validity.valid_from, one.validity.valid_to) for one in found]


@given(st.integers(0, 10**6))
@settings(max_examples=150)
def test_no_life_has_an_overlap_a_gap_in_the_window_or_a_drift(seed: int) -> None:
    life = live(by_chance(seed), PRESENT, UNTIL)

    check_periods(life)
    check_days(life, date(2021, 1, 1), UNTIL)


def test_a_thousand_careers_run_without_overlap_or_drift() -> None:
    """Ten thousand: `python -m benchmarks.policy_simulation --check 10000`."""
    assert check_careers(COUNT) > COUNT


@given(st.integers(0, 10**6))
@settings(max_examples=100)
def test_the_order_of_what_was_shown_on_one_day_changes_nothing(seed: int) -> None:
    """Passes, lessons and sign-off of one day; decisions by hand keep their order."""
    chance = random.Random(seed)
    day = date(2023, 3, 1)
    together = [*newcomer(day), *passed(day)]
    before = live(career(Joined(date(2023, 1, 1)), *together), PRESENT, UNTIL)
    chance.shuffle(together)

    after = live(career(Joined(date(2023, 1, 1)), *together), PRESENT, UNTIL)

    assert [periods(after, code) for code in ("reception", "L1")] == [
        periods(before, code) for code in ("reception", "L1")
    ]
    assert periods(after, "L1") == [(day, date(2024, 3, 1))]


@given(
    st.dates(date(2019, 12, 1), date(2024, 3, 31)),
    st.lists(st.integers(0, 60), min_size=1, max_size=8),
)
def test_renewals_in_the_window_leave_no_gap_and_never_drift(
    first: date, before_end: list[int]
) -> None:
    """Leap days and month ends too: each end is counted from the first day of issue."""
    events, end = passed(first), add_months(first, 12)
    for number, days in enumerate(before_end, start=1):
        events += passed(end - timedelta(days=days), 10 * number)
        end = add_months(first, 12 * (number + 1))

    life = live(career(*events, hired=first), PRESENT, end)

    found = periods(life, "reception")
    assert [last for _first, last in found] == [
        add_months(first, 12 * number) for number in range(1, len(before_end) + 2)
    ]
    for (_first, last), (following, _last) in pairwise(found):
        assert following == last + timedelta(days=1)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_suspension_never_changes_the_last_valid_day(start: int, length: int) -> None:
    day = date(2023, 2, 1)
    from_day = day + timedelta(days=start)
    post = QualificationKind.POST
    off = Decided(from_day, Decision.SUSPEND, post, "reception", from_day)
    on = dataclasses.replace(off, day=from_day + timedelta(days=length), what=Decision.REINSTATE)
    back = dataclasses.replace(on, from_day=on.day)

    life = live(career(*passed(day), off, back), PRESENT, UNTIL)

    assert periods(life, "reception") == [(day, date(2024, 2, 1))]
    if from_day <= date(2024, 2, 1) and length:
        assert life.state_on("reception", from_day) is SUSPENDED
    assert life.state_on("reception", date(2024, 2, 2)) is QualificationState.EXPIRED


@given(st.fractions(0, 100))
def test_the_bands_of_grades_partition_all_scores(score: Fraction) -> None:
    fitting = [
        band.grade
        for band in bands(Policy().grades)
        if band.lower <= score and (score < band.upper or band.upper == 100)
    ]
    reviewed = dataclasses.replace(
        quarter(date(2023, 1, 1), 0),
        values=lambda: careers.values(score),
        ratings=lambda: careers.ratings(score),
    )
    (one,) = live(career(reviewed), PRESENT, UNTIL).grades

    assert fitting == [one.grade]
    assert one.final == score


def test_unqualified_suspends_and_keeps_the_last_valid_day() -> None:
    day = date(2023, 2, 1)

    life = live(career(*passed(day), quarter(date(2023, 1, 1), 60)), PRESENT, UNTIL)

    assert life.grades[0].grade is Grade.UNQUALIFIED
    assert life.state_on("reception", date(2023, 4, 9)) is ACTIVE
    assert life.state_on("reception", date(2023, 4, 10)) is SUSPENDED
    assert periods(life, "reception") == [(day, date(2024, 2, 1))]


def test_a_suspension_by_hr_stands_and_falls_with_its_grade() -> None:
    day, kind = date(2023, 4, 20), QualificationKind.POST
    by_grade = Decided(day, Decision.SUSPEND, kind, "reception", day, period="2023-Q1")
    events = [*passed(date(2023, 2, 1)), quarter(date(2023, 1, 1), 60), by_grade]
    later = rules({"evaluation": {"suspend_at_once": False}})
    milder = rules({"evaluation": {"suspend_at_once": False}, "grades": {"fair_from": 60}})

    assert live(career(*events), later, UNTIL).state_on("reception", day) is SUSPENDED
    assert live(career(*events), milder, UNTIL).state_on("reception", day) is ACTIVE


def test_a_higher_pass_mark_fails_who_passed_before() -> None:
    events = [*newcomer(date(2023, 2, 1)), *passed(date(2023, 2, 1), mark=87)]
    old = live(career(*events), PRESENT, UNTIL)
    new = live(career(*events), rules({"exam": {"pass_mark": 90}}), UNTIL)

    found = differences(old, new, UNTIL)

    assert {(one.kind, one.what) for one in found} == {
        (Kind.POST, "reception"),
        (Kind.LEVEL, "L1"),
    }
    assert any(one.lacking and one.lacking[0].why is Lacking.MARK for one in found)


def test_a_fatal_error_fails_under_any_pass_mark() -> None:
    fatal = dataclasses.replace(exam(date(2023, 2, 1), 1, 100), is_fatal=True)

    assert not fatal.is_passed(Fraction(0))


def test_other_months_move_the_last_day_and_nothing_else() -> None:
    old = live(career(*passed(date(2023, 2, 1))), PRESENT, date(2023, 3, 1))
    new = live(
        career(*passed(date(2023, 2, 1))),
        rules({"qualification": {"post_months": 6}}),
        date(2023, 3, 1),
    )

    (found,) = differences(old, new, date(2023, 3, 1))

    assert (found.kind, found.old, found.new) == (
        Kind.VALIDITY,
        "2023-02-01/2024-02-01",
        "2023-02-01/2023-08-01",
    )


def test_another_band_names_both_grades_and_the_exact_score() -> None:
    events = [quarter(date(2023, 1, 1), 81)]

    (found,) = differences(
        live(career(*events), PRESENT, UNTIL),
        live(career(*events), rules({"grades": {"good_from": 82}}), UNTIL),
        UNTIL,
    )

    assert (found.kind, found.old, found.new) == (Kind.GRADE, "good", "fair")
    assert found.facts == ("81", "81")


def test_a_level_that_hr_gave_is_withheld_where_its_conditions_are_not_met_any_more() -> None:
    given_on = date(2024, 2, 10)
    level = Decided(given_on, Decision.GIVE, QualificationKind.LEVEL, "L2", given_on)
    events = [
        *newcomer(date(2023, 1, 20)),
        *passed(date(2023, 2, 1)),
        quarter(date(2023, 7, 1), 85),
        quarter(date(2023, 10, 1), 81),
        *passed(date(2024, 1, 10), 20),
        level,
    ]
    ladder = [
        {"code": "L1", "title": {}, "months": 12, "conditions": [{"kind": "phases-complete"},
            {"kind": "exam-passed", "course_kind": "onboarding"}]},
        {"code": "L2", "title": {}, "months": 24, "conditions": [
            {"kind": "held-for", "level": "L1", "months": 12},
            {"kind": "grades", "count": 2, "at_least": "good"}]},
    ]  # fmt: skip
    present = rules({"qualification": {"ladder": ladder}})
    stricter = rules({"qualification": {"ladder": ladder}, "grades": {"good_from": 82}})
    old, new = (live(career(*events), one, UNTIL) for one in (present, stricter))

    assert periods(old, "L2") == [(given_on, date(2026, 2, 10))]
    assert periods(new, "L2") == []
    lost = next(one for one in differences(old, new, UNTIL) if one.kind is Kind.LEVEL)
    assert [one.why for one in lost.lacking] == [Lacking.CONDITIONS]
    assert "2023-Q4 fair" in lost.lacking[0].facts[2]
    assert old.state_on("L1", given_on) is QualificationState.SUPERSEDED
    assert new.state_on("L1", given_on) is ACTIVE


def test_a_level_hr_could_give_is_named() -> None:
    events = [
        *newcomer(date(2023, 1, 20)),
        *passed(date(2023, 2, 1)),
        quarter(date(2023, 7, 1), 81),
        *passed(date(2024, 1, 10), 20),
    ]
    ladder = [
        {"code": "L1", "title": {}, "months": 12, "conditions": [
            {"kind": "exam-passed", "course_kind": "onboarding"}]},
        {"code": "L2", "title": {}, "months": 24, "conditions": [
            {"kind": "held-for", "level": "L1", "months": 12},
            {"kind": "grades", "count": 1, "at_least": "good"}]},
    ]  # fmt: skip
    values: dict[str, object] = {"qualification": {"ladder": ladder}}
    day = date(2024, 3, 1)

    assert live(career(*events), rules(values), day).eligible == ("L2",)
    stricter = rules(values | {"grades": {"good_from": 82}})
    assert live(career(*events), stricter, day).eligible == ()


@pytest.mark.parametrize("seed", range(20))
def test_the_same_policy_makes_no_difference(seed: int) -> None:
    one = by_chance(seed)
    scores: dict[object, object] = {}

    first = live(one, PRESENT, UNTIL)
    second = live(one, rules(), UNTIL, scores)  # type: ignore[arg-type]

    assert first == second
    assert differences(first, second, UNTIL) == []

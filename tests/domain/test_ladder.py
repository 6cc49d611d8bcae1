"""Conditions of levels: every one with its value and its evidence (R-QUA-01, -02, -10)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.grade import Grade
from certify.domain.ladder import (
    Evidence,
    Finished,
    Graded,
    Heard,
    Hours,
    Pass,
    check,
    held_since,
    is_met,
    is_promotion,
    obstacles,
    renewal_grade_met,
)
from certify.domain.qualification import Period, QualificationState
from certify.domain.validity import add_months
from certify.policy import FULL_LADDER, Level

ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
REVOKED = QualificationState.REVOKED
DAY = timedelta(days=1)
TODAY = date(2026, 6, 30)
LEVELS = {level.code: level for level in FULL_LADDER}


def period(first: date, months: int, *later: tuple[date, QualificationState]) -> Period:
    return Period(first, add_months(first, months), ((first, ACTIVE), *later))


def grades(*names: str) -> list[Graded]:
    ends = [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
    return [
        Graded(f"q{place}", end, Grade(name))
        for place, (end, name) in enumerate(zip(ends[-len(names) :], names, strict=True))
    ]


def complete() -> Evidence:
    """Somebody who meets every condition of every level on TODAY."""
    held_from = date(2022, 1, 1)
    return Evidence(
        passes=[
            Pass("onboarding", "", "onboarding-written", Fraction(90), date(2022, 1, 1)),
            Pass("special", "", "special-written", Fraction(91), date(2026, 2, 1)),
            Pass("in-service", "", "in-service-written", Fraction(92), date(2026, 3, 1)),
        ],
        finished=[
            Finished("in-service", module, module, date(2026, 1, 1))
            for module in ("complaint", "coaching", "management")
        ],
        phases=(),
        grades=grades("good", "excellent", "good", "good"),
        hours=[Hours("in-service", date(2026, 1, 5), Fraction(24))],
        panels=[
            Heard("L3", date(2026, 5, 1), 3, Fraction(85), False),
            Heard("L4", date(2026, 5, 1), 3, Fraction(85), True),
        ],
        held={code: [period(held_from, 60)] for code in ("L1", "L2", "L3")},
    )


def results(level: str, evidence: Evidence, day: date = TODAY) -> dict[str, bool]:
    return {one.condition.kind: one.met for one in check(LEVELS[level], evidence, day)}


@pytest.mark.parametrize("code", ["L1", "L2", "L3", "L4"])
def test_who_has_everything_meets_every_rung(code: str) -> None:
    assert is_met(LEVELS[code], complete(), TODAY)


@pytest.mark.parametrize("code", ["L1", "L2", "L3", "L4"])
def test_who_has_nothing_meets_no_condition_and_is_told_each(code: str) -> None:
    found = check(LEVELS[code], Evidence(), TODAY)

    assert len(found) == len(LEVELS[code].conditions)
    assert not any(one.met for one in found)


def test_the_trainee_level_is_met_by_nothing_and_is_no_promotion() -> None:
    assert not is_met(LEVELS["L0"], complete(), TODAY)
    assert [level.code for level in FULL_LADDER if is_promotion(level)] == ["L2", "L3", "L4"]


@pytest.mark.parametrize(
    ("latest", "met"),
    [
        (("good", "good"), True),
        (("excellent", "good"), True),
        (("good",), False),
        (("fair", "good"), False),
        (("good", "fair"), False),
        (("unqualified", "good", "good"), True),
    ],
)
def test_the_last_two_grades_decide_for_l2(latest: tuple[str, ...], met: bool) -> None:
    evidence = Evidence(grades=grades(*latest))

    assert results("L2", evidence)["grades"] is met


@pytest.mark.parametrize(
    ("latest", "met"),
    [
        (("good", "good", "good", "good"), False),
        (("excellent", "good", "good", "good"), True),
        (("good", "good", "good", "excellent"), True),
        (("excellent", "good", "good", "fair"), False),
    ],
)
def test_l3_wants_one_excellent_among_four(latest: tuple[str, ...], met: bool) -> None:
    assert results("L3", Evidence(grades=grades(*latest)))["grades"] is met


@pytest.mark.parametrize(("hours", "met"), [("24", True), ("1439/60", False), ("25", True)])
def test_hours_are_added_exactly_and_the_boundary_counts(hours: str, met: bool) -> None:
    parts = [Hours("in-service", date(2026, 1, 5), Fraction(hours) / 3)] * 3

    assert results("L2", Evidence(hours=parts))["training-hours"] is met


def test_hours_of_more_than_a_year_ago_or_of_another_kind_count_nothing() -> None:
    old = Hours("in-service", date(2025, 6, 29), Fraction(24))
    edge = Hours("in-service", date(2025, 6, 30), Fraction(24))
    other = Hours("special", date(2026, 1, 5), Fraction(24))

    assert not results("L2", Evidence(hours=[old, other]))["training-hours"]
    assert results("L2", Evidence(hours=[edge]))["training-hours"]


@pytest.mark.parametrize(
    ("heard", "met"),
    [
        (Heard("L4", date(2026, 5, 1), 3, Fraction(85), True), True),
        (Heard("L4", date(2026, 5, 1), 3, Fraction("84.99"), True), False),
        (Heard("L4", date(2026, 5, 1), 2, Fraction(99), True), False),
        (Heard("L4", date(2026, 5, 1), 3, Fraction(99), False), False),
        (Heard("L3", date(2026, 5, 1), 3, Fraction(99), True), False),
        (Heard("L4", date(2025, 12, 29), 3, Fraction(99), True), False),
        (Heard("L4", date(2025, 12, 30), 3, Fraction(99), True), True),
    ],
)
def test_a_panel_counts_for_its_level_with_enough_members_for_half_a_year(
    heard: Heard, met: bool
) -> None:
    assert results("L4", Evidence(panels=[heard]))["panel"] is met


def test_a_later_panel_takes_the_place_of_an_earlier_one() -> None:
    good = Heard("L3", date(2026, 4, 1), 3, Fraction(90), False)
    bad = Heard("L3", date(2026, 5, 1), 3, Fraction(70), False)

    assert not results("L3", Evidence(panels=[good, bad]))["panel"]


def test_a_level_is_held_since_the_first_of_periods_that_follow_each_other() -> None:
    first = period(date(2024, 2, 29), 12)
    second = Period(date(2025, 3, 1), date(2026, 2, 28), ((date(2025, 2, 1), ACTIVE),))

    assert held_since([first, second], date(2025, 12, 1)) == date(2024, 2, 29)
    assert held_since([first, second], date(2026, 3, 1)) is None


def test_a_gap_of_one_day_starts_the_months_anew() -> None:
    first = period(date(2024, 2, 29), 12)
    later = period(first.valid_to + 2 * DAY, 12)

    assert held_since([first, later], date(2025, 12, 1)) == later.valid_from


def test_what_was_revoked_is_not_held_and_a_suspension_ends_nothing() -> None:
    revoked = period(date(2025, 1, 1), 24, (date(2025, 6, 1), REVOKED))
    suspended = period(date(2025, 1, 1), 24, (date(2025, 6, 1), SUSPENDED))

    assert held_since([revoked], TODAY) is None
    assert held_since([suspended], TODAY) == date(2025, 1, 1)


@given(st.integers(0, 40), st.integers(1, 28))
def test_twelve_months_are_complete_on_their_day_and_not_before(months: int, number: int) -> None:
    first = date(2020, 1, number)
    evidence = Evidence(held={"L1": [period(first, 120)]})
    day = add_months(first, 12 + months)

    assert results("L2", evidence, day)["held-for"]
    assert not results("L2", evidence, add_months(first, 12) - DAY)["held-for"]


@pytest.mark.parametrize(
    ("evidence", "kinds"),
    [
        (Evidence(), []),
        (Evidence(grades=grades("unqualified")), ["unqualified"]),
        (Evidence(grades=grades("unqualified", "fair")), []),
        (Evidence(suspended=("reception",)), ["suspended"]),
        (Evidence(overdue_remedial=("written",)), ["remedial"]),
    ],
)
def test_obstacles_stand_before_any_promotion(evidence: Evidence, kinds: list[str]) -> None:
    assert [one.kind for one in obstacles(evidence)] == kinds


@pytest.mark.parametrize(
    ("latest", "months", "is_evaluated", "met"),
    [
        (("fair",), 24, True, True),
        (("unqualified",), 24, True, False),
        (("unqualified", "fair"), 24, True, True),
        ((), 2, True, True),
        ((), 3, True, False),
        ((), 30, False, True),
    ],
)
def test_the_latest_grade_allows_a_renewal_and_who_is_new_needs_none(
    latest: tuple[str, ...], months: int, is_evaluated: bool, met: bool
) -> None:
    found = grades(*latest) if latest else []

    assert renewal_grade_met(found, "fair", months, 3, is_evaluated) is met


def test_phases_still_to_complete_are_named() -> None:
    level = Level.model_validate(
        {"code": "L1", "title": {}, "months": 12, "conditions": [{"kind": "phases-complete"}]}
    )

    (missing,) = check(level, Evidence(phases=("department", "on-site-practice")), TODAY)
    (unknown,) = check(level, Evidence(phases=None), TODAY)
    (done,) = check(level, Evidence(phases=()), TODAY)

    assert (missing.met, missing.evidence) == (False, "department, on-site-practice")
    assert (unknown.met, done.met) == (False, True)

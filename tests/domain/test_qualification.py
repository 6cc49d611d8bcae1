"""Validity, renewal and the state as of any day (R-QUA-04 … R-QUA-07, acceptance story 9)."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.qualification import (
    Period,
    QualificationState,
    Standing,
    standing_on,
    state_on,
)
from certify.domain.validity import Validity, add_months, may_renew, validity, window_opens

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
DAY = timedelta(days=1)
ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
EXPIRED, PENDING = QualificationState.EXPIRED, QualificationState.PENDING
REVOKED = QualificationState.REVOKED


@pytest.mark.parametrize(
    ("issued", "months", "last_day"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-04-15", 12, "2025-04-15"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-11-30", 1, "2024-12-30"),
    ],
)
def test_months_end_on_the_same_day_number_or_at_the_months_end(
    issued: str, months: int, last_day: str
) -> None:
    assert add_months(date.fromisoformat(issued), months) == date.fromisoformat(last_day)


@given(days, st.integers(0, 240))
def test_added_months_land_in_the_right_month_on_the_nearest_day(day: date, months: int) -> None:
    found = add_months(day, months)

    assert (found.year - day.year) * 12 + found.month - day.month == months
    last_of_month = calendar.monthrange(found.year, found.month)[1]
    assert found.day == day.day or (found.day == last_of_month < day.day)


def test_story_9_a_leap_day_is_renewed_without_losing_the_29th() -> None:
    first = validity(date(2024, 2, 29), 24, None, 60)
    assert first == Validity(date(2024, 2, 29), date(2026, 2, 28), date(2024, 2, 29))
    assert window_opens(first.valid_to, 60) == date(2025, 12, 30)

    renewed = validity(date(2026, 1, 20), 24, first, 60)

    assert renewed == Validity(date(2026, 3, 1), date(2028, 2, 29), date(2024, 2, 29))


@given(
    days,
    st.sampled_from([1, 3, 12, 24, 36]),
    st.lists(st.integers(0, 59), min_size=10, max_size=10),
)
def test_ten_renewals_in_the_window_neither_drift_nor_leave_a_gap(
    first_day: date, months: int, days_early: list[int]
) -> None:
    period = first = validity(first_day, months, None, 60)
    for number, early in enumerate(days_early, start=2):
        passed_on = max(period.valid_from, period.valid_to - timedelta(days=early))
        renewed = validity(passed_on, months, period, 60)

        assert renewed.valid_from == period.valid_to + DAY
        assert renewed.valid_to == add_months(first_day, number * months)
        assert renewed.first_issued_on == first.first_issued_on
        period = renewed


@given(days, st.integers(1, 36), st.integers(1, 36))
def test_a_renewal_gives_the_full_months_of_the_rule_in_force(
    first_day: date, months: int, later_months: int
) -> None:
    first = validity(first_day, months, None, 60)

    renewed = validity(first.valid_to, later_months, first, 60)

    assert renewed.valid_to == add_months(first_day, months + later_months)


@pytest.mark.parametrize(
    ("passed_on", "renews"),
    [
        (date(2024, 12, 16), True),
        (date(2024, 12, 15), False),
        (date(2025, 2, 14), True),
        (date(2025, 2, 15), False),
    ],
)
def test_the_window_opens_60_days_before_the_last_valid_day_and_ends_with_it(
    passed_on: date, renews: bool
) -> None:
    held = Validity(date(2024, 2, 14), date(2025, 2, 14), date(2024, 2, 14))

    assert may_renew(held.valid_to, passed_on, 60) == renews
    period = validity(passed_on, 12, held, 60)
    if renews:
        assert period.valid_from == held.valid_to + DAY
    else:
        assert period == Validity(passed_on, add_months(passed_on, 12), passed_on)


PERIOD = (date(2024, 4, 15), date(2025, 4, 15))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 4, 14), None),
        (date(2024, 4, 15), ACTIVE),
        (date(2025, 4, 15), ACTIVE),
        (date(2025, 4, 16), EXPIRED),
    ],
)
def test_first_and_last_valid_day_are_inclusive(
    day: date, state: QualificationState | None
) -> None:
    assert state_on(day, PERIOD, [(PERIOD[0], ACTIVE)]) == state


def test_a_renewal_issued_early_is_pending_until_its_first_day() -> None:
    issued = [(date(2024, 3, 1), ACTIVE)]

    assert state_on(date(2024, 2, 29), PERIOD, issued) is None
    assert state_on(date(2024, 3, 1), PERIOD, issued) is PENDING
    assert state_on(date(2024, 4, 14), PERIOD, issued) is PENDING
    assert state_on(date(2024, 4, 15), PERIOD, issued) is ACTIVE


def test_a_suspension_counts_from_its_day_until_it_is_lifted_and_does_not_extend_validity() -> None:
    changes = [
        (date(2024, 4, 15), ACTIVE),
        (date(2024, 7, 1), SUSPENDED),
        (date(2024, 9, 1), ACTIVE),
        (date(2025, 3, 1), SUSPENDED),
    ]
    found = {
        day: state_on(day, PERIOD, changes)
        for day in (
            date(2024, 6, 30),
            date(2024, 7, 1),
            date(2024, 8, 31),
            date(2024, 9, 1),
            date(2025, 4, 15),
            date(2025, 4, 16),
        )
    }

    assert list(found.values()) == [ACTIVE, SUSPENDED, SUSPENDED, ACTIVE, SUSPENDED, EXPIRED]


def test_revoked_stays_revoked_after_the_last_valid_day() -> None:
    changes = [(PERIOD[0], ACTIVE), (date(2024, 5, 1), REVOKED)]

    assert state_on(date(2024, 4, 30), PERIOD, changes) is ACTIVE
    assert state_on(date(2024, 5, 1), PERIOD, changes) is REVOKED
    assert state_on(date(2026, 1, 1), PERIOD, changes) is REVOKED


@given(days, st.lists(st.tuples(days, st.sampled_from([ACTIVE, SUSPENDED])), max_size=5))
def test_no_day_after_the_last_valid_one_counts_as_active(
    day: date, changes: list[tuple[date, QualificationState]]
) -> None:
    state = state_on(day, PERIOD, changes)

    if state is ACTIVE:
        assert PERIOD[0] <= day <= PERIOD[1]
    if all(from_day > day for from_day, _state in changes):
        assert state is None


def a_period(first: str, last: str, issued: str, *more: tuple[str, QualificationState]) -> Period:
    changes = [(date.fromisoformat(day), state) for day, state in ((issued, ACTIVE), *more)]
    return Period(date.fromisoformat(first), date.fromisoformat(last), tuple(changes))


OLD = a_period("2024-03-04", "2025-03-04", "2024-03-04")
NEW = a_period("2025-03-05", "2026-03-04", "2025-02-20")


@pytest.mark.parametrize(
    ("day", "state", "is_renewed"),
    [
        ("2025-02-19", ACTIVE, False),
        ("2025-02-20", ACTIVE, True),
        ("2025-03-04", ACTIVE, True),
        ("2025-03-05", QualificationState.SUPERSEDED, True),
        ("2030-01-01", QualificationState.SUPERSEDED, True),
    ],
)
def test_a_period_is_renewed_from_the_issue_of_its_successor_and_superseded_from_its_beginning(
    day: str, state: QualificationState, is_renewed: bool
) -> None:
    assert standing_on(date.fromisoformat(day), OLD, [NEW]) == Standing(state, is_renewed)


def test_before_its_issue_a_period_has_no_standing() -> None:
    assert standing_on(date(2024, 3, 3), OLD, [NEW]) is None


def test_a_revoked_successor_takes_nothing_over_and_a_revoked_period_stays_revoked() -> None:
    revoked = a_period("2025-03-05", "2026-03-04", "2025-02-20", ("2025-02-25", REVOKED))
    assert standing_on(date(2025, 2, 26), OLD, [revoked]) == Standing(ACTIVE, False)
    assert standing_on(date(2025, 3, 5), OLD, [revoked]) == Standing(EXPIRED, False)

    old = a_period("2024-03-04", "2025-03-04", "2024-03-04", ("2024-06-01", REVOKED))
    assert standing_on(date(2025, 3, 5), old, [NEW]) == Standing(REVOKED, True)


def test_a_successor_that_is_suspended_before_it_begins_supersedes_only_when_it_begins() -> None:
    late = a_period("2025-03-05", "2026-03-04", "2025-02-20", ("2025-02-25", SUSPENDED))
    assert standing_on(date(2025, 3, 4), OLD, [late]) == Standing(ACTIVE, True)

"""Hours of training that count for a level (R-TRN-04, R-TRN-09)."""

import dataclasses
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.training import SessionState
from certify.domain.training_hours import SignedSession, training_hours
from tests import careers

NEEDED = Fraction(4, 5)
DAY = date(2024, 3, 5)


def session(hours: int = 2, there: int = 60, kind: str = "in-service") -> SignedSession:
    return careers.session(DAY, hours, there=there, kind=kind).session


def hours(*sessions: SignedSession) -> list[Fraction]:
    return [one.hours for one in training_hours(sessions, NEEDED)]


@given(st.integers(1, 8), st.integers(0, 60))
def test_the_time_somebody_was_there_counts_from_the_share_on(length: int, there: int) -> None:
    assert hours(session(length, there)) == ([Fraction(there * length, 60)] if there >= 48 else [])


def test_cancelled_sessions_and_those_for_customers_count_nothing() -> None:
    cancelled = dataclasses.replace(session(), state=SessionState.CANCELLED)

    assert hours(cancelled, session(kind="customer")) == []


def test_nobody_is_in_two_places() -> None:
    first = session(2)
    second = dataclasses.replace(first, starts_at=first.starts_at + timedelta(hours=1))
    after = dataclasses.replace(
        first,
        starts_at=first.ends_at,
        ends_at=first.ends_at + timedelta(hours=1),
        in_at=first.ends_at,
        out_at=first.ends_at + timedelta(hours=1),
    )

    assert hours(after, second, first) == [2, 1]


def test_without_an_end_nothing_counts() -> None:
    assert hours(dataclasses.replace(session(), out_at=None)) == []

"""Presence in a session: clamped to it, exact at the boundary, right when clocks change."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.attendance import (
    Attendance,
    Presence,
    attendance,
    is_signed_before,
    needs_agreement,
    overlaps,
)

START = datetime(2024, 6, 10, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
END = START + 2 * HOUR
LATER = END + 24 * HOUR
MICROSECOND = timedelta(microseconds=1)

moments = st.integers(-6 * 3_600_000_000, 6 * 3_600_000_000).map(
    lambda count: START + timedelta(microseconds=count)
)


def of(
    in_at: datetime | None,
    out_at: datetime | None,
    now: datetime = LATER,
    needed: Fraction = Fraction(4, 5),
    session: tuple[datetime, datetime] = (START, END),
    *,
    excused: bool = False,
) -> Attendance:
    return attendance(
        session,
        (in_at, out_at),
        now,
        needed=needed,
        late_after=timedelta(minutes=15),
        is_excused=excused,
    )


def test_four_fifths_exactly_is_attended_and_a_microsecond_less_is_not() -> None:
    enough = START + timedelta(minutes=96)

    assert of(START, enough).presence is Presence.ATTENDED
    assert of(START, enough).share == Fraction(4, 5)
    assert of(START, enough).hours == Fraction(8, 5)
    assert of(START, enough - MICROSECOND).presence is Presence.TOO_SHORT
    assert of(START, enough - MICROSECOND).hours == 0


def test_later_than_fifteen_minutes_is_late() -> None:
    quarter = START + timedelta(minutes=15)

    assert not of(quarter, END).is_late
    assert of(quarter + MICROSECOND, END).is_late
    assert of(quarter, END).late_by == 15
    assert of(START - HOUR, END).late_by == 0


def test_without_a_sign_out_the_end_is_unknown_once_the_session_is_over() -> None:
    assert of(START, None, END - MICROSECOND).presence is Presence.THERE
    assert of(START, None, END).presence is Presence.END_UNKNOWN
    assert of(START, None, END).hours == 0


def test_who_does_not_come_is_expected_then_absent_unless_excused() -> None:
    assert of(None, None, END - MICROSECOND).presence is Presence.EXPECTED
    assert of(None, None, END).presence is Presence.ABSENT
    assert of(None, None, START, excused=True).presence is Presence.EXCUSED
    assert of(START, END, excused=True).presence is Presence.ATTENDED


@given(moments, moments)
def test_nothing_before_the_start_or_after_the_end_is_gained(
    in_at: datetime, out_at: datetime
) -> None:
    found = of(in_at, out_at)

    assert 0 <= found.share <= 1
    assert found.minutes == found.share * 120
    inside = of(max(in_at, START), min(out_at, END))
    assert found.minutes == inside.minutes
    assert (found.presence is Presence.ATTENDED) == (found.minutes >= 96)


@given(moments, moments, st.integers(0, 10_000_000))
def test_who_stays_longer_never_attends_less(in_at: datetime, out_at: datetime, more: int) -> None:
    longer = of(in_at, out_at + timedelta(microseconds=more))

    assert longer.minutes >= of(in_at, out_at).minutes
    assert longer.hours >= of(in_at, out_at).hours


@given(moments, moments)
def test_the_time_zone_of_a_moment_changes_nothing(in_at: datetime, out_at: datetime) -> None:
    zone = ZoneInfo("America/New_York")

    assert of(in_at.astimezone(zone), out_at.astimezone(zone)) == of(in_at, out_at)


def test_a_night_in_which_clocks_change_is_counted_as_it_was_lived() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2024, 10, 27, 1, 0, tzinfo=berlin)
    end = datetime(2024, 10, 27, 4, 0, tzinfo=berlin)  # the hour from 2 to 3 comes twice

    found = of(start, end, session=(start, end))

    assert found.hours == 4
    short = of(start, datetime(2024, 10, 27, 3, 0, tzinfo=berlin), session=(start, end))
    assert short.minutes == 180
    assert short.presence is Presence.TOO_SHORT


@given(moments, st.integers(1, 10**10), moments, st.integers(1, 10**10))
def test_two_sessions_overlap_when_a_moment_lies_in_both(
    one: datetime, long: int, other: datetime, longer: int
) -> None:
    first = (one, one + timedelta(microseconds=long))
    second = (other, other + timedelta(microseconds=longer))

    assert overlaps(first, second) == overlaps(second, first)
    common = min(first[1], second[1]) - max(first[0], second[0])
    assert overlaps(first, second) == (common > timedelta(0))
    assert not overlaps(first, (first[1], first[1] + HOUR))


def test_an_agreement_is_signed_before_the_start_not_at_it() -> None:
    assert is_signed_before(START - MICROSECOND, START)
    assert not is_signed_before(START, START)


def test_an_agreement_is_needed_where_the_company_pays_anything() -> None:
    assert needs_agreement(funded=True, fen=1)
    assert not needs_agreement(funded=True, fen=0)
    assert not needs_agreement(funded=False, fen=200_000)

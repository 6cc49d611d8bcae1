"""Time is aware UTC inside, and the company's calendar day outside (R-PLT-04)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.clock import SetClock, SystemClock, local_date

SHANGHAI = "Asia/Shanghai"


def test_the_clock_of_the_machine_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_set_clock_stands_until_it_is_moved_and_refuses_naive_moments() -> None:
    clock = SetClock(datetime(2024, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=8))))

    assert clock.now() == clock.now() == datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(minutes=1))
    assert clock.now() == datetime(2024, 3, 4, 4, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2024, 3, 4))  # noqa: DTZ001


def test_the_day_changes_at_midnight_where_the_company_works() -> None:
    assert local_date(datetime(2024, 3, 4, 15, 59, 59, tzinfo=UTC), SHANGHAI) == date(2024, 3, 4)
    assert local_date(datetime(2024, 3, 4, 16, 0, tzinfo=UTC), SHANGHAI) == date(2024, 3, 5)


@given(
    st.integers(788_918_400, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.sampled_from([SHANGHAI, "Europe/Prague", "America/New_York", "Pacific/Chatham"]),
)
def test_the_local_day_is_at_most_one_away_from_that_in_utc(moment: datetime, zone: str) -> None:
    assert abs((local_date(moment, zone) - moment.date()).days) <= 1

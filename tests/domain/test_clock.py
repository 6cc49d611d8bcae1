"""Time is aware UTC inside, and the company's calendar day outside (R-PLT-04)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.clock import SLEW, SetClock, SystemClock, local_date

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


class Machine:
    """A machine whose clock somebody sets while time goes by steadily."""

    def __init__(self) -> None:
        self.steady = 0
        self.wrong = timedelta(0)

    def read(self) -> SystemClock:
        """The clock of a program that starts now."""
        return SystemClock(lambda: self.wall, lambda: self.steady)

    @property
    def wall(self) -> datetime:
        true = datetime(2024, 3, 4, tzinfo=UTC) + timedelta(microseconds=self.steady // 1000)
        return true + self.wrong

    def wait(self, seconds: float) -> None:
        self.steady += int(seconds * 1_000_000_000)


jumps = st.lists(
    st.tuples(st.integers(1, 3600), st.floats(-9 * 86400, 9 * 86400, allow_nan=False)), max_size=12
)


@given(jumps)
def test_however_the_clock_is_set_time_goes_by_as_steadily_as_a_time_server_corrects_it(
    schedule: list[tuple[int, float]],
) -> None:
    machine = Machine()
    clock = machine.read()
    start = clock.now()
    waited, before = 0, start
    for seconds, by in schedule:
        machine.wrong += timedelta(seconds=by)
        machine.wait(seconds)
        waited += seconds
        now = clock.now()
        moved = abs(now - start - timedelta(seconds=waited))
        assert moved <= timedelta(seconds=waited) / SLEW + timedelta(microseconds=len(schedule))
        assert now >= before
        before = now


def test_a_jump_is_told_once_and_not_followed() -> None:
    machine = Machine()
    clock = machine.read()
    start = clock.now()
    machine.wait(60)
    machine.wrong = timedelta(days=9)

    assert clock.now() == start + timedelta(seconds=60)
    machine.wait(60)
    assert clock.now() == start + timedelta(seconds=120)
    (jump,) = clock.take_jumps()
    assert (jump.by, jump.at) == (timedelta(days=9), start + timedelta(seconds=60))
    assert clock.take_jumps() == []
    machine.wrong = timedelta(0)
    machine.wait(1)
    assert clock.now() == start + timedelta(seconds=121)
    assert [jump.by for jump in clock.take_jumps()] == [timedelta(days=-9)]


def test_a_small_correction_is_followed_slowly() -> None:
    machine = Machine()
    clock = machine.read()
    machine.wrong = timedelta(milliseconds=500)

    for _second in range(2001):
        machine.wait(1)
        clock.now()

    assert abs(clock.now() - machine.wall) < timedelta(milliseconds=2)
    assert clock.take_jumps() == []

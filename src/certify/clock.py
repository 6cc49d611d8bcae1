"""Time is passed in, never read: aware UTC from one injected clock (R-PLT-04)."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo

JUMP = timedelta(seconds=1)
"""A change of the machine's clock by more than this at once is a jump, which nobody feels."""
SLEW = 2000
"""Small corrections are followed by at most one part in this many of the time that went by."""


@dataclass(frozen=True)
class ClockJump:
    """The machine's clock was set while the program ran."""

    at: datetime
    """When it was noticed, by the time that went on steadily."""
    by: timedelta
    """How far it was set; negative when it was set back."""


_STEADY: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def take_jumps(self) -> Sequence[ClockJump]:
        """The jumps noticed since this was asked last."""
        ...


class SystemClock:
    """The clock of this machine, read once; from then on time passes as steadily as it does.

    Somebody who sets the machine's clock neither takes nor gives time to anybody who sits an exam
    (G7): the jump is remembered and not followed until the program starts again. What a time
    server corrects in small steps is followed.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], int] | None = None,
    ) -> None:
        """Args:
        wall: the machine's clock, which somebody may set.
        steady: nanoseconds of a clock that nobody sets.
        """
        self._wall, self._read_steady = wall, steady or _steady
        self._lock = Lock()
        self._steady = self._read_steady()
        self._now = wall()
        self._ahead = timedelta(0)
        """How far the machine's clock has jumped ahead of this one."""
        self._jumps: list[ClockJump] = []

    def now(self) -> datetime:
        with self._lock:
            passed = timedelta(microseconds=(self._read_steady() - self._steady) // 1000)
            if passed <= timedelta(0):
                return self._now
            self._steady += passed // timedelta(microseconds=1) * 1000
            self._now += passed
            wrong = self._wall() - self._now - self._ahead
            if abs(wrong) > JUMP:
                self._ahead += wrong
                self._jumps.append(ClockJump(self._now, wrong))
            else:
                self._now += max(-passed / SLEW, min(wrong, passed / SLEW))
            return self._now

    def take_jumps(self) -> Sequence[ClockJump]:
        with self._lock:
            taken, self._jumps = self._jumps, []
            return taken


def _steady() -> int:
    """Nanoseconds of a clock that nobody sets, and that goes on while the machine sleeps.

    A suspended laptop must not stop the time of an exam: Linux counts its sleep only in
    `CLOCK_BOOTTIME`, the Mac in its `CLOCK_MONOTONIC`.
    """
    return time.monotonic_ns() if _STEADY is None else time.clock_gettime_ns(_STEADY)


class SetClock:
    """A clock that stands where it is set: for demonstrations and tests."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def now(self) -> datetime:
        return self._now

    def take_jumps(self) -> Sequence[ClockJump]:
        return ()

    def set(self, now: datetime) -> None:
        """Put the clock to an aware moment."""
        if now.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._now = now.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Let time pass."""
        self._now += step


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment where the company works (`organisation.time_zone`)."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def midnight(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins where the company works, in UTC."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(time_zone)).astimezone(UTC)

"""Time is passed in, never read: aware UTC from one injected clock (R-PLT-04)."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is set: for demonstrations and tests."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def now(self) -> datetime:
        return self._now

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

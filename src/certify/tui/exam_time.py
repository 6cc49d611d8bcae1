"""The time of a sitting as a terminal knows it, and what is said when it was moved."""

from datetime import datetime, timedelta

from textual.content import Content

from certify.i18n import _, _n

NEWS = timedelta(seconds=60)
"""How long it is said that time was given."""
NOTICED = 5
"""Seconds; less is not worth a word."""


class ExamTime:
    """The deadline is the service's; this one is only shown."""

    def __init__(self, deadline: datetime, break_left: int, last_heard: datetime | None) -> None:
        """Args:
        last_heard: the attempt's last moment; its time stands while the clock is behind it.
        """
        self.deadline = deadline
        self.last_heard = last_heard
        self.break_left = break_left
        """Seconds of break that may still be taken."""
        self.paused_at: datetime | None = None
        """Since when an invigilator has stopped the exam: the time stands there."""
        self._moved = timedelta(0)
        self._until: datetime | None = None

    def left(self, now: datetime) -> int:
        """Whole seconds until the end; 0 and less when it is over."""
        moment = self.paused_at or max(now, self.last_heard or now)
        return int((self.deadline - moment).total_seconds())

    def learn(self, deadline: datetime, now: datetime, *, silently: bool = False) -> None:
        """Take over the deadline as the service has it.

        Args:
            silently: whether the person moved it themselves, by a break.
        """
        moved, self.deadline = deadline - self.deadline, deadline
        if silently or abs(moved.total_seconds()) < NOTICED:
            return
        # Two gifts within the minute are told as one.
        self._moved = moved + (self._moved if self._is_told(now) else timedelta(0))
        self._until = now + NEWS

    def news(self, now: datetime) -> Content:
        """What to say of a deadline that was moved a moment ago; empty when it was not."""
        if not self._is_told(now):
            return Content()
        seconds = int(self._moved.total_seconds())
        if seconds < 0:
            return Content.styled(_("! Your time was changed; see the time left."), "bold $accent")
        return Content.styled(f"+ {given_text(seconds)}", "bold $success")

    def _is_told(self, now: datetime) -> bool:
        return self._until is not None and now < self._until


def given_text(seconds: int) -> str:
    """That somebody was given time."""
    minutes, rest = divmod(seconds, 60)
    if minutes == 0:
        return _n("You were given {count} second.", "You were given {count} seconds.", rest).format(
            count=rest
        )
    return _n("You were given {count} minute.", "You were given {count} minutes.", minutes).format(
        count=minutes
    )

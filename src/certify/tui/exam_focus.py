"""Whether the terminal of an exam is in front, as it says itself; for the invigilator alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

LEAST = timedelta(seconds=2)
"""A shorter look elsewhere is a slip of the hand and is not noted."""


class ExamFocus:
    """Turns blinks of focus into few events."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._since: datetime | None = None
        self._is_noted = False

    def lose(self) -> None:
        """The terminal went to the back."""
        self._since = self._since or self._now()

    def is_lost(self) -> bool:
        """Whether it is to be noted now that the terminal is away; true once each time."""
        if self._since is None or self._is_noted or self._now() - self._since < LEAST:
            return False
        self._is_noted = True
        return True

    def come_back(self) -> int | None:
        """The terminal is in front again; for how many seconds it was away, if that was noted."""
        since, was_noted = self._since, self._is_noted
        self._since, self._is_noted = None, False
        if since is None or not was_noted:
            return None
        return int((self._now() - since).total_seconds())

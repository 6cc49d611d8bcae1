"""What all SSH connections of one process share."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol

from certify.errors import CertifyError
from certify.server import metrics, ssh_words
from certify.services import founding
from certify.services.access import entering

if TYPE_CHECKING:
    from collections.abc import Callable

    from certify.server.hall import Hall
    from certify.server.lines import Plain
    from certify.services.sign_in import SignedIn

log = logging.getLogger("certify.server")
LOOK_SECONDS = 1.0


class Connected(Protocol):
    """One connection, as the door watches it."""

    def look(self) -> None:
        """See whether it waits too long, or is not there any more."""

    def end_lines(self) -> None:
        """End work by lines."""


class Door:
    """The hall behind the door, the limits in front of it, and who stands between."""

    MOST_LINES = 24
    """Terminals that show no screens: each takes a thread."""

    def __init__(self, hall: Hall, plain: Plain | None) -> None:
        self.hall, self.plain = hall, plain
        self.platform = hall.platform
        self.limits = hall.limits
        self.connections: set[Connected] = set()
        self.lines = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.language = self.platform.settings.language
        found = founding.organisation(self.platform)
        self.company = found.name if found else ""

    def say(self, words: Callable[[], str], between: str = "\r\n") -> str:
        """Words in both languages."""
        return ssh_words.in_both(self.language, words, between)

    def end_lines(self) -> None:
        """End what the hall does not know of: those who work by lines."""
        for one in list(self.connections):
            one.end_lines()

    async def note(self, signed_in: SignedIn) -> None:
        """Write down that somebody came in by a key."""
        try:
            await asyncio.to_thread(entering.note_entered, self.platform, signed_in)
            metrics.sign_in("in")
        except CertifyError as problem:
            log.warning("a sign-in could not be written down: %s", type(problem).__name__)

    async def keep_watch(self) -> None:
        """Look at every connection once a second: who waits too long, or is not there any more."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self._look()

    def _look(self) -> None:
        for one in list(self.connections):
            try:
                one.look()
            except Exception:
                log.exception("a connection could not be looked at")

"""How many may stand at the doors of a server, and for how long (G17).

Until somebody has signed in, their connection is one that waits: with SSH until it is
authenticated, with `ssh exam@host` until the sign-in page has let them in. An address may have
`policy.access.waiting_per_address` of those; a network in `policy.access.shared_networks` as many
as there are connections at all. Both doors count, and all workers of a server (`board`); of two
who come in the same moment to two workers one too many may be let in. How many connections there
are at all is counted by each process: that is what its memory holds.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certify.services.access.throttle import is_shared, place_of

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.server.board import Seat

MOST_CONNECTIONS = 2500
"""Of one process, whether signed in or not."""
PAGE_TIMES = 4
"""Who signs in on a page reads and types more than who answers one prompt: so many times
`policy.access.login_seconds` are theirs."""
MOST_KEYS = 20
"""Public keys that one connection may offer; a program that keeps keys offers all it has."""
MOST_NAMES = 20
"""Changes of the user name on one connection before it is signed in."""
MOST_KEY_EXCHANGES = 10
"""Fresh encryption keys that one connection may ask for in a minute; OpenSSH does once an hour."""
MOST_TERMINALS = 8
"""Of one person in one process; of more the oldest are signed out, so that nobody can take the
places of others, nor keep somebody out with a code or password that is theirs. On as many more an
exam may be open: who sits one is not disturbed by who opens terminals elsewhere."""
PACE_SECONDS = 0.25
"""A failed try is answered so much later for each one before it on the same connection."""


class Limits:
    """The connections of one process, and which of them wait."""

    def __init__(self, platform: Platform, seat: Seat | None = None) -> None:
        """Args:
        seat: where the other workers of this server see who waits here; None: there are none.
        """
        self._platform, self._seat = platform, seat
        self._count = 0
        self._waiting: Counter[str] = Counter()
        self._terminals: dict[int, list[Visit]] = {}

    @property
    def connections(self) -> int:
        """How many are open now."""
        return self._count

    @property
    def waiting(self) -> int:
        """How many of them wait until somebody has signed in."""
        return self._waiting.total()

    def arrive(self, address: str) -> Visit | None:
        """Somebody connects; None when they are too many, of their address or of all."""
        rules = self._platform.policy.access
        place = place_of(address)
        if self._count >= MOST_CONNECTIONS:
            return None
        if not is_shared(rules, address) and self._waiting_of(place) >= rules.waiting_per_address:
            return None
        self._count += 1
        return Visit(self, place)

    def _waiting_of(self, place: str) -> int:
        elsewhere = self._seat.elsewhere(place) if self._seat is not None else 0
        return self._waiting[place] + elsewhere

    @property
    def page_seconds(self) -> int:
        """How long somebody may take at the sign-in page."""
        return PAGE_TIMES * self._platform.policy.access.login_seconds

    def count(self, place: str, change: int) -> None:
        """One more or less waits."""
        self._waiting[place] += change
        if not self._waiting[place]:
            del self._waiting[place]
        if self._seat is not None:
            self._seat.count(place, change)

    def terminals(self, person_id: int) -> list[Visit]:
        """Of one person, the oldest first."""
        return self._terminals.get(person_id, [])

    def change(self, visit: Visit, before: int | None, after: int | None) -> None:
        """Another person is signed in somewhere, or nobody."""
        if before is not None:
            self._terminals[before].remove(visit)
            if not self._terminals[before]:
                del self._terminals[before]
        if after is not None:
            self._terminals.setdefault(after, []).append(visit)

    def leave(self) -> None:
        """A connection is gone."""
        self._count -= 1


class Visit:
    """One connection among those of its process."""

    def __init__(self, limits: Limits, place: str) -> None:
        self._limits, self._place = limits, place
        self._is_waiting = self._is_here = True
        self._person_id: int | None = None
        limits.count(place, 1)

    def know(self, person_id: int | None) -> None:
        """Somebody has signed in, or out again."""
        if not self._is_here:
            return
        self._wait(is_waiting=person_id is None)
        if person_id != self._person_id:
            self._limits.change(self, self._person_id, person_id)
            self._person_id = person_id

    def is_too_many(self, *, holds: bool) -> bool:
        """Whether the same person has come in on so many terminals since that this one ends.

        Args:
            holds: an exam is open on it.
        """
        if self._person_id is None:
            return False
        theirs = self._limits.terminals(self._person_id)
        return theirs.index(self) < len(theirs) - MOST_TERMINALS * (2 if holds else 1)

    def end(self) -> None:
        """The connection is gone."""
        if self._is_here:
            self.know(None)
            self._wait(is_waiting=False)
            self._is_here = False
            self._limits.leave()

    def _wait(self, is_waiting: bool) -> None:
        if is_waiting != self._is_waiting:
            self._is_waiting = is_waiting
            self._limits.count(self._place, 1 if is_waiting else -1)

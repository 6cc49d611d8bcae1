"""How many may stand at the door of one process, and for how long (G17).

Until somebody has signed in, their connection is one that waits: with SSH until it is
authenticated, with `ssh exam@host` until the sign-in page has let them in. An address may have
`policy.access.waiting_per_address` of those; a network in `policy.access.shared_networks` as many
as there are connections at all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certify.services.access.throttle import is_shared, place_of

if TYPE_CHECKING:
    from certify.platform import Platform

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
PACE_SECONDS = 0.25
"""A failed try is answered so much later for each one before it on the same connection."""


class Limits:
    """The connections of one process, and which of them wait."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._count = 0
        self._waiting: Counter[str] = Counter()

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
        if not is_shared(rules, address) and self._waiting[place] >= rules.waiting_per_address:
            return None
        self._count += 1
        return Visit(self, place)

    @property
    def page_seconds(self) -> int:
        """How long somebody may take at the sign-in page."""
        return PAGE_TIMES * self._platform.policy.access.login_seconds

    def count(self, place: str, change: int) -> None:
        """One more or less waits."""
        self._waiting[place] += change
        if not self._waiting[place]:
            del self._waiting[place]

    def leave(self) -> None:
        """A connection is gone."""
        self._count -= 1


class Visit:
    """One connection among those of its process."""

    def __init__(self, limits: Limits, place: str) -> None:
        self._limits, self._place = limits, place
        self._is_waiting = self._is_here = True
        limits.count(place, 1)

    def wait(self, is_waiting: bool) -> None:
        """Somebody has signed in, or out again."""
        if self._is_here and is_waiting != self._is_waiting:
            self._is_waiting = is_waiting
            self._limits.count(self._place, 1 if is_waiting else -1)

    def end(self) -> None:
        """The connection is gone."""
        self.wait(is_waiting=False)
        if self._is_here:
            self._is_here = False
            self._limits.leave()

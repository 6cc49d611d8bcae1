"""What goes out to one terminal: collected into one packet a loop pass, dropped when it is slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from certify.server import metrics


class Channel(Protocol):
    """The open connection of one terminal: of SSH or of a browser."""

    def send(self, data: bytes) -> None:
        """Give bytes to the connection; never waits."""

    def close(self, code: int) -> None:
        """End it: 0 in order, else as a program's exit code."""


class _Gone:
    """A connection that has ended."""

    def send(self, data: bytes) -> None:
        """Nobody is there."""

    def close(self, code: int) -> None:
        """It is."""

    def stay(self) -> None:
        """There is nothing to paint."""


class Outlet:
    """Writes to a channel; while the other side does not read, frames are dropped, not kept.

    A terminal that missed a frame is wrong until the whole screen is painted again, which
    `on_drained` is called for, once the other side reads again.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.on_drained: Callable[[], None] = _Gone().stay
        self.is_slow = False
        self._loop = asyncio.get_running_loop()
        self._parts: list[str] = []
        self._has_missed = False

    def write(self, text: str) -> None:
        """Write text that may be dropped as long as a whole picture follows."""
        if self.is_slow:
            self._has_missed = True
            metrics.DROPPED.inc()
            return
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(text)

    def flush(self) -> None:
        """Send what was collected."""
        if self._parts:
            data = "".join(self._parts).encode("utf-8", "replace")
            self._parts.clear()
            self.channel.send(data)

    def insist(self, text: str) -> None:
        """Write what must not be dropped, such as leaving the full screen."""
        self._parts.append(text)
        self.flush()

    def shut(self) -> None:
        """Write nothing any more, and hold on to nobody."""
        self.channel, self.on_drained = _Gone(), _Gone().stay
        self._parts.clear()

    def slow(self) -> None:
        """The other side does not read as fast as we write."""
        self.is_slow = True
        metrics.SLOW.inc()

    def drained(self) -> None:
        """It reads again."""
        self.is_slow = False
        if self._has_missed:
            self._has_missed = False
            self.on_drained()

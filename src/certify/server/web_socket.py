"""One browser's WebSocket as the channel of a session."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from certify.domain.clean import clean_line
from certify.errors import Refused
from certify.i18n import _

if TYPE_CHECKING:
    from certify.server.hall import Hall
    from certify.server.session import Session

LEFT, FAULT, FULL, WAITED, IDLE, ELSEWHERE = range(4000, 4006)
ENDINGS_OF_PAGE = {
    LEFT: "left",
    FAULT: "fault",
    FULL: "full",
    WAITED: "waited",
    IDLE: "idle",
    ELSEWHERE: "elsewhere",
}
"""Why the server closed a socket, and the page's words for it; from any other end it comes back."""
RESTART = 1012
MOST_MESSAGE = 64 * 1024
"""Bytes of one message from a browser."""
MOST_WAITING = 128 * 1024
"""Bytes that wait for a browser before frames are dropped."""
MOST_FILE = 32 * 1024 * 1024
"""Bytes of a file for a browser."""
PIECE = 64 * 1024
PATIENCE = 3
"""Seconds for a browser to take the last words."""
PACE, AHEAD, EACH = 16 * 1024, 256 * 1024, 32
"""Bytes a second that a browser may send, how many at once, and what a message counts besides."""
UNFIT = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
"""Not in names of files on one system or another."""


class Browser:
    """What goes out waits here, in order, until the socket takes it."""

    def __init__(
        self, hall: Hall, socket: web.WebSocketResponse, transport: asyncio.Transport
    ) -> None:
        """Args:
        transport: is cut where somebody does not even take the last words.
        """
        self.session: Session | None = None
        self._hall, self._socket, self._transport = hall, socket, transport
        self._parts: deque[bytes | str] = deque()
        self.waiting_bytes = 0
        self._wake = asyncio.Event()
        self._code: int | None = None
        self._heard = self._since = time.monotonic()

    @property
    def is_waiting(self) -> bool:
        """Whether nobody is signed in here."""
        return self.session is not None and self.session.app.actor is None

    @property
    def person_id(self) -> int | None:
        """Who is signed in here."""
        actor = self.session.app.actor if self.session is not None else None
        return actor.person_id if actor is not None else None

    @property
    def holds(self) -> bool:
        """Whether an exam is sat here, which no pause ends."""
        screens = self.session.app.screen_stack if self.session is not None else []
        return any(getattr(screen, "HOLDS", False) for screen in screens)

    def waited(self) -> float:
        """Seconds since somebody was signed in here."""
        if not self.is_waiting:
            self._since = time.monotonic()
        return time.monotonic() - self._since

    def idle(self) -> float:
        """Seconds since a key came."""
        return time.monotonic() - self._heard

    def send(self, data: bytes) -> None:
        self._put(data)

    def offer_file(self, name: str, data: bytes) -> None:
        """Let the browser save a file.

        Raises:
            Refused: it is too large, or the browser does not take those before it.
        """
        if len(data) > MOST_FILE:
            raise Refused(
                _("This file is too large for a browser."),
                mend=_(
                    "At most {count} MB; take a smaller part, or write it at the server."
                ).format(count=MOST_FILE >> 20),
            )
        if self.waiting_bytes + len(data) > MOST_FILE + MOST_WAITING:
            raise Refused(
                _("Your browser has not taken the files before this one yet."),
                mend=_("Try again in a moment."),
            )
        self._put(json.dumps({"file": file_name(name), "size": len(data)}))
        for start in range(0, len(data), PIECE):
            self._put(data[start : start + PIECE])

    def close(self, code: int) -> None:
        self.close_as(RESTART if self._hall.is_closing else FAULT if code else LEFT)

    def close_as(self, code: int) -> None:
        """Send what waits, then close for a reason that the page knows."""
        if self._code is None:
            self._code = code
            self._wake.set()
            asyncio.get_running_loop().call_later(PATIENCE, self._transport.abort)

    def _put(self, part: bytes | str) -> None:
        if self._code is not None or self._socket.closed:
            return
        self._parts.append(part)
        self.waiting_bytes += len(part)
        self._wake.set()
        if self.waiting_bytes > MOST_WAITING and self.session is not None:
            self.session.outlet.slow()

    async def write(self) -> None:
        """Hand everything to the socket, as fast as the browser reads, until it is closed."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._parts:
                part = self._parts.popleft()
                try:
                    if isinstance(part, str):
                        await self._socket.send_str(part)
                    else:
                        await self._socket.send_bytes(part)
                except ConnectionError:
                    return
                self.waiting_bytes -= len(part)
            if self._code is not None:
                await self._socket.close(code=self._code)
                return
            if self.session is not None and self.session.outlet.is_slow:
                self.session.outlet.drained()

    async def read(self) -> None:
        """Give what comes to the session, no faster than a person can type and paste."""
        pace = Pace()
        async for message in self._socket:
            if self._transport.is_closing():
                return  # what it sent last nobody need hear
            if message.type is WSMsgType.BINARY:
                self._heard = time.monotonic()
                if self.session is not None:
                    self.session.feed(message.data)
            elif message.type is WSMsgType.TEXT:
                self._told(message.data)
            if wait := pace.after(len(message.data or "") + EACH):
                await asyncio.sleep(wait)

    def _resize(self, columns: int, rows: int) -> None:
        if self.session is not None and self._code is None:
            self.session.resize(columns, rows)

    def _told(self, text: str) -> None:
        """What the page itself says: the size of its window, and whether we are still there."""
        try:
            said = json.loads(text)
            match said:
                case {"size": [int(columns), int(rows)]}:
                    self._resize(columns, rows)
                case {"ping": _any} if self.waiting_bytes < MOST_WAITING:
                    self._put('{"pong": 1}')
        except (ValueError, RecursionError):
            return  # not from our page


class Pace:
    """So many bytes a second, and a number of them ahead."""

    def __init__(self) -> None:
        self._left: float = AHEAD
        self._since = time.monotonic()

    def after(self, amount: int) -> float:
        """Seconds to wait once so many bytes came."""
        now = time.monotonic()
        self._left = min(AHEAD, self._left + (now - self._since) * PACE) - amount
        self._since = now
        return max(0.0, -self._left / PACE)


def file_name(name: str) -> str:
    """A name that every system takes, of a file for a browser."""
    fit = UNFIT.sub("_", clean_line(name)).strip(". ")
    stem, dot, suffix = fit.rpartition(".")
    short = f"{stem[:80]}{dot}{suffix[:16]}" if stem else fit[:80]
    return short.strip(". ") or "certify"

"""Sessions in memory: a terminal of our own at each, drawn by an emulator."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pyte

from certify.platform import Platform
from certify.server.hall import Hall
from certify.server.session import Caller, Session
from certify.services.sign_in import SignedIn
from tests.platforms import actor

PATIENCE = 20


class Desk:
    """One terminal: what was sent to it, and the screen that this draws."""

    def __init__(self, size: tuple[int, int] = (80, 24)) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        self.code: int | None = None
        self.session: Session

    def send(self, data: bytes) -> None:
        self.sent += data
        # The emulator knows neither of these: bracketed updates and questions of the terminal.
        for unknown in (b"\x1b[?2026$p", b"\x1b[?2026h", b"\x1b[?2026l"):
            data = data.replace(unknown, b"")
        self._stream.feed(data)

    def close(self, code: int) -> None:
        self.code = code

    def type(self, keys: str) -> None:
        """Press keys."""
        self.session.feed(keys.encode())

    @property
    def text(self) -> str:
        """All that stands on the screen."""
        return "\n".join(self.screen.display)

    def cells(self) -> list[Any]:
        """Every cell with its colours and style."""
        columns, lines = self.screen.columns, self.screen.lines
        return [self.screen.buffer[y][x] for y in range(lines) for x in range(columns)]

    async def shows(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        await reaches(lambda: text in self.text.replace("\0", ""), lambda: f"{text}\n{self.text}")

    async def rests(self) -> None:
        """Wait until nothing more is sent for a moment."""
        size = -1
        while size != len(self.sent):
            size = len(self.sent)
            await asyncio.sleep(0.2)


async def reaches(state: Callable[[], bool], told: Callable[[], str] = str) -> None:
    """Wait until something is so."""
    for _try in range(PATIENCE * 50):
        if state():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"did not come within {PATIENCE} s: {told()}")


@asynccontextmanager
async def hall_of(platform: Platform) -> AsyncIterator[Hall]:
    """A hall without doors, closed in the end."""
    hall = Hall(platform)
    try:
        yield hall
    finally:
        await hall.close()


def sit_down(
    hall: Hall, staff_no: str | None, *, size: tuple[int, int] = (80, 24), **caller: Any
) -> Desk:
    """Somebody who is signed in already comes to a terminal; None: nobody yet."""
    desk = Desk(size)
    if staff_no is not None:
        caller["signed_in"] = SignedIn(actor(hall.platform, staff_no), False)
    desk.session = hall.enter(desk, Caller("127.0.0.1", size=size, **caller))
    return desk

"""Texts that give orders to a terminal, and what reaches one besides sequences of our own."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.screen import Screen

from certify.domain.clean import FORBIDDEN
from certify.platform import Platform
from certify.server.hall import Hall
from certify.server.session import Caller, Session
from certify.services.sign_in import SignedIn
from tests.platforms import actor

KINDS = json.loads((Path(__file__).parents[1] / "naughty_strings.json").read_text(encoding="utf-8"))
NAUGHTY = [text for kind, texts in KINDS.items() if kind != "halves" for text in texts]
"""Halves of characters cannot be stored; `test_typed…` types them."""
PAYLOADS = [
    "\x1b]52;c;YWJj\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\u202eevil\u2066",
    "\u2028\u2029",
    "[@click=app.quit]x[/]",
    "[/x]",
    "\x1bP+q\x1b\\",
    "\x07\x08\x0b\x0c\x0e\x0f",
    "\x7f\x00\x85",
]
OURS = re.compile(
    r"\x1b\[(?:\d+(?:;\d+)*)?[mH]"  # colours; a place on the screen
    r"|\x1b\[(?:\d+;\d+)?[su]|\x1b[78]"  # the clock keeps the cursor's place
    r"|\x1b\[\?(?:1049|25|1004|2004|7|1000|1003|1006|2026)[hl]"
    r"|\x1b\[\?2026\$p"  # asks whether pictures can be bracketed
    r"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse's arrow
)
"""What the driver emits; see server/terminal.py."""


class Caught:
    """A connection that keeps what would be sent."""

    offer_file = None

    def __init__(self) -> None:
        self.sent = bytearray()

    def send(self, data: bytes) -> None:
        self.sent += data

    def close(self, code: int) -> None:
        """There is nothing to close."""


def foreign(data: bytes) -> list[str]:
    """What is neither text nor a sequence of ours, with what stands around it."""
    text = OURS.sub("", data.decode("utf-8")).replace("\r", "").replace("\n", "")
    return [text[max(0, m.start() - 20) : m.end() + 20] for m in FORBIDDEN.finditer(text)]


@asynccontextmanager
async def at_terminal(platform: Platform, staff_no: str) -> AsyncIterator[tuple[Session, Caught]]:
    """Somebody's session on a terminal as large as they may be."""
    hall, caught = Hall(platform), Caught()
    signed_in = SignedIn(actor(platform, staff_no), must_change=False)
    caller = Caller("127.0.0.1", size=(10_000, 10_000), colours=1 << 24, signed_in=signed_in)
    session = hall.enter(caught, caller)
    try:
        await rest(caught)
        yield session, caught
    finally:
        await hall.close()


async def rest(caught: Caught) -> None:
    """Wait until something came, and nothing more comes for a moment."""
    before = -1
    for _step in range(400):
        if len(caught.sent) == before and before:
            return
        before = len(caught.sent)
        await asyncio.sleep(0.05)


async def show(session: Session, caught: Caught, page: Callable[[], Screen[None]]) -> bytes:
    """Put a page on top and take it away; what was sent meanwhile."""
    app = session.app
    begun = len(caught.sent)

    async def push() -> None:
        await app.push_screen(page())

    app.call_later(push)
    await rest(caught)
    for key in (b"\x1bOP", b"\x1b", b"\x1b[B", b"\x1b[6~"):  # help, back, down, page down
        session.feed(key)
        await rest(caught)
    app.call_later(app.pop_screen)
    await rest(caught)
    assert app.is_running
    assert not app.fault
    return bytes(caught.sent[begun:])

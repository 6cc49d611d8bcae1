"""Keys typed faster than the screen follows: each finds what the one before has led to.

A terminal hands over all it has, and over a slow line that is several keys at once. A widget that
got them together would answer its own item with keys that were meant for the next one.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

from certify.domain.clean import clean_pasted
from certify.tui.page import Page

PASSES = 4
"""A key lets a field speak to its widget, that to the page, and the page may open a dialog."""
MOST_SECONDS = 0.5
"""A page that never comes to rest keeps nobody from typing."""
MOST_WAITING = 500
"""Keys typed ahead; what comes beyond them is dropped: nobody types so far ahead of a screen."""


class TypedAhead:
    """Hands keys on one at a time, in order."""

    def __init__(self, app: App[int], hand_on: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Event] = deque()
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a key is still being dealt with."""
        return self._is_busy

    def take(self, event: Event) -> None:
        """A key was typed or a text pasted."""
        if isinstance(event, Paste):
            event.text = clean_pasted(event.text)  # a field paints what is in it as it is
        if not self._is_busy and self._is_done_at_once(event):
            return
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(event)
        if not self._is_busy:
            self._is_busy = True
            self._app.run_worker(self._hand_all(), group="typing")

    def _is_done_at_once(self, event: Event) -> bool:
        page = self._app.screen_stack[-1] if self._app.screen_stack else None
        if not (isinstance(page, Page) and isinstance(event, Key) and self._app.app_focus):
            return False
        return page.maximized is None and page.take_at_once(event.key)

    async def _hand_all(self) -> None:
        try:
            while self._waiting and self._app.screen_stack and not self._app._exit:
                heard = _listeners(self._app)
                await self._hand_on(self._waiting.popleft())
                await self._settle(heard)
        finally:
            self._is_busy = False

    async def _settle(self, heard: list[MessagePump]) -> None:
        """Wait until what a key has set off is done."""
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_SECONDS):
                for _pass in range(PASSES):
                    for node in heard:
                        await _all_heard(node)
                    heard = [*(one for one in _listeners(self._app) if one not in heard), *heard]


def _listeners(app: App[int]) -> list[MessagePump]:
    """Who hears a key typed now: what has the focus and all around it, the app last."""
    if not app.screen_stack:
        return [app]
    target: DOMNode = app.focused or app.screen
    return list(target.ancestors_with_self)


async def _all_heard(node: MessagePump) -> None:
    """Wait until a node has dealt with every message it has now."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        await done.wait()

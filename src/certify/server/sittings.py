"""All exams that are being sat in this process: one clock and one question for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from certify.services import sitting_watch

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.tui.sitting_page import SittingPage

log = logging.getLogger("certify.server")
SLOTS = 50
"""Parts of a second over which the clocks are spread."""
WATCH_SECONDS = 5


class Sittings(set["SittingPage"]):
    """A page puts itself in when it is opened, and takes itself out."""

    def __init__(self) -> None:
        super().__init__()
        self._slots: list[set[SittingPage]] = [set() for _slot in range(SLOTS)]

    def add(self, page: SittingPage) -> None:
        """Put a page in, where the fewest are."""
        if page not in self:
            min(self._slots, key=len).add(page)
        super().add(page)

    def discard(self, page: object) -> None:
        """Take a page out."""
        super().discard(page)
        for slot in self._slots:
            slot.discard(page)

    async def keep_ticking(self) -> None:
        """Let every page show its time once a second, each in its part of it."""
        loop = asyncio.get_running_loop()
        at = loop.time()
        while True:
            for slot in self._slots:
                _tick(slot)
                at = max(at + 1 / SLOTS, loop.time() - 1)
                await asyncio.sleep(at - loop.time())

    async def keep_watching(self, platform: Platform) -> None:
        """Ask for all at once what an invigilator changed, and tell every page."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self._watch(platform)
            except Exception as problem:  # saving says why; the next time may succeed
                log.warning("sittings could not be watched: %s", type(problem).__name__)

    async def _watch(self, platform: Platform) -> None:
        if not (pages := [page for page in self if page.is_running]):
            return
        numbers = [page.sitting.attempt_id for page in pages]
        found = await asyncio.to_thread(sitting_watch.changes, platform, numbers)
        for number, page in enumerate(pages):
            if (time := found.get(numbers[number])) is not None:
                _in_its_app(page, partial(page.learn, time))
            if number % SLOTS == SLOTS - 1:
                await asyncio.sleep(0)


def _tick(pages: set[SittingPage]) -> None:
    for page in tuple(pages):
        _in_its_app(page, page.tick)


def _in_its_app(page: SittingPage, do: Callable[[], object]) -> None:
    """Call a page as its own app would: with its language and colours; its faults end it alone."""
    try:
        if not page.is_running or page.is_over:
            return
        app = page.certify
    except Exception as problem:  # it was let go in this very moment
        log.warning("a sitting has ended already: %s", type(problem).__name__)
        return
    try:
        app.context.run(do)
    except Exception as fault:
        app.context.run(app._handle_exception, fault)

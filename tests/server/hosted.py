"""A hosted app on a page, as somebody at another machine has it, without the connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot
from textual.screen import Screen

from certify.platform import Platform
from certify.server.hosted import HostedApp
from tests.platforms import actor
from tests.tui.conftest import settle


class RemotePage(HostedApp):
    """A hosted app with one page on it, for one person."""

    def __init__(
        self, platform: Platform, staff_no: str, page: Callable[[], Screen[None]], lang: str
    ) -> None:
        settings = replace(platform.settings, lang=lang)
        super().__init__(settings, platform=platform, exam=None, signed_in=None)
        self.actor = actor(platform, staff_no)
        self.page = page

    async def _first_page(self) -> None:
        await self.push_screen(self.page())

    def open_home(self) -> None:  # type: ignore[override]  # the home is open already
        self.run_worker(self._first_page())


@asynccontextmanager
async def remote(
    platform: Platform,
    staff_no: str,
    page: Callable[[], Screen[None]],
    offer_file: Callable[[str, bytes], None] | None = None,
    lang: str = "en",
) -> AsyncIterator[Pilot[int]]:
    """Open a page; `offer_file` is what a browser has, and SSH has not."""
    app = RemotePage(platform, staff_no, page, lang)
    app.offer_file = offer_file
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        yield pilot

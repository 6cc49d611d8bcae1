"""Opens the screens on a platform of the tests, without the opening page."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from certify.platform import Platform
from certify.tui.app import CertifyApp
from tests.platforms import actor

Show = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


class OnePage(CertifyApp):
    """The app with one page on it, for one person."""

    def __init__(self, platform: Platform, staff_no: str, page: Callable[[], Screen[None]]) -> None:
        super().__init__(platform.settings, None, platform=platform)
        self.actor = actor(platform, staff_no)
        self.page = page

    async def _first_page(self) -> None:
        await self.push_screen(self.page())

    def open_home(self) -> None:  # type: ignore[override]  # the home is open already
        self.run_worker(self._first_page())

    def on_unmount(self) -> None:
        """The fixture closes the platform."""


def screen_text(pilot: Pilot[int]) -> str:
    """All that stands on the screen now."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until pages have fetched and painted."""
    for _ in range(200):
        await pilot.pause(0.01)
        busy = [one for one in pilot.app.workers if one.group not in ("saving", "end")]
        if not any(worker.is_running for worker in busy):
            await pilot.pause()
            return
    raise AssertionError("the screen did not settle within 2 s")


@pytest.fixture
def show(sqlite_platform: Platform) -> Show:
    """`async with show("E1001", lambda: SomeScreen()) as pilot:`."""

    @asynccontextmanager
    async def open_one(
        staff_no: str, page: Callable[[], Screen[None]], size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Pilot[int]]:
        app = OnePage(sqlite_platform, staff_no, page)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot

    return open_one

"""Opens the screens on a platform of the tests, without the opening page."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

from certify.platform import Platform
from certify.tui.app import CertifyApp
from certify.tui.page import Page
from tests.platforms import actor

Show = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


class OnePage(CertifyApp):
    """The app with one page on it, for one person."""

    def __init__(
        self, platform: Platform, staff_no: str, page: Callable[[], Screen[None]], lang: str
    ) -> None:
        super().__init__(replace(platform.settings, lang=lang), None, platform=platform)
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
    """Wait until pages have fetched and painted, or a dialog waits for an answer."""
    for _ in range(500):
        await pilot.pause(0.02)
        screen = pilot.app.screen
        if screen.id == "_default" or (isinstance(screen, Page) and not screen.is_shown):
            continue
        busy = [one for one in pilot.app.workers if one.group not in ("saving", "end")]
        is_asked = isinstance(screen, ModalScreen)
        if is_asked or not any(worker.is_running for worker in busy):
            await pilot.pause()
            return
    raise AssertionError("the screen did not settle within 10 s")


async def arrive(pilot: Pilot[int], kind: type[Screen[None]]) -> None:
    """Wait until a page is on top, whatever lies over it closes by itself."""
    for _ in range(500):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, kind):
            await settle(pilot)
            return
    raise AssertionError(f"{pilot.app.screen} did not give way to {kind.__name__} within 10 s")


async def until(pilot: Pilot[int], text: str) -> str:
    """Wait until a text stands on the screen; gives all that stands there."""
    for _ in range(500):
        await pilot.pause(0.02)
        if text in (shown := screen_text(pilot)):
            return shown
    raise AssertionError(f"“{text}” did not appear within 10 s:\n{screen_text(pilot)}")


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type a text letter by letter."""
    for letter in text:
        await pilot.press(letter)


@pytest.fixture
def show(sqlite_platform: Platform) -> Show:
    """`async with show("E1001", lambda: SomeScreen()) as pilot:`."""

    @asynccontextmanager
    async def open_one(
        staff_no: str,
        page: Callable[[], Screen[None]],
        size: tuple[int, int] = (80, 24),
        lang: str = "zh",
    ) -> AsyncIterator[Pilot[int]]:
        app = OnePage(sqlite_platform, staff_no, page, lang)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot

    return open_one

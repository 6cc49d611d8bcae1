"""The ledger on the screen: read, searched, verified, signed."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from textual.pilot import Pilot

from certify.i18n import _
from certify.platform import Platform
from certify.tui.screens.ledger import LedgerScreen, NotWhole
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, lift_guards, read_course, sit
from tests.tui.conftest import Show, screen_text, settle


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _turn in range(500):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(screen_text(pilot))


@pytest.fixture
def company(sqlite_platform: Platform) -> Platform:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who)
    return sqlite_platform


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_entries_are_shown_searched_and_opened(
    show: Show, company: Platform, lang: str
) -> None:
    async with show("H0001", LedgerScreen, lang=lang) as pilot:
        page = pilot.app.screen
        assert isinstance(page, LedgerScreen)
        await until(pilot, lambda: bool(page.found))
        every = len(page.found)
        await pilot.press("slash", *"E1001", "enter")
        await until(pilot, lambda: 0 < len(page.found) < every)
        assert "E1001" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert page.found[0].hash[:20] in screen_text(pilot)


async def test_verifying_says_what_came_of_it(show: Show, company: Platform) -> None:
    async with show("H0001", LedgerScreen) as pilot:
        page = pilot.app.screen
        assert isinstance(page, LedgerScreen)
        await until(pilot, lambda: bool(page.found))
        await pilot.press("v")
        await until(pilot, lambda: page.check is not None)
        assert page.check is not None
        assert page.check.holds

        lift_guards(company)
        with company.database.engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("UPDATE attemptresult SET earned = '100'"))
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, NotWhole))
        assert "earned 100" in screen_text(pilot)


async def test_a_checkpoint_is_written_and_its_age_shown(show: Show, company: Platform) -> None:
    async with show("H0001", LedgerScreen) as pilot:
        page = pilot.app.screen
        assert isinstance(page, LedgerScreen)
        await until(pilot, lambda: page.state is not None)
        assert page.query_one(Rows).chosen
        company.settings.home.exports.mkdir(parents=True, exist_ok=True)
        await pilot.press("c")
        await until(pilot, lambda: pilot.app.screen is not page)
        assert _("Take it to where nobody here may write.") in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: bool(page.state and page.state.checkpoint))
    assert list(company.settings.home.exports.glob("ledger-*.json"))


async def test_the_filter_narrows_and_says_so(show: Show, company: Platform) -> None:
    async with show("H0001", LedgerScreen) as pilot:
        page = pilot.app.screen
        assert isinstance(page, LedgerScreen)
        await until(pilot, lambda: bool(page.found))
        await pilot.press("f")
        await until(pilot, lambda: pilot.app.screen is not page)
        await pilot.press("enter", *"attempt-scored", "enter", "enter")
        await until(pilot, lambda: {one.action for one in page.found} == {"attempt-scored"})
        assert "attempt-scored" in page.foot().plain

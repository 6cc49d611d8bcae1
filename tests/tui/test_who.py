"""Choosing who to be in the ready-made company."""

from certify.platform import Platform
from certify.tui.app import CertifyApp
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.who import WhoScreen
from certify.tui.widgets.rows import Rows
from tests.tui.conftest import Show, screen_text, settle, type_text, until


async def test_everybody_stands_there_and_a_story_for_each_role(show: Show) -> None:
    async with show("E1001", WhoScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "Try this first" in text
        assert "people, qualification list and export" in text
        for staff_no in ("0001", "S0001", "E1001", "E1002", "H0001"):
            assert staff_no in text
        assert "HR reviewer" in text


async def test_who_has_pages_of_a_role_is_told_the_way_to_them(show: Show) -> None:
    async with show("E1001", WhoScreen, lang="en") as pilot:
        assert "H0001" in screen_text(pilot)
        assert "Corrections, Cohorts" in await until(pilot, "Ctrl+P there: ")


async def test_the_search_narrows_the_list_and_escape_opens_it_again(show: Show) -> None:
    async with show("E1001", WhoScreen, lang="en") as pilot:
        await pilot.press("slash")
        await type_text(pilot, "1002")
        found = await until(pilot, "E1002")
        assert "S0001" not in found

        await pilot.press("escape")
        assert "S0001" in await until(pilot, "Try this first")
        assert pilot.app.screen.query_one(Rows).has_focus


async def test_a_search_that_finds_nobody_says_so(show: Show) -> None:
    async with show("E1001", WhoScreen, lang="en") as pilot:
        await pilot.press("slash")
        await type_text(pilot, "[/x]")
        text = await until(pilot, "Nobody is called “[/x]”.")
        assert "0 people" in text
        assert "Enter: be this person" not in text


async def test_enter_becomes_the_person_and_signing_out_comes_back(
    sqlite_platform: Platform,
) -> None:
    app = CertifyApp(sqlite_platform.settings, platform=sqlite_platform)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "E1001")
        await pilot.press("slash", *"E1001", "enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.actor is not None
        assert app.actor.name == "王小兰"

        await pilot.press("x")
        await settle(pilot)
        assert isinstance(app.screen, WhoScreen)
        assert app.actor is None
        await until(pilot, "H0001")


async def test_leaving_asks_first(sqlite_platform: Platform) -> None:
    app = CertifyApp(sqlite_platform.settings, platform=sqlite_platform)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "E1001")
        await pilot.press("q", "n")
        assert app.is_running
        await pilot.press("q", "y")
        await pilot.pause()
    assert app.return_code == 0

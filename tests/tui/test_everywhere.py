"""What holds on every screen: help, commands, language, small terminals, hostile names."""

import asyncio
from collections.abc import Callable

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen

from certify.domain.person import Person
from certify.i18n import _
from certify.platform import Platform
from certify.storage.people import by_staff_no
from certify.tui.app import CertifyApp
from certify.tui.list_page import ListPage
from certify.tui.screens.cases import CasesScreen
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.courses import CoursesScreen
from certify.tui.screens.development import DevelopmentScreen
from certify.tui.screens.exams import ExamsScreen
from certify.tui.screens.field_practice import FieldPracticeScreen
from certify.tui.screens.guided import GuidedScreen
from certify.tui.screens.help import HelpScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.onboarding_coverage import OnboardingCoverageScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.qualifications import QualificationsScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.screens.who import WhoScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, read_course, sit
from tests.tui.conftest import Show, screen_text, settle, type_text, until

PAGES: dict[str, Callable[[], Screen[None]]] = {
    "who": WhoScreen,
    "home": HomeScreen,
    "courses": CoursesScreen,
    "course": lambda: CourseScreen("sample"),
    "exams": ExamsScreen,
    "record": lambda: RecordScreen("E1001"),
    "people": PeopleScreen,
    "qualifications": QualificationsScreen,
    "field-practice": lambda: FieldPracticeScreen("E1001"),
    "guided": GuidedScreen,
    "development": lambda: DevelopmentScreen("E1001"),
    "cases": CasesScreen,
    "onboarding-coverage": OnboardingCoverageScreen,
}
HOSTILE = "[/x][@click=app.bell]按[/] \x1b[31m\u202e" + "很长的名字" * 8


@pytest.fixture
def hostile(sqlite_platform: Platform) -> Platform:
    """E1001 has a name that means harm, got into the database past all checks."""
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    with sqlite_platform.database.write() as session:
        person = by_staff_no(session, "E1001")
        assert isinstance(person, Person)
        person.name = HOSTILE
    return sqlite_platform


def too_wide(pilot: Pilot[int]) -> list[str]:
    """Lines of the list that are wider than the room for them."""
    page = pilot.app.screen
    assert isinstance(page, ListPage)
    prompts = [option.prompt for option in page.query_one(Rows).options]
    return [str(one) for one in prompts if one.cell_length > page.room]  # type: ignore[union-attr]


async def visit(pilot: Pilot[int], name: str) -> ListPage:
    """Open a page on top of the one there is."""
    page = PAGES[name]()
    assert isinstance(page, ListPage)
    await pilot.app.push_screen(page)
    await settle(pilot)
    return page


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_names_with_markup_and_controls_show_as_they_are_and_nothing_overflows(
    show: Show, hostile: Platform, lang: str, size: tuple[int, int]
) -> None:
    async with show("H0001", HomeScreen, size=size, lang=lang) as pilot:
        for name in PAGES:
            await visit(pilot, name)
            text = screen_text(pilot)
            assert "\x1b" not in text, name
            assert "\u202e" not in text, name
            assert not too_wide(pilot), name
            if name in ("people", "qualifications", "record"):
                assert "[/x]" in text, name
            await pilot.press("f2")
            await settle(pilot)
            assert not too_wide(pilot), name
            await pilot.press("f2")
            await pilot.app.pop_screen()


async def test_f1_tells_what_one_can_do_and_names_the_keys_of_every_page(show: Show) -> None:
    async with show("H0001", HomeScreen, lang="en") as pilot:
        for name in PAGES:
            here = await visit(pilot, name)
            await pilot.press("f1")
            await settle(pilot)
            help_page = pilot.app.screen
            assert isinstance(help_page, HelpScreen)
            assert here.HELP
            text = screen_text(pilot)
            assert here.HELP.split(". ")[0][:40] in text, name
            assert "Help" in {about for _keys, about in help_page.keys}, name
            await pilot.press("f1")
            await settle(pilot)
            assert pilot.app.screen_stack[-1] == here
            await pilot.app.pop_screen()


async def test_help_works_over_a_dialog_and_comes_back_to_it(show: Show) -> None:
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Which form?")
        await pilot.press("enter")
        await until(pilot, "Export the list")
        await pilot.press("f1")
        text = await until(pilot, "Help · Export the list")
        assert "Cancel" in text
        await pilot.press("escape")
        await until(pilot, "Export the list")


async def test_the_palette_finds_a_command_by_its_name_in_either_language(show: Show) -> None:
    for name in ("record", "qualification"):
        async with show("H0001", HomeScreen, lang="zh") as pilot:
            await pilot.press("ctrl+p")
            await pilot.pause()
            assert isinstance(pilot.app.screen, CommandPalette)
            await type_text(pilot, name)
            await pilot.pause(0.3)
            await pilot.press("enter")
            await settle(pilot)
            wanted = RecordScreen if name == "record" else QualificationsScreen
            assert isinstance(pilot.app.screen, wanted)


async def test_the_palette_says_when_nothing_fits(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "[/x]")
        await until(pilot, "Nothing is called “[/x]”.")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_palette_offers_only_what_one_may_use(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.press("ctrl+p")
        text = await until(pilot, "My record")
        assert "Sign out" in text or "what one can do here" in text
        assert "Qualification list" not in text


async def test_going_home_closes_what_lies_above_it(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        home = pilot.app.screen
        await pilot.press("1")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.app.run_action("page('home')")
        await settle(pilot)
        assert pilot.app.screen is home


async def test_a_tiny_terminal_says_what_it_needs_and_loses_nothing(show: Show) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("down", "down")
        chosen = pilot.app.screen.query_one(Rows).chosen
        await pilot.resize_terminal(40, 12)
        text = await until(pilot, "40×12")
        assert "80×24" in text
        assert "Hired on" not in text
        await pilot.press("n", "down", "f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PeopleScreen)

        await pilot.resize_terminal(80, 24)
        await until(pilot, "Hired on")
        assert pilot.app.screen.query_one(Rows).chosen == chosen


async def test_a_dialog_in_a_tiny_terminal_is_covered_too(show: Show) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("n")
        await until(pilot, "New person")
        await settle(pilot)
        await pilot.press(*"E9")
        await pilot.resize_terminal(40, 12)
        assert "New person" not in await until(pilot, "40×12")
        await pilot.press(*"99")
        await pilot.resize_terminal(80, 24)
        text = await until(pilot, "New person")
        assert "E9 " in text


async def test_the_theme_changes_without_losing_the_place(show: Show) -> None:
    async with show("H0001", PeopleScreen) as pilot:
        await pilot.press("down")
        chosen = pilot.app.screen.query_one(Rows).chosen
        await pilot.press("f3")
        await settle(pilot)
        assert pilot.app.theme == "certify-light"
        assert pilot.app.screen.query_one(Rows).chosen == chosen


async def test_who_goes_elsewhere_while_pages_still_close_is_heard(show: Show) -> None:
    async with show("E1001", HomeScreen) as pilot:
        app = pilot.app
        assert isinstance(app, CertifyApp)
        for passes in range(1, 5):
            for name in ("record", "courses"):
                app.action_page(name)
                await settle(pilot)
            app.action_page("home")
            for _pass in range(passes):
                await asyncio.sleep(0)
            app.action_page("exams")
            await settle(pilot)
            await pilot.press("f2", "f2")
            await until(pilot, _("Exams"))
            app.action_page("home")
            await settle(pilot)
        assert isinstance(app.screen, HomeScreen)

"""What a supervisor sees and decides: used-up attempts and overdue remedial training."""

from datetime import timedelta

from certify.clock import SetClock
from certify.platform import Platform
from certify.services import lobby
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.screens.retakes import RetakesScreen
from tests.platforms import actor, read_course
from tests.services.steps import EXAM, fail
from tests.services.test_escalation import use_up
from tests.tui.conftest import Show, screen_text, settle, type_text, until


async def test_the_supervisor_finds_it_on_home_and_grants_one_more_with_a_reason(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)
    async with show("S0001", HomeScreen, lang="en") as pilot:
        assert "! decide" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RetakesScreen)
        text = screen_text(pilot)
        assert "E1001" in text
        assert "G Grant one more" in text
        await pilot.press("g")
        await until(pilot, "Grant one more attempt")
        await type_text(pilot, "was ill")
        await pilot.press("enter")
        await until(pilot, "Nobody has used up their attempts.")
    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).may_start


async def test_a_decision_against_it_stands_on_the_list_with_its_reason(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)
    async with show("S0001", RetakesScreen, lang="en") as pilot:
        await pilot.press("d")
        await until(pilot, "Decide against another attempt")
        await type_text(pilot, "learn first")
        await pilot.press("enter")
        text = await until(pilot, "– declined")
        assert "learn first" in text
    assert "learn first" in str(lobby.lobby(sqlite_platform, actor=who, exam=EXAM).blockers)


async def test_hr_sees_it_but_the_supervisor_decides(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    use_up(sqlite_platform, clock)
    async with show("H0001", RetakesScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "○ undecided" in text
        assert "Grant one more" not in text


async def test_overdue_training_is_on_home_and_on_the_list(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    fail(sqlite_platform, who, "limits")
    clock.advance(timedelta(days=15))
    async with show("E1001", HomeScreen, lang="en") as pilot:
        assert "! until 2024-03-18" in screen_text(pilot)
        assert "Retakes and training" not in screen_text(pilot)
    async with show("S0001", HomeScreen, lang="en") as pilot:
        assert "! overdue" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "! until 2024-03-18" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RecordScreen)


async def test_an_empty_list_says_so(show: Show) -> None:
    async with show("S0001", RetakesScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "Nobody has used up their attempts." in text
        assert "No remedial training is overdue." in text

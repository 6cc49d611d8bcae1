"""The ladder on the screen: every condition, what is held and why; HR decides there."""

import pytest

from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying import ladder_view
from certify.tui.screens.ladder import LadderScreen
from tests.platforms import actor, with_full_ladder
from tests.services.learning_steps import pass_course
from tests.tui.conftest import Show, screen_text, settle, type_text, until


@pytest.fixture
def sqlite_platform(sqlite_platform: Platform) -> Platform:
    """The whole ladder, on which E1001 has passed a first exam."""
    whole = with_full_ladder(sqlite_platform)
    pass_course(whole, "E1001")
    return whole


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_level_says_what_it_asks_for(
    show: Show, size: tuple[int, int], lang: str
) -> None:
    async with show("E1001", lambda: LadderScreen(), size, lang) as pilot:
        await pilot.press("down")
        await settle(pilot)
        shown = screen_text(pilot)

        assert all(code in shown for code in ("L0", "L1", "L2", "L3", "L4"))
        assert _("All phases of onboarding complete, signed off by the guide")[:6] in shown


async def test_a_learner_decides_nothing(show: Show) -> None:
    async with show("E1001", lambda: LadderScreen()) as pilot:
        await pilot.press("down", "g", "s", "v")
        await settle(pilot)

        assert isinstance(pilot.app.screen, LadderScreen)


async def test_hr_gives_a_level_as_an_exception_and_is_told_what_is_missing(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", lambda: LadderScreen("E1001")) as pilot:
        await pilot.press("down", "down", "g")
        await until(pilot, "24")
        await type_text(pilot, "acting")
        await pilot.press("enter")
        await until(pilot, "acting")
        await settle(pilot)

    view = ladder_view.ladder(sqlite_platform, actor=actor(sqlite_platform, "E1001"))
    assert [one.code for one in view.held if one.code == "L2"] == ["L2"]


async def test_hr_suspends_and_gives_back_what_stands_under_the_mark(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", lambda: LadderScreen("E1001")) as pilot:
        await pilot.press(*["down"] * 5, "s")
        await settle(pilot)
        await type_text(pilot, "check")
        await pilot.press("enter")
        await until(pilot, _("suspended"))
        await settle(pilot)
        assert _held(sqlite_platform) == ["suspended"]

        await pilot.press("r")
        await settle(pilot)
        await type_text(pilot, "clear")
        await pilot.press("enter")
        await until(pilot, "clear")
        await settle(pilot)

    assert _held(sqlite_platform) == ["active"]


def _held(platform: Platform) -> list[str]:
    view = ladder_view.ladder(platform, actor=actor(platform, "E1001"))
    return [one.state.value for one in view.held]

"""The item analysis on the screens: exams, items, one item, charts."""

import random

import pytest
from rich.cells import cell_len

from certify.domain.person import Role, RoleGrant
from certify.i18n import _
from certify.platform import Platform
from certify.policy import AnalysisPolicy
from certify.tui.charts import Bar, Point, Scale, bars, scatter
from certify.tui.screens.exam_charts import ExamChartsScreen
from certify.tui.screens.exam_items import ExamItemsScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.item_analysis import ItemAnalysisScreen
from certify.tui.screens.item_figures import ItemFiguresScreen
from certify.tui.widgets.paper import Paper
from tests.platforms import actor, read_course, sit
from tests.services.test_item_stats import hire, open_retake, sit_at_random
from tests.tui.conftest import Show, screen_text, settle, type_text, until

TRAINER = "S0001"


@pytest.fixture(autouse=True)
def _trainer(sqlite_platform: Platform) -> None:
    person = actor(sqlite_platform, TRAINER).person_id
    with sqlite_platform.database.write() as session:
        session.add(RoleGrant(person_id=person, role=Role.TRAINER))


def sat_by_many(platform: Platform) -> None:
    """Eight people sit the sample exam, and eight are enough."""
    chance = random.Random(11)
    for who in hire(platform, 8):
        sit_at_random(platform, who, chance)
    object.__setattr__(
        platform,
        "policy",
        platform.policy.model_copy(update={"analysis": AnalysisPolicy(min_n=2)}),
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_from_the_exams_to_the_items_to_one_item_and_the_charts(
    show: Show, sqlite_platform: Platform, lang: str, size: tuple[int, int]
) -> None:
    sat_by_many(sqlite_platform)

    async with show(TRAINER, ItemAnalysisScreen, size=size, lang=lang) as pilot:
        exams = screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamItemsScreen)
        listed = screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ItemFiguresScreen)
        one = [line.content.plain for line in pilot.app.screen.query_one(Paper)._lines]
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamChartsScreen)
        charts = [line.content.plain for line in pilot.app.screen.query_one(Paper)._lines]

    assert " 8 " in exams
    assert "█" in listed
    assert any(sign in listed for sign in "!≈▼▲○")
    assert any("95 %" in line or "95%" in line for line in one)
    assert any("✓" in line for line in one)
    assert max(map(cell_len, one + charts)) <= size[0] - 4
    assert sum("85" in line and "──" in line for line in charts) == 1
    assert any("┊" in line for line in charts)


async def test_all_attempts_count_when_asked_for(show: Show, sqlite_platform: Platform) -> None:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who, right=1)
    open_retake(sqlite_platform, who)
    sit(sqlite_platform, who, right=2)

    async with show(TRAINER, lambda: ExamItemsScreen("sample-written"), lang="en") as pilot:
        assert "1 first attempt" in screen_text(pilot)
        assert "n too small" in screen_text(pilot)
        await pilot.press("a")
        await until(pilot, "2 attempts, retakes too")
        await pilot.press("c")
        await until(pilot, "items are not shown: n too small")


async def test_before_any_result_the_pages_say_what_would_stand_there(show: Show) -> None:
    async with show(TRAINER, ItemAnalysisScreen, lang="en") as pilot:
        assert "No exam has a result yet." in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ItemAnalysisScreen)
    async with show(TRAINER, lambda: ExamItemsScreen("sample-written"), lang="en") as pilot:
        assert "Nobody has a result in this exam yet." in screen_text(pilot)
        await pilot.press("c", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamItemsScreen)


async def test_the_palette_leads_there_who_may_see_it(show: Show) -> None:
    async with show(TRAINER, HomeScreen, lang="en") as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "item analysis")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ItemAnalysisScreen)


async def test_who_may_not_see_it_is_told_and_led_back(show: Show) -> None:
    async with show("E1001", HomeScreen) as pilot:
        await pilot.app.push_screen(ItemAnalysisScreen())
        await until(pilot, _("see the item analysis"))
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


def test_bars_are_as_long_as_their_numbers() -> None:
    lines = [line.plain for line in bars([Bar("合格", 4), Bar("b", 2), Bar("c", 0)], 40)]

    assert [line.count("█") for line in lines] == [31, 15, 0]
    assert [line.split()[-1] for line in lines] == ["4", "2", "0"]
    assert {cell_len(line) for line in lines} == {40}
    assert [line.plain.split()[-1] for line in bars([Bar("a", 0)], 20)] == ["0"]


def test_a_point_stands_where_its_figures_say_and_several_share_a_digit() -> None:
    points = [
        Point(0.0, 1.0, False),
        Point(1.0, -1.0, True),
        *(Point(0.5, 0.0, False) for _each in range(3)),
        *(Point(0.25, 0.0, False) for _each in range(12)),
    ]

    drawn = [line.plain for line in scatter(points, Scale(0, 1, (0.75,)), Scale(-1, 1), 47, 10)]

    cells = [line[6:] for line in drawn[:10]]
    assert cells[0][0] == "o"
    assert cells[9][39] == "!"
    assert (cells[4][20], cells[4][10]) == ("3", "+")
    assert all(cells[row][30] == "┊" for row in range(10))
    assert {cell_len(line) for line in drawn[:10]} == {46}

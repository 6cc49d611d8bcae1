"""Self-checks in the lesson reader: in their place, right or wrong at once, and back."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from certify.domain.person import CONSOLE
from certify.domain.practice_card import PracticeAnswer
from certify.errors import Refused
from certify.platform import Platform
from certify.services import course_sync, learning, practice
from certify.tui.screens.lesson import LessonScreen
from certify.tui.screens.self_check import SelfCheckScreen
from certify.tui.widgets.paper import Paper
from tests.platforms import COURSES, actor
from tests.practised import COURSE, content_of
from tests.tui.conftest import Show, screen_text, settle, until

TEXT = "一段话。\n\n" * 30


@pytest.fixture
def lesson(sqlite_platform: Platform, tmp_path: Path) -> Platform:
    """A lesson with a self-check of two items in sight and another one far below."""
    copy = tmp_path / "practised"
    shutil.copytree(COURSES / "practised", copy)
    for language in ("zh", "en"):
        path = copy / language / "01-calls.md"
        front = path.read_text(encoding="utf-8").split("+++\n")[1]
        body = (
            f"## 来电\n\n开头。\n\n{{check=PRA-001,PRA-002}}\n\n{TEXT}{{check=PRA-003}}\n\n末尾。\n"
        )
        path.write_text(f"+++\n{front}+++\n\n{body}", encoding="utf-8")
    sqlite_platform.plugins.course_folders.append(copy)
    found = course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    assert found[-1].change == "loaded", found[-1].findings
    return sqlite_platform


def page(pilot: Pilot[int]) -> SelfCheckScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SelfCheckScreen)
    return screen


async def answer(pilot: Pilot[int], platform: Platform, *, right: bool) -> None:
    """Answer the choice item in the eye with keys alone, and go on."""
    item = page(pilot).item
    assert item is not None
    key = content_of(platform, item.version_id)["key"]
    options = [option["id"] for option in item.shown["options"]]
    wanted = [n for n, one in enumerate(options, start=1) if (one in key) is right]
    for number in wanted if right else wanted[:1]:
        await pilot.press(str(number))
    await pilot.press("s")
    await until(pilot, "Rests on S2-ST3-03")
    await pilot.press("enter")
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_opens_the_self_check_in_sight_and_the_lesson_says_how_it_went(
    show: Show, lesson: Platform, size: tuple[int, int]
) -> None:
    async with show("E1001", lambda: LessonScreen(COURSE, "calls"), size=size, lang="en") as pilot:
        text = screen_text(pilot)
        assert "? Self-check: 2 items · Enter opens it" in text
        assert "Enter Self-check" in text.split("\n")[-1]
        await pilot.press("enter")
        await settle(pilot)
        await answer(pilot, lesson, right=True)
        await answer(pilot, lesson, right=False)

        assert isinstance(pilot.app.screen, LessonScreen)
        text = await until(pilot, "✗ not yet; C opens it once more")
        assert "Enter Read on" in text.split("\n")[-1]
        await pilot.press("c")
        await settle(pilot)
        await answer(pilot, lesson, right=True)
        await answer(pilot, lesson, right=True)
        await until(pilot, "? Self-check: 2 items · ✓ right")
    with lesson.database.read() as session:
        assert len(session.exec(select(PracticeAnswer)).all()) == 4


async def test_leaving_a_self_check_leads_back_and_enter_reads_on(
    show: Show, lesson: Platform
) -> None:
    async with show("E1001", lambda: LessonScreen(COURSE, "calls"), lang="en") as pilot:
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("escape")
        await until(pilot, "not answered; C opens it")
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen.query_one(Paper).scroll_offset.y > 0


async def test_the_place_is_kept_when_the_language_changes_below_a_self_check(
    show: Show, lesson: Platform
) -> None:
    async with show("E1001", lambda: LessonScreen(COURSE, "calls"), lang="en") as pilot:
        await pilot.press("end")
        await settle(pilot)
        assert "? Self-check: 1 item" in screen_text(pilot)
        before = pilot.app.screen.query_one(Paper).block
        await pilot.press("f2")
        await settle(pilot)
        assert pilot.app.screen.query_one(Paper).block == before
        await pilot.press("enter")
        await settle(pilot)
        assert page(pilot).block == 33


def test_a_block_without_a_self_check_gives_no_items(lesson: Platform) -> None:
    learner = actor(lesson, "E1001")
    found = practice.self_check(lesson, actor=learner, course=COURSE, lesson="calls", block=2)
    assert [item.type for item in found.items] == ["single", "single"]
    for name, block in (("calls", 0), ("calls", 99), ("goods", 2), ("nothing", 2)):
        with pytest.raises(Refused):
            practice.self_check(lesson, actor=learner, course=COURSE, lesson=name, block=block)


def test_no_key_is_in_what_is_shown_before_the_answer(lesson: Platform) -> None:
    learner = actor(lesson, "E1001")
    found = practice.self_check(lesson, actor=learner, course=COURSE, lesson="calls", block=2)
    assert all("key" not in item.shown and "explanation" not in item.shown for item in found.items)
    view = learning.open_lesson(lesson, actor=learner, course=COURSE, lesson="calls")
    assert "PRA-001" in view.body["zh"]

"""A scenario on the exam screen, by keyboard alone, from the first word to the last."""

from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from certify.domain.person import CONSOLE
from certify.hooks.registry import Plugins
from certify.i18n import _
from certify.platform import Platform
from certify.services import course_sync, sitting
from certify.storage import attempts
from certify.tui.question_widget import QuestionWidget
from certify.tui.screens.exam import ExamScreen
from tests.platforms import actor, read_course
from tests.played import EXAM, played_plugins
from tests.tui.conftest import Show, screen_text, settle, until


@pytest.fixture
def plugins() -> Plugins:
    return played_plugins()


@pytest.fixture
def begun(sqlite_platform: Platform) -> sitting.Sitting:
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who, "played")
    return sitting.start(sqlite_platform, actor=who, exam=EXAM)


def player(pilot: Pilot[int]) -> QuestionWidget:
    return pilot.app.screen.query_one(QuestionWidget)


async def take(pilot: Pilot[int], text: str) -> str:
    """Choose what holds a text and confirm; returns what stands on the screen then."""
    widget: Any = player(pilot)
    choices = widget.run_now.node.choices
    number = next(n for n, one in enumerate(choices, 1) if text in "".join(one.text.values()))
    await pilot.press(str(number), "enter")
    await settle(pilot)
    return screen_text(pilot)


async def say(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*text, "enter", "enter")
    await settle(pilot)


def kept(platform: Platform, begun: sitting.Sitting) -> Any:
    with platform.database.read() as session:
        found = attempts.latest(session, begun.attempt_id)
    return found[0].answer["steps"] if found and found[0].answer else []


async def saved(pilot: Pilot[int]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ExamScreen)
    for _try in range(200):
        await pilot.pause(0.02)
        if screen.sheet.is_saved:
            return
    raise AssertionError("the answer was not saved within 4 s")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_run_is_played_to_its_end_and_every_step_is_saved(
    show: Show,
    begun: sitting.Sitting,
    sqlite_platform: Platform,
    lang: str,
    size: tuple[int, int],
) -> None:
    async with show("E1001", lambda: ExamScreen(begun), size, lang) as pilot:
        first = screen_text(pilot)
        assert ("电话响了。" if lang == "zh" else "The phone rings.") in first
        assert "09:00" in first
        await say(pilot, "Hello, 安和 fgsnp1")
        await saved(pilot)
        assert [step["text"] for step in kept(sqlite_platform, begun)] == ["Hello, 安和 fgsnp1"]
        second = screen_text(pilot)
        assert "09:02" in second
        assert ("我要投诉！" if lang == "zh" else "I want to complain!") in second
        third = await take(pilot, "Apologise")
        assert ("张女士投诉。" if lang == "zh" else "Ms Zhang complains.") in third
        fourth = await take(pilot, "Hand it")
        assert "10:11" in fourth
        assert _("What you did is kept. Enter: next item.") in fourth
        await saved(pilot)
        assert len(kept(sqlite_platform, begun)) == 3
        for shown in (first, second, third, fourth):
            assert all(cell_len(line) <= size[0] for line in shown.split("\n"))


async def test_a_choice_is_asked_for_before_it_is_final(
    show: Show, begun: sitting.Sitting, sqlite_platform: Platform
) -> None:
    asked = _("Press Enter to do this; a step cannot be taken back.")
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await say(pilot, "hello")
        await pilot.press("2")
        await settle(pilot)
        assert asked in screen_text(pilot)
        await pilot.press("down")
        await settle(pilot)
        assert asked not in screen_text(pilot), "another choice is asked for anew"
        await pilot.press("delete", "backspace", "9")
        await saved(pilot)
        assert len(kept(sqlite_platform, begun)) == 1
        await pilot.press("up", "up", "enter")
        await settle(pilot)
        assert asked in screen_text(pilot)
        await pilot.press("enter")
        await saved(pilot)
        assert len(kept(sqlite_platform, begun)) == 2


async def test_a_run_goes_on_where_it_was_when_the_terminal_comes_back(
    show: Show, begun: sitting.Sitting, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await say(pilot, "hello")
        await take(pilot, "Ask her to ring tomorrow")
        await saved(pilot)

    again = sitting.start(sqlite_platform, actor=actor(sqlite_platform, "E1001"), exam=EXAM)
    async with show("E1001", lambda: ExamScreen(again)) as pilot:
        shown = screen_text(pilot)
        assert "09:03" in shown
        assert _("(empty)") in shown, "nothing was recorded"


async def test_a_reply_being_typed_survives_a_change_of_language_and_can_be_corrected(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("enter", "enter")
        assert player(pilot).answer is None, "an empty reply is none"
        await pilot.press(*"hellx", "backspace", "o")
        pilot.app.screen.retell()  # type: ignore[attr-defined]
        await until(pilot, "hello▏")


async def test_a_fatal_error_ends_the_run_at_once_without_a_word_of_judgement(
    show: Show, begun: sitting.Sitting, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await say(pilot, "hello")
        end = await take(pilot, "Shout")
        assert "电话挂了。" in end
        assert "辱骂客户" not in end
        await pilot.press("1", "enter")
        await saved(pilot)
        assert len(kept(sqlite_platform, begun)) == 2


async def test_feedback_stands_below_each_step_where_practice_hands_it_over(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await say(pilot, "hello")
        widget = player(pilot)
        told = [{"zh": "先问候", "en": "x"}, {"zh": "在时限内", "en": "y"}]
        widget.put({**widget.shown, "feedback": told}, widget.answer)
        shown = await until(pilot, "✎ 先问候")
        assert "在时限内" not in shown, "limits are told when the run is over"

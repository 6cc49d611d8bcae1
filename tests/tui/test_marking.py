"""The marking queue and one answer with its rubric, by keyboard alone."""

import pytest
from rich.cells import cell_len
from sqlmodel import select

from certify.domain.attempt import AttemptState
from certify.domain.marking import Marking
from certify.i18n import _
from certify.platform import Platform
from certify.services import marking, practical
from certify.tui.screens.mark_answer import MarkAnswerScreen
from certify.tui.screens.marking import MarkingScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.widgets.paper import Paper
from tests.platforms import actor
from tests.services.marking_steps import PRACTICAL, hand_in, load_marked, mark, waiting
from tests.services.steps import count, stored_attempt
from tests.tui.conftest import Show, screen_text, settle, type_text, until


@pytest.fixture
def marked(sqlite_platform: Platform) -> Platform:
    """A company with a course that examiners mark."""
    load_marked(sqlite_platform)
    return sqlite_platform


def essay(platform: Platform, points: str = "20") -> str:
    """The code of the essay that gives these points."""
    examiner = actor(platform, "X0001")
    return next(
        one.code
        for one in waiting(platform, "X0001")
        if marking.answer(platform, actor=examiner, code=one.code).maximum == points
    )


async def test_an_empty_queue_says_what_would_be_there_and_how_it_gets_there(
    show: Show, marked: Platform
) -> None:
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "Nothing waits to be marked by you." in text
        assert "Essays come here when their exam was handed in;" in text
        assert "practical tasks when you open a practical exam: P." in text
        assert "P Practical exam" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_queue_shows_codes_and_tasks_and_nobody_by_name(
    show: Show, marked: Platform, size: tuple[int, int], lang: str
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    own = hand_in(marked, actor(marked, "E1002"))
    async with show("X0001", MarkingScreen, size=size, lang=lang) as pilot:
        text = screen_text(pilot)
        assert all(one.code in text for one in waiting(marked, "X0001"))
        assert "2024-03-04" in text
        assert "E100" not in text
        assert "王小兰" not in text
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(pilot)
        assert isinstance(pilot.app.screen, MarkAnswerScreen)
        assert "尊敬的客户" in text
        assert "E100" not in text
        assert {cell_len(line) for line in text.split("\n")} == {size[0]}
    assert stored_attempt(marked, own).state is AttemptState.AWAITING


async def test_points_are_typed_criterion_by_criterion_and_given_after_asking(
    show: Show, marked: Platform
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = essay(marked)
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        await pilot.app.push_screen(MarkAnswerScreen((code,)))
        await settle(pilot)
        assert "Points 0 / 20" in screen_text(pilot)
        await type_text(pilot, "7.5")
        await pilot.press("enter")
        await type_text(pilot, "warm")
        await pilot.press("enter", "1", "0")
        await until(pilot, "Points 17.5 / 20")
        await pilot.press("f10")
        await until(pilot, "Submit 17.5 / 20 points?")
        assert count(marked, Marking) == 0
        await pilot.press("y")
        await settle(pilot)
        await until(pilot, "1 answer to mark")
        assert isinstance(pilot.app.screen, MarkingScreen)
    with marked.database.read() as session:
        kept = session.exec(select(Marking)).one()
    assert kept.points == {"c1": "7.5", "c2": "10"}
    assert kept.remarks == {"c1": "warm"}


async def test_a_criterion_without_good_points_gets_the_cursor_and_nothing_is_given(
    show: Show, marked: Platform
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = essay(marked)
    async with show("X0001", lambda: MarkAnswerScreen((code,)), lang="en") as pilot:
        await pilot.press("8", "f10")
        await until(pilot, "Every criterion needs points.")
        await pilot.press("1", "3", "f10")
        await until(pilot, "Points lie between 0 and 12, with two decimals at most.")
        await pilot.press("backspace", "2", "f10")
        await until(pilot, "Submit 20 / 20 points?")
    assert count(marked, Marking) == 0


async def test_leaving_with_points_typed_is_asked_and_the_language_keeps_them(
    show: Show, marked: Platform
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = essay(marked)
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        await pilot.app.push_screen(MarkAnswerScreen((code,)))
        await settle(pilot)
        await pilot.press("6", "f2", "f2")
        await until(pilot, "Points 6 / 20")
        await pilot.press("escape")
        await until(pilot, "Leave without submitting?")
        await pilot.press("n")
        await settle(pilot)
        assert "Points 6 / 20" in screen_text(pilot)
        await pilot.press("escape", "y")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MarkingScreen)
    assert count(marked, Marking) == 0


async def test_the_answer_scrolls_while_the_cursor_stays_in_the_rubric(
    show: Show, marked: Platform
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = essay(marked)
    async with show("X0001", lambda: MarkAnswerScreen((code,)), lang="en") as pilot:
        paper = pilot.app.screen.query_one(Paper)
        paper.styles.height = 5
        await pilot.pause()
        assert not paper.at_end
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "4")
        await until(pilot, "Points 4 / 20")
        assert paper.at_end


async def test_somebody_else_was_quicker_and_the_examiner_is_told(
    show: Show, marked: Platform
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = essay(marked, "10")
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        await pilot.app.push_screen(MarkAnswerScreen((code,)))
        await settle(pilot)
        mark(marked, "X0002", code, "0.5")
        await pilot.press("5", "f10", "y")
        await until(pilot, "This answer was marked in the meantime;")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MarkingScreen)
    assert count(marked, Marking) == 1


async def test_a_practical_exam_is_opened_for_a_person_and_marked_at_once(
    show: Show, marked: Platform
) -> None:
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        await pilot.press("p")
        await until(pilot, "Which practical exam?")
        await pilot.press("enter")
        await until(pilot, "who is examined?")
        await type_text(pilot, "E1001")
        await pilot.press("enter")
        await until(pilot, "Begin the practical exam?")
        await pilot.pause(0.35)
        await pilot.press("y")
        await until(pilot, "You watch this task; nothing is written.")
        await settle(pilot)
        assert "王小兰 E1001" in screen_text(pilot)
        await pilot.press("5", "enter", "enter", "5", "f10")
        await until(pilot, "Submit 10 / 10 points?")
        await pilot.press("y")
        await until(pilot, "Nothing waits to be marked by you.")
    assert stored_attempt(marked, 1).passed


async def test_why_a_person_cannot_be_examined_is_said(show: Show, marked: Platform) -> None:
    practical.open_practical(marked, actor=actor(marked, "X0002"), exam=PRACTICAL, staff_no="E1001")
    async with show("X0001", MarkingScreen, lang="en") as pilot:
        await pilot.press("p", "enter")
        await until(pilot, "who is examined?")
        await type_text(pilot, "E1001")
        await pilot.press("enter")
        await until(pilot, "Begin the practical exam?")
        await pilot.pause(0.35)
        await pilot.press("y")
        await until(pilot, "Your last attempt is still waiting to be marked.")


async def test_the_candidate_sees_that_it_waits_and_no_mark(show: Show, marked: Platform) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"))
    async with show("E1001", lambda: ResultScreen(attempt_id)) as pilot:
        text = screen_text(pilot)
        assert _("awaiting marking") in text
        assert _("✗ Not passed") not in text
        assert "0.00" not in text

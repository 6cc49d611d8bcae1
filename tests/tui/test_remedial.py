"""After a failure: remedial training, then the retake, by Enter alone."""

from datetime import timedelta
from typing import cast

import pytest
from textual.pilot import Pilot

from certify.clock import SetClock
from certify.domain.attempt import Attempt
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import learning, lobby, results
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.lesson import LessonScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, read_course, sit
from tests.tui.conftest import Show, screen_text, settle, until


@pytest.fixture
def failed(sqlite_platform: Platform, clock: SetClock) -> Actor:
    """E1001, who failed with no right answer and has everything to learn again."""
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who, right=0)
    clock.advance(timedelta(minutes=1))
    return who


def left(platform: Platform, who: Actor) -> tuple[str, ...]:
    door = lobby.lobby(platform, actor=who, exam="sample-written")
    return door.remedial.lessons if door.remedial else ()


def latest(platform: Platform, who: Actor) -> int:
    return results.record(platform, actor=who).attempts[0].attempt_id


async def to_the_end(pilot: Pilot[int]) -> None:
    """Scroll a lesson to its end."""
    await pilot.press("end")
    await until(pilot, "Finish")


async def test_the_first_row_of_home_leads_by_enter_through_the_training_to_the_retake(
    show: Show, sqlite_platform: Platform, failed: Actor
) -> None:
    lessons = left(sqlite_platform, failed)
    assert len(lessons) > 1
    async with show("E1001", HomeScreen, lang="en") as pilot:
        assert "Enter: the remedial training" in screen_text(pilot)
        await pilot.press("enter")
        text = await until(pilot, "Press Enter to open the next lesson.")
        assert f"{len(lessons)} lessons left" in text
        assert "Remedial training" in text.split("\n")[-1]

        await pilot.press("enter")
        for place, lesson in enumerate(lessons):
            await settle(pilot)
            assert cast(LessonScreen, pilot.app.screen).lesson == lesson
            await until(pilot, f"! learn again, {len(lessons) - place} left")
            await to_the_end(pilot)
            await pilot.press("enter")
        await until(pilot, "Ready? Press Enter to start.")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LobbyScreen)

        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamScreen)


async def test_the_course_marks_what_is_to_be_learned_again_and_begins_there(
    show: Show, sqlite_platform: Platform, failed: Actor
) -> None:
    first, *rest = left(sqlite_platform, failed)
    learning.finish_lesson(sqlite_platform, actor=failed, course="sample", lesson=first)
    async with show("E1001", lambda: CourseScreen("sample"), lang="en") as pilot:
        rows = [line for line in screen_text(pilot).split("\n") if " min" in line]
        assert sum("! learn again" in line for line in rows) == len(rest) + 1  # and the exam
        assert pilot.app.screen.query_one(Rows).chosen == f"lesson:{rest[0]}"


async def test_a_lesson_that_is_fine_leads_to_one_that_is_to_be_learned_again(
    show: Show, sqlite_platform: Platform, failed: Actor
) -> None:
    lessons = left(sqlite_platform, failed)
    for lesson in lessons[:-1]:
        learning.finish_lesson(sqlite_platform, actor=failed, course="sample", lesson=lesson)
    async with show("E1001", lambda: LessonScreen("sample", lessons[0]), lang="en") as pilot:
        await to_the_end(pilot)
        await until(pilot, "Finish, next lesson")
        await pilot.press("enter")
        await until(pilot, "! learn again, 1 left")
        assert cast(LessonScreen, pilot.app.screen).lesson == lessons[-1]


async def test_the_result_says_that_the_retake_is_open_when_all_is_learned_again(
    show: Show, sqlite_platform: Platform, failed: Actor
) -> None:
    read_course(sqlite_platform, failed)
    attempt = latest(sqlite_platform, failed)
    async with show("E1001", lambda: ResultScreen(attempt), lang="en") as pilot:
        assert "The retake is open. Press Enter to go to it." in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, "Ready? Press Enter to start.")


async def test_somebody_else_is_not_told_of_a_retake(
    show: Show, sqlite_platform: Platform, failed: Actor
) -> None:
    attempt = latest(sqlite_platform, failed)
    async with show("S0001", lambda: ResultScreen(attempt), lang="en") as pilot:
        assert "The retake is open" not in screen_text(pilot)


async def test_a_passed_exam_gives_advice_on_a_weak_topic_not_a_verdict(
    show: Show, sqlite_platform: Platform
) -> None:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who)
    attempt = latest(sqlite_platform, who)
    with sqlite_platform.database.write() as session:
        found = session.get_one(Attempt, attempt)
        found.profile = [{**one, "mark": "50", "below": True} for one in found.profile]
    async with show("E1001", lambda: ResultScreen(attempt), lang="en") as pilot:
        text = screen_text(pilot)
        assert "✓ Passed" in text
        assert "← below the pass mark" in text
        assert "learn again" not in text

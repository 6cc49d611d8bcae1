"""Courses, exams and the record of a person."""

from datetime import timedelta

from certify.clock import SetClock
from certify.platform import Platform
from certify.services import learning, sitting
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.courses import CoursesScreen
from certify.tui.screens.exams import ExamsScreen
from certify.tui.screens.lesson import LessonScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, read_course, sit
from tests.tui.conftest import Show, screen_text, settle, until


async def test_a_course_shows_how_far_one_got_and_starts_at_the_next_lesson(
    show: Show, sqlite_platform: Platform
) -> None:
    learner = actor(sqlite_platform, "E1001")
    course = learning.course_view(sqlite_platform, actor=learner, course="sample")
    first, second, third = [lesson.code for lesson in course.lessons]
    for lesson in (first, second):
        learning.open_lesson(sqlite_platform, actor=learner, course="sample", lesson=lesson)
    learning.finish_lesson(sqlite_platform, actor=learner, course="sample", lesson=first)

    async with show("E1001", lambda: CourseScreen("sample"), lang="en") as pilot:
        text = screen_text(pilot)
        assert "1 of 3 lessons finished" in text
        assert "✓ finished" in text
        assert "◐ begun" in text
        assert "○ new" in text
        assert pilot.app.screen.query_one(Rows).chosen == f"lesson:{second}"

        await pilot.press("down")
        assert pilot.app.screen.query_one(Rows).chosen == f"lesson:{third}"
        await pilot.press("f2")
        await until(pilot, "示例课程")
        assert pilot.app.screen.query_one(Rows).chosen == f"lesson:{third}"

        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_an_exam_that_is_not_open_says_why(show: Show) -> None:
    async with show("E1001", ExamsScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "○ not open" in text
        assert "Finish all lessons of the course first." in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LobbyScreen)


async def test_the_list_of_courses_tells_state_and_progress_in_words(
    show: Show, sqlite_platform: Platform
) -> None:
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    async with show("E1001", CoursesScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "✓ finished" in text
        assert "3/3" in text
        await pilot.press("slash", "z", "z")
        await until(pilot, "No course fits.")


async def test_a_wide_terminal_shows_the_summary_beside_the_list(show: Show) -> None:
    async with show("E1001", CoursesScreen, size=(120, 40), lang="en") as pilot:
        shown = screen_text(pilot)
        line = next(line for line in shown.split("\n") if "A small course for tests." in line)
        assert line.index("A small course") > 80

        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        shown = screen_text(pilot)
        line = next(line for line in shown.split("\n") if "A small course for tests." in line)
        assert line.index("A small course") < 10


async def test_the_record_holds_certificates_and_attempts_and_enter_opens_a_result(
    show: Show, sqlite_platform: Platform
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    async with show("E1001", RecordScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "PQ-2024-000001-" in text
        assert "100.00" in text
        assert "✓ passed" in text
        await pilot.press("end", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ResultScreen)


async def test_a_failed_attempt_is_followed_by_a_retake_that_is_called_so(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner, right=0)
    clock.advance(timedelta(hours=1))
    read_course(sqlite_platform, learner)
    sitting.start(sqlite_platform, actor=learner, exam="sample-written")
    async with show("E1001", RecordScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "✗ not passed" in text
        assert "(retake 1)" in text
        assert "◐ in progress" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LobbyScreen)


async def test_an_empty_record_says_what_will_be_there(show: Show) -> None:
    async with show("E1001", RecordScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "None yet." in text
        assert "No exam was sat yet." in text


async def test_a_supervisor_opens_the_record_of_their_own_people(show: Show) -> None:
    async with show("S0001", lambda: RecordScreen("E1001"), lang="en") as pilot:
        await until(pilot, "Record of 王小兰 E1001")


async def test_a_record_that_is_not_for_one_to_see_is_refused_in_words(show: Show) -> None:
    async with show("E1001", lambda: RecordScreen("E1002"), lang="en") as pilot:
        text = await until(pilot, "This did not work")
        assert "李雷" not in text
        assert "You may not see a record." in text


async def test_an_exam_in_progress_says_the_time_left_and_how_to_go_on(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sitting.start(sqlite_platform, actor=learner, exam="sample-written")
    clock.advance(timedelta(minutes=9, seconds=30))
    async with show("E1001", ExamsScreen, lang="en") as pilot:
        assert "20 min left" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, "You have begun this exam.")
        assert "Enter Go on" in screen_text(pilot).split("\n")[-1]


async def test_the_outline_opens_where_the_reader_is_and_names_its_keys(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: LessonScreen("sample", "lesson-1"), lang="en") as pilot:
        assert "Enter Finish, next lesson" in screen_text(pilot)  # the end is in sight
        await pilot.press("o")
        await until(pilot, "Outline")
        assert "Enter OK" in screen_text(pilot).split("\n")[-1]

"""The first screen of a person."""

from datetime import timedelta

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.i18n import _
from certify.platform import Platform
from certify.services import correcting, learning, listing, sitting
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.courses import CoursesScreen
from certify.tui.screens.exams import ExamsScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.practices import PracticesScreen
from certify.tui.screens.qualifications import QualificationsScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, read_course, sit
from tests.services.test_correcting import failed_on, items_of, wish
from tests.tui.conftest import Show, screen_text, settle, until
from tests.tui.test_corrections import make_trainer


def assign(platform: Platform, staff_no: str, days: int) -> None:
    due = listing.today(platform) + timedelta(days=days)
    learning.enrol(platform, actor=CONSOLE, staff_no=staff_no, course="sample", due_on=due)


async def test_a_newcomer_with_nothing_to_do_reads_how_things_get_here(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "Nothing is waiting for you." in text
        assert "None yet. Finish a course and pass its exam" in text
        assert "Sample course" in text


async def test_a_course_that_is_due_stands_first_and_enter_opens_it(
    show: Show, sqlite_platform: Platform
) -> None:
    assign(sqlite_platform, "E1001", 3)
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "0/3" in text
        assert "until 2024-03-07" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CourseScreen)


async def test_an_overdue_course_says_so_in_words(show: Show, sqlite_platform: Platform) -> None:
    assign(sqlite_platform, "E1001", -1)
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "! overdue" in text
        assert "! until 2024-03-03" in text


async def test_an_exam_in_progress_comes_first_with_the_time_left(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sitting.start(sqlite_platform, actor=learner, exam="sample-written")
    clock.advance(timedelta(minutes=9, seconds=30))
    async with show("E1001", HomeScreen, lang="en") as pilot:
        assert pilot.app.screen.query_one(Rows).chosen == "exam:sample-written"
        text = screen_text(pilot)
        assert "◐ in progress" in text
        assert "20 min left" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LobbyScreen)


async def test_what_was_earned_stands_with_certificate_and_days_left(
    show: Show, sqlite_platform: Platform
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "L1 Agent" in text
        assert "L1-2024-000001-" in text
        assert "✓ 365 days left" in text
        assert "Nothing expires in the next weeks." in text


async def test_what_expires_soon_stands_once_with_a_sign(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    clock.advance(timedelta(days=340))
    async with show("E1001", HomeScreen, lang="en") as pilot:
        assert screen_text(pilot).count("! 25 days left") == 2
        await pilot.press("end", "up")
        assert pilot.app.screen.query_one(Rows).chosen.startswith("expiring:")
        await until(pilot, "Certificate ")


async def test_a_learner_is_not_shown_what_they_may_not_open(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "People" not in text
        assert "Qualifications" not in text.split("\n")[-1]
        await pilot.press("5", "6")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_digits_open_the_pages_and_escape_comes_back(show: Show) -> None:
    pages = [
        CoursesScreen,
        PracticesScreen,
        ExamsScreen,
        RecordScreen,
        PeopleScreen,
        QualificationsScreen,
    ]
    async with show("H0001", HomeScreen) as pilot:
        for key, page in zip("123456", pages, strict=True):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(pilot.app.screen, page)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(pilot.app.screen, HomeScreen)


async def test_switching_the_language_keeps_the_line_one_was_at(
    show: Show, sqlite_platform: Platform
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    async with show("E1001", HomeScreen) as pilot:
        await pilot.press("down")
        chosen = pilot.app.screen.query_one(Rows).chosen
        assert "接待" in screen_text(pilot)

        await pilot.press("f2")
        await until(pilot, "Reception")
        assert pilot.app.screen.query_one(Rows).chosen == chosen


async def test_quitting_asks_first_and_escape_stays(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.press("q")
        await until(pilot, "Leave certify?")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_an_exam_to_renew_is_called_so_and_has_no_old_due_day(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    assign(sqlite_platform, "E1001", 3)
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    clock.advance(timedelta(days=340))
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "▶ renew now" in text
        assert "2024-03-07" not in text


async def test_what_waits_for_an_examiner_or_a_second_person_stands_on_the_first_screen(
    show: Show, sqlite_platform: Platform
) -> None:
    make_trainer(sqlite_platform)
    attempt_id = failed_on(sqlite_platform, "E1001", "limits")
    asked = wish(items_of(sqlite_platform, attempt_id, "limits")[0])
    correcting.propose(sqlite_platform, actor=actor(sqlite_platform, "S0001"), wish=asked)

    async with show("H0001", HomeScreen) as pilot:
        shown = await until(pilot, _("waiting"))
        assert _("Corrections") in shown
    async with show("S0001", HomeScreen) as pilot:
        await settle(pilot)
        assert _("waiting") not in screen_text(pilot)

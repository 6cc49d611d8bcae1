"""Training on the screens: plans with HR, attendance by one key, the calendar, the year."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import Role
from certify.domain.training import PlanState, SessionState
from certify.i18n import _
from certify.platform import Platform
from certify.services.training import plan_review, plan_views, planning
from certify.services.training.planning import Planned
from certify.tui.screens.training_calendar import TrainingCalendarScreen
from certify.tui.screens.training_plan import TrainingPlanScreen
from certify.tui.screens.training_plans import TrainingPlansScreen
from certify.tui.screens.training_session import TrainingSessionScreen
from certify.tui.screens.training_sessions import TrainingSessionsScreen
from certify.tui.screens.training_year import TrainingYearScreen
from certify.tui.widgets.month_grid import MonthGrid
from tests.platforms import actor
from tests.services.learning_steps import grant
from tests.services.training_steps import (
    TRAINER,
    admitted,
    arranged,
    at,
    go_to,
    line,
    seen,
    trainer,
    twelve,
)
from tests.tui.conftest import Show, screen_text, settle, type_text, until

DAY = "2024-03-06"


@pytest.fixture
def code(sqlite_platform: Platform) -> str:
    """A session with two newcomers; it begins now."""
    trainer(sqlite_platform)
    made = arranged(sqlite_platform, at(DAY, "09:00"), at(DAY, "11:00"), place="一号会议室")
    admitted(sqlite_platform, made, "E1001", "E1002")
    go_to(sqlite_platform, DAY, "09:00")
    return made


def submitted(platform: Platform) -> None:
    """A plan of 2025 that waits for HR."""
    drafter = actor(platform, TRAINER)
    planning.draft_annual(platform, actor=drafter, year=2025)
    what = Planned(kind="in-service", title="服务技能", planned_fen=200_000)
    planning.add_line(platform, actor=drafter, year=2025, month=3, what=what)
    plan_review.submit(platform, actor=drafter, plan=2025)


def state(platform: Platform, year: int = 2025) -> PlanState:
    return plan_views.annual_plan(platform, actor=actor(platform, "H0001"), year=year).review.state


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_trainer_takes_attendance_with_one_key_a_person(
    show: Show, sqlite_platform: Platform, code: str, lang: str
) -> None:
    async with show(TRAINER, lambda: TrainingSessionScreen(code), lang=lang) as pilot:
        assert "一号会议室" in screen_text(pilot)
        await pilot.press("i")
        await until(pilot, _("{name} came.").format(name="王小兰"))
        await pilot.press("i")
        await until(pilot, _("{name} came.").format(name="李雷"))
        go_to(sqlite_platform, DAY, "11:00")
        await pilot.press("o")  # ▸ went from the last one on to the first
        await until(pilot, _("{name} left.").format(name="王小兰"))
        text = await until(pilot, "11:00")
        assert _("attended") in text
        assert _("end unknown") in text
    assert line(sqlite_platform, code).signed_by == "主管"


async def test_a_learner_sees_and_signs_their_own_line_alone(
    show: Show, sqlite_platform: Platform, code: str
) -> None:
    async with show("E1001", TrainingSessionsScreen, lang="en") as pilot:
        assert "岗前培训" in screen_text(pilot)
        assert "New session" not in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(pilot)
        assert "王小兰" in text
        assert "李雷" not in text
        assert "Add people" not in text
        await pilot.press("i")
        await until(pilot, "came.")
    assert line(sqlite_platform, code).signed_by == ""
    assert seen(sqlite_platform, code).state is SessionState.HELD


async def test_a_slip_of_the_key_is_taken_back(
    show: Show, sqlite_platform: Platform, code: str
) -> None:
    async with show(TRAINER, lambda: TrainingSessionScreen(code), lang="en") as pilot:
        await pilot.press("i")
        await until(pilot, "came.")
        await pilot.press("up", "u")
        await until(pilot, "Take back in and out")
        await type_text(pilot, "slip")
        await pilot.press("enter")
        await until(pilot, "is taken back.")
    assert line(sqlite_platform, code).in_at is None


async def test_a_refusal_is_shown_and_changes_nothing(
    show: Show, sqlite_platform: Platform, code: str
) -> None:
    go_to(sqlite_platform, DAY, "07:00")
    async with show("E1001", lambda: TrainingSessionScreen(code), lang="en") as pilot:
        await pilot.press("i")
        await until(pilot, "60 minutes before")
        await pilot.press("enter")
        await settle(pilot)
    assert line(sqlite_platform, code).in_at is None


async def test_results_excuses_and_ends_close_a_session(
    show: Show, sqlite_platform: Platform, code: str
) -> None:
    async with show(TRAINER, lambda: TrainingSessionScreen(code), lang="en") as pilot:
        await pilot.press("i")
        await until(pilot, "came.")
        await pilot.press("e")
        await until(pilot, "Reason")
        await type_text(pilot, "ill")
        await pilot.press("enter")
        await until(pilot, "is excused.")
        go_to(sqlite_platform, DAY, "11:40")
        await pilot.press("up")
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await until(pilot, "end unknown")
        await pilot.press("c")
        await until(pilot, "Until when")
        await pilot.press("enter")
        await until(pilot, "was there until")
        await pilot.press("m")
        await until(pilot, "Result of the assessment")
        await type_text(pilot, "90")
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "90 passed")
        await pilot.press("s")
        await until(pilot, "Close this session?")
        await pilot.press("y")
        await until(pilot, "is closed.")
    assert seen(sqlite_platform, code).state is SessionState.CLOSED


async def test_hr_finds_the_plan_that_waits_and_returns_it_with_a_word(
    show: Show, sqlite_platform: Platform
) -> None:
    submitted(sqlite_platform)
    async with show("H0001", TrainingPlansScreen, lang="en") as pilot:
        assert "1 plan waits for your decision" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "服务技能" in screen_text(pilot)
        await pilot.press("r")
        await until(pilot, "Return the plan")
        await type_text(pilot, "more")
        await pilot.press("enter")
        await until(pilot, "returned by HR")
    assert state(sqlite_platform) is PlanState.RETURNED


async def test_hr_approves_a_plan(show: Show, sqlite_platform: Platform) -> None:
    submitted(sqlite_platform)
    async with show("H0001", lambda: TrainingPlanScreen(2025)) as pilot:
        await pilot.press("y")
        await until(pilot, _("Approve the plan"))
        await pilot.press("enter")
        await until(pilot, _("approved"))
    assert state(sqlite_platform) is PlanState.APPROVED


async def test_who_drafted_it_is_not_asked_to_decide(show: Show, sqlite_platform: Platform) -> None:
    grant(sqlite_platform, TRAINER, Role.HR)
    submitted(sqlite_platform)
    async with show(TRAINER, lambda: TrainingPlanScreen(2025), lang="en") as pilot:
        text = screen_text(pilot)
        assert "waits for HR" in text
        assert "Approve" not in text
        assert "Add a line" not in text


async def test_a_plan_is_drafted_filled_and_submitted(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show(TRAINER, TrainingPlansScreen, lang="en") as pilot:
        assert "There is no plan yet" in screen_text(pilot)
        await pilot.press("n")
        await until(pilot, "New annual plan")
        await pilot.press("enter")
        await until(pilot, "has no line yet")
        await pilot.press("a")
        await until(pilot, "Line of the plan")
        await pilot.press("enter")
        await type_text(pilot, "Skills")
        await pilot.press("enter", "enter", "enter", "enter", "enter", "enter", "enter")
        await type_text(pilot, "2,000.00")
        await pilot.press("enter")
        await until(pilot, "Added: Skills")
        await pilot.press("s")
        await until(pilot, "Hand this plan to HR?")
        await pilot.press("y")
        await until(pilot, "waits for HR")
    plan = plan_views.annual_plan(sqlite_platform, actor=actor(sqlite_platform, TRAINER), year=2025)
    assert plan.planned_fen == 200_000


async def test_an_ad_hoc_plan_says_all_it_says_on_one_page(
    show: Show, sqlite_platform: Platform
) -> None:
    planning.draft_ad_hoc(
        sqlite_platform,
        actor=actor(sqlite_platform, TRAINER),
        occasion="投诉增多",
        first_day=date(2024, 3, 4),
        last_day=date(2024, 3, 8),
        what=Planned(kind="special", title="投诉处理", planned_fen=123_456),
    )
    async with show(TRAINER, lambda: TrainingPlanScreen("A-2024-001"), lang="en") as pilot:
        text = screen_text(pilot)
        assert "投诉增多" in text
        assert "1,234.56 yuan" in text
        assert "2024-03-04 – 2024-03-08" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_calendar_shows_the_month_and_opens_the_session_of_a_day(
    show: Show, sqlite_platform: Platform, code: str, lang: str
) -> None:
    async with show(TRAINER, TrainingCalendarScreen, lang=lang) as pilot:
        text = screen_text(pilot)
        assert "2024-03-06" in text
        assert "▸(6)" in text
        assert "09:00–11:00" in text
        heads = text.split("\n")[1]
        assert len({_("Mon"), _("Sun")} & set(heads.split())) == 2
        await pilot.press("right")
        await until(pilot, _("No training on this day."))
        await pilot.press("pagedown")
        await until(pilot, "2024-04-07")
        await pilot.press("t")
        await until(pilot, "09:00–11:00")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TrainingSessionScreen)


async def test_the_calendar_file_is_written_from_its_screen(
    show: Show, sqlite_platform: Platform, code: str, tmp_path: Path
) -> None:
    async with show(TRAINER, TrainingCalendarScreen, lang="en") as pilot:
        await pilot.press("f")
        await until(pilot, "training.ics")
        await pilot.press("enter")
        await until(pilot, "1 session written.")
    path = sqlite_platform.settings.home.exports / "training.ics"
    assert b"BEGIN:VEVENT" in path.read_bytes()


async def test_a_month_is_left_at_its_last_day_when_the_next_is_shorter(
    show: Show, sqlite_platform: Platform
) -> None:
    go_to(sqlite_platform, "2024-01-31")
    async with show(TRAINER, TrainingCalendarScreen) as pilot:
        await pilot.press("pagedown")
        await settle(pilot)
        assert pilot.app.screen.query_one(MonthGrid).day == date(2024, 2, 29)
        await pilot.press("pageup", "pageup")
        await settle(pilot)
        assert pilot.app.screen.query_one(MonthGrid).day == date(2023, 12, 29)


async def test_the_year_names_what_is_missing_and_what_it_costs(
    show: Show, sqlite_platform: Platform, code: str
) -> None:
    twelve(sqlite_platform)
    go_to(sqlite_platform, "2024-05-02")
    async with show("H0001", TrainingYearScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "24,000.00" in text
        assert "✗ missing" in text
        assert "– not due" in text
        assert "sessions are missing." in text
        await pilot.press("left")
        await until(pilot, "Training in 2023")


async def test_names_that_mean_harm_stay_text(show: Show, sqlite_platform: Platform) -> None:
    trainer(sqlite_platform)
    hostile = "[/x][@click=app.bell]按[/]" + "很长的名字" * 8
    made = arranged(sqlite_platform, at(DAY), at(DAY, "11:00"), title=hostile)
    go_to(sqlite_platform, DAY)
    for page in (
        TrainingSessionsScreen,
        TrainingCalendarScreen,
        lambda: TrainingSessionScreen(made),
    ):
        async with show(TRAINER, page) as pilot:
            assert "[/x][@cl" in screen_text(pilot)

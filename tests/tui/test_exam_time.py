"""Time in the eye of the candidate and of the invigilator."""

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services import (
    accommodations,
    cohorts,
    registering,
    sitting,
    sitting_events,
    time_grants,
)
from certify.tui import exam_focus, sitting_page
from certify.tui.exam_time import given_text
from certify.tui.screens.cohort import CohortScreen
from certify.tui.screens.cohorts import CohortsScreen
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.invigilation import InvigilationScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.on_break import OnBreakScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.screens.review import ReviewScreen
from certify.tui.screens.sitting_events import SittingEventsScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import NOON, actor, read_course, sit
from tests.services.steps import clock_of, stored_attempt
from tests.tui.conftest import Show, screen_text, settle, type_text, until

MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(sqlite_platform: Platform) -> Actor:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    return who


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 0.2)


def start(platform: Platform, who: Actor) -> sitting.Sitting:
    return sitting.start(platform, actor=who, exam="sample-written")


def give(platform: Platform, attempt_id: int, minutes: int = 10) -> None:
    hr = actor(platform, "H0001")
    time_grants.give_time(platform, actor=hr, attempt_id=attempt_id, minutes=minutes, reason="停电")


def break_of(platform: Platform, minutes: int = 10) -> None:
    accommodations.grant(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1001",
        reason="决定",
        break_minutes=minutes,
    )


async def test_time_given_is_said_within_seconds(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        give(sqlite_platform, begun.attempt_id)

        shown = await until(pilot, given_text(600))

        assert "40:00" in shown
        clock_of(sqlite_platform).advance(2 * MINUTE)
        for _look in range(100):
            await pilot.pause(0.05)
            if given_text(600) not in screen_text(pilot):
                break
        assert given_text(600) not in screen_text(pilot), "it is said for a minute"


async def test_time_given_in_the_last_moment_keeps_the_exam_open(
    show: Show, sqlite_platform: Platform, learner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 3600)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        clock_of(sqlite_platform).set(NOON + 29 * MINUTE)
        give(sqlite_platform, begun.attempt_id)
        clock_of(sqlite_platform).set(NOON + 30 * MINUTE)

        await until(pilot, given_text(600))

        assert isinstance(pilot.app.screen, ExamScreen)
        await pilot.press("1")
        await until(pilot, "12:30:00")


async def test_in_a_break_no_item_is_in_sight_and_the_time_stands(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    break_of(sqlite_platform)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        stem = begun.items[0].shown["stem"]["zh"][:6]
        assert stem in screen_text(pilot)
        await pilot.press("b", "y")
        await until(pilot, _("You are on a break."))
        assert stem not in screen_text(pilot)
        clock_of(sqlite_platform).advance(4 * MINUTE)
        await until(pilot, "6:00")

        await pilot.press("enter")
        shown = await until(pilot, stem)

        assert "30:00" in shown
        assert stored_attempt(sqlite_platform, begun.attempt_id).break_left == 360


async def test_a_break_that_lasts_too_long_ends_in_the_result(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    break_of(sqlite_platform)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("b", "y")
        await until(pilot, _("You are on a break."))
        assert isinstance(pilot.app.screen, OnBreakScreen)
        clock_of(sqlite_platform).advance(40 * MINUTE)

        for _look in range(200):
            await pilot.pause(0.05)
            if isinstance(pilot.app.screen, ResultScreen):
                break
        assert isinstance(pilot.app.screen, ResultScreen)


async def test_b_does_nothing_for_who_has_no_break(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("b")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, ExamScreen)


async def test_the_lobby_says_what_is_special_before_the_start(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    hr = actor(sqlite_platform, "H0001")
    break_of(sqlite_platform, 5)
    number = registering.new_cohort(
        sqlite_platform,
        actor=hr,
        exam="sample-written",
        title="[b]三月",
        closes_at=NOON + 20 * MINUTE,
    )
    registering.register(sqlite_platform, actor=hr, cohort_id=number, staff_nos=["E1001"])
    async with show("E1001", lambda: LobbyScreen("sample-written")) as pilot:
        shown = screen_text(pilot)

        assert _("You are registered in “{title}”.").format(title="[b]三月") in shown
        assert "20" in shown


async def away(pilot: Pilot[int], clock: SetClock, seconds: int) -> None:
    """Go to another window for a while."""
    pilot.app.app_focus = False
    await pilot.pause()
    clock.advance(timedelta(seconds=seconds))
    await pilot.pause(1.3)
    pilot.app.app_focus = True
    await pilot.pause(0.3)


async def test_going_to_another_window_is_noted_with_its_length_and_stops_nothing(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await away(pilot, clock_of(sqlite_platform), 1)
        await away(pilot, clock_of(sqlite_platform), 40)
        await pilot.press("1")
        await until(pilot, "12:00:41")

    found = sitting_events.events(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), attempt_id=begun.attempt_id
    )
    assert [(one.kind, one.seconds) for one in found] == [("focus-lost", None), ("focus-back", 40)]
    assert timedelta(seconds=1) < exam_focus.LEAST


async def test_the_invigilator_sees_the_exam_and_gives_time(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("H0001", InvigilationScreen) as pilot:
        shown = screen_text(pilot)
        assert "王小兰" in shown
        assert "0/4" in shown
        assert "30:00" in shown
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("ctrl+u")
        await type_text(pilot, "7")
        await pilot.press("enter")
        await type_text(pilot, "power")
        await pilot.press("enter")
        await until(pilot, "37:00")

        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SittingEventsScreen)
        assert "power" in await until(pilot, "7:00")
    assert stored_attempt(sqlite_platform, begun.attempt_id).deadline == NOON + 37 * MINUTE


async def test_an_empty_hall_says_so(show: Show, sqlite_platform: Platform) -> None:
    async with show("H0001", InvigilationScreen) as pilot:
        assert _("Nobody is sitting an exam now.") in screen_text(pilot)
        await pilot.press("t", "a")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, InvigilationScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_cohorts_show_the_pass_rate_beside_the_pass_mark(
    show: Show, sqlite_platform: Platform, learner: Actor, size: tuple[int, int]
) -> None:
    hr = actor(sqlite_platform, "H0001")
    what: dict[str, Any] = {"actor": hr, "exam": "sample-written", "title": "三月批次"}
    number = registering.new_cohort(sqlite_platform, **what)
    registering.register(sqlite_platform, actor=hr, cohort_id=number, staff_nos=["E1001", "E1002"])
    sit(sqlite_platform, learner)
    async with show("H0001", CohortsScreen, size=size) as pilot:
        assert f"100.00 % {_('so far')}" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CohortScreen)
        shown = screen_text(pilot)
        assert "100.00" in shown
        assert "李雷" in shown
        await pilot.press("down", "e")
        await settle(pilot)
        await type_text(pilot, "ill")
        await pilot.press("enter")
        await until(pilot, f"100.00 % {_('met')}")


async def test_a_new_cohort_is_the_one_under_the_pointer(
    show: Show, sqlite_platform: Platform
) -> None:
    hr = actor(sqlite_platform, "H0001")
    what: dict[str, Any] = {"actor": hr, "exam": "sample-written"}
    for title in ("一月批次", "二月批次"):
        registering.new_cohort(sqlite_platform, **what, title=title)
    async with show("H0001", CohortsScreen) as pilot:
        rows = pilot.app.screen.query_one(Rows)
        before = rows.chosen
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "March")
        await pilot.press(*["enter"] * 7)
        await until(pilot, _n("{count} cohort", "{count} cohorts", 3).format(count=3))
        await settle(pilot)

        assert rows.chosen not in ("", before)
        assert cohorts.one(sqlite_platform, actor=hr, cohort_id=int(rows.chosen)).title == "March"


async def test_the_review_is_hidden_until_its_window_ends_and_then_complete(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    hr = actor(sqlite_platform, "H0001")
    number = registering.new_cohort(
        sqlite_platform, actor=hr, exam="sample-written", title="三月", closes_at=NOON + 60 * MINUTE
    )
    registering.register(sqlite_platform, actor=hr, cohort_id=number, staff_nos=["E1001"])
    attempt = sit(sqlite_platform, learner)
    async with show("E1001", lambda: ResultScreen(attempt)) as pilot:
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "13:00" in screen_text(pilot)
        assert _("Right answer") not in screen_text(pilot)
    clock_of(sqlite_platform).set(NOON + 60 * MINUTE)
    async with show("E1001", lambda: ReviewScreen(attempt)) as pilot:
        assert _("Right answer") in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_who_may_not_sit_yet_is_registered_with_a_warning_that_stays(
    show: Show, sqlite_platform: Platform, learner: Actor, size: tuple[int, int]
) -> None:
    hr = actor(sqlite_platform, "H0001")
    what: dict[str, Any] = {"actor": hr, "exam": "sample-written", "title": "三月批次"}
    number = registering.new_cohort(sqlite_platform, **what)
    lessons = _("Finish all lessons of the course first.")
    async with show("H0001", lambda: CohortScreen(number), size=size) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await type_text(pilot, "E1001,E1002")
        await pilot.press("enter")
        shown = await until(pilot, lessons)
        assert "E1002" in shown
        assert f"E1001: {lessons}" not in shown
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("end")
        await until(pilot, _("! May not begin yet: {why}").format(why=lessons))
    view = cohorts.one(sqlite_platform, actor=hr, cohort_id=number)
    assert [one.staff_no for one in view.members] == ["E1001", "E1002"]

"""The exam screen at its edges: the last second, hurried fingers, a break that cannot be had."""

from datetime import timedelta

import pytest
from textual.events import Key
from textual.pilot import Pilot

from certify.clock import SetClock
from certify.domain.attempt import AttemptState
from certify.domain.person import CONSOLE, Actor
from certify.errors import NotSaved
from certify.i18n import _
from certify.platform import Platform
from certify.services import accommodations, breaks, course_sync, results, sitting
from certify.storage import attempts
from certify.tui import exam_saving, sitting_page
from certify.tui.exam_time import given_text
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.on_break import OnBreakScreen
from certify.tui.screens.result import ResultScreen
from tests.platforms import COURSES, NOON, actor, read_course
from tests.services.steps import clock_of, stored_attempt
from tests.tui.conftest import Show, screen_text, settle, type_text, until
from tests.tui.test_exam_time import MINUTE, break_of, give, start

SECOND = timedelta(seconds=1)


@pytest.fixture
def learner(sqlite_platform: Platform) -> Actor:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    return who


async def test_time_given_just_before_the_last_second_keeps_the_exam_open(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 3600)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        clock_of(sqlite_platform).set(NOON + 29 * MINUTE)
        give(sqlite_platform, begun.attempt_id)
        clock_of(sqlite_platform).set(NOON + 30 * MINUTE - 0.5 * SECOND)
        await pilot.pause(1.3)
        clock_of(sqlite_platform).set(NOON + 30 * MINUTE)

        await until(pilot, given_text(600))

        assert isinstance(pilot.app.screen, ExamScreen)
    assert stored_attempt(sqlite_platform, begun.attempt_id).state is AttemptState.OPEN


async def test_the_last_second_is_the_candidates_and_the_result_says_that_time_was_over(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    clock: SetClock,
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        clock.set(NOON + 30 * MINUTE - 0.5 * SECOND)
        await pilot.pause(1.3)
        assert isinstance(pilot.app.screen, ExamScreen)

        clock.set(NOON + 30 * MINUTE)
        await pilot.pause(1.3)
        await settle(pilot)

        assert isinstance(pilot.app.screen, ResultScreen)
    found = results.result(sqlite_platform, actor=learner, attempt_id=begun.attempt_id)
    assert found.attempt.by_deadline


@pytest.fixture
def kinds(sqlite_platform: Platform) -> sitting.Sitting:
    """An open attempt with items of every type."""
    sqlite_platform.plugins.course_folders.append(COURSES / "kinds")
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who, "kinds")
    return sitting.start(sqlite_platform, actor=who, exam="kinds-written")


def place(begun: sitting.Sitting, kind: str) -> int:
    return next(item.position for item in begun.items if item.type == kind)


def kept(platform: Platform, begun: sitting.Sitting) -> dict[int, object]:
    with platform.database.read() as session:
        found = attempts.latest(session, begun.attempt_id)
    return {position: one.answer for position, one in found.items()}


async def test_what_is_typed_in_the_last_second_and_never_confirmed_counts(
    show: Show, sqlite_platform: Platform, kinds: sitting.Sitting, clock: SetClock
) -> None:
    sitting.keep_position(
        sqlite_platform,
        actor=actor(sqlite_platform, "E1001"),
        attempt_id=kinds.attempt_id,
        fence=kinds.fence,
        position=place(kinds, "text"),
    )
    again = sitting.resume(
        sqlite_platform, actor=actor(sqlite_platform, "E1001"), exam="kinds-written"
    )
    async with show("E1001", lambda: ExamScreen(again)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        assert screen.position == place(kinds, "text")
        screen.widget.SAVE_AFTER_PAUSE = screen.widget.SAVE_WHILE_TYPING = 3600  # type: ignore[attr-defined]
        clock.set(again.deadline - SECOND / 2)
        await type_text(pilot, "sorry")
        await pilot.pause(1.5)

        assert kept(sqlite_platform, kinds) == {place(kinds, "text"): {"text": "sorry"}}


@pytest.mark.parametrize("leave", [("enter",), ("escape", "right"), ("escape", "n")])
async def test_text_typed_in_a_hurry_lands_on_its_own_item(
    show: Show, sqlite_platform: Platform, kinds: sitting.Sitting, leave: tuple[str, ...]
) -> None:
    here = place(kinds, "text")
    who = actor(sqlite_platform, "E1001")
    sitting.keep_position(
        sqlite_platform,
        actor=who,
        attempt_id=kinds.attempt_id,
        fence=kinds.fence,
        position=here,
    )
    again = sitting.resume(sqlite_platform, actor=who, exam="kinds-written")
    async with show("E1001", lambda: ExamScreen(again)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        await pilot.app._press_keys([*"sorry", *leave])
        for _look in range(100):
            await pilot.pause(0.02)
            if screen.position == here + 1 and screen.sheet.is_saved:
                break
        assert screen.position == here + 1

    assert kept(sqlite_platform, kinds) == {here: {"text": "sorry"}}


async def test_a_break_that_was_taken_away_meanwhile_ends_no_exam(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 3600)
    break_of(sqlite_platform)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        hr = actor(sqlite_platform, "H0001")
        accommodations.end(sqlite_platform, actor=hr, accommodation_id=1, reason="改派")
        await pilot.press("b", "y")
        await until(pilot, _("You have no break left in this exam."))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)

        assert isinstance(pilot.app.screen, ExamScreen)
        assert pilot.app.screen.sheet.entry(0).answer is not None


async def test_a_database_that_is_busy_when_a_break_ends_is_asked_again(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exam_saving, "RETRY_SECONDS", 0.1)
    break_of(sqlite_platform)
    begun = start(sqlite_platform, learner)
    tries = []
    really = breaks.end_break

    def busy(*arguments: object, **facts: object) -> object:
        tries.append(1)
        if len(tries) < 3:
            raise NotSaved("disk full")
        return really(*arguments, **facts)  # type: ignore[arg-type]

    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("b", "y")
        await until(pilot, _("You are on a break."))
        assert isinstance(pilot.app.screen, OnBreakScreen)
        monkeypatch.setattr(breaks, "end_break", busy)
        await pilot.press("enter")
        for _look in range(100):
            await pilot.pause(0.05)
            if len(tries) >= 3 and isinstance(pilot.app.screen, ExamScreen):
                break
        await pilot.press("1")
        await settle(pilot)

        assert isinstance(pilot.app.screen, ExamScreen)
        assert _("You are on a break; no answer is taken until it ends.") not in screen_text(pilot)
    attempt = stored_attempt(sqlite_platform, begun.attempt_id)
    assert attempt.break_began_at is None


def burst(pilot: Pilot[int], *keys: str) -> None:
    """Keys that a slow line brings all at once, as a terminal hands them over."""
    for key in keys:
        character = key if len(key) == 1 else None
        pilot.app.post_message(Key(key, character))


@pytest.mark.parametrize("on", ["right", "enter"])
async def test_keys_that_arrive_all_at_once_answer_each_its_own_item(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    on: str,
) -> None:
    begun = start(sqlite_platform, learner)
    first = [item.shown["options"][0]["id"] for item in begun.items]
    second = [item.shown["options"][1]["id"] for item in begun.items]
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        burst(pilot, "2", on, "1", on, "2", on, "1")
        for _look in range(100):
            await pilot.pause(0.02)
            if screen.position == 3 and screen.sheet.is_saved and not screen.sheet.unanswered():
                break

    assert kept(sqlite_platform, begun) == {
        place: {"chosen": [(second if place % 2 == 0 else first)[place]]} for place in range(4)
    }


async def test_the_number_of_an_item_typed_ahead_is_no_answer(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        burst(pilot, "g", "3", "enter")
        for _look in range(100):
            await pilot.pause(0.02)
            if screen.position == 2:
                break
        await settle(pilot)

        assert screen.position == 2
        assert pilot.app.screen is screen
    assert kept(sqlite_platform, begun) == {}

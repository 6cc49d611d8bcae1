"""What a candidate sees when an invigilator pauses, announces, ends, moves or admits."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from certify.domain.attempt import AttemptState
from certify.domain.person import Actor
from certify.i18n import _
from certify.platform import Platform
from certify.services import conducting, hall_board, registering, sitting
from certify.services.hall_board import Connection
from certify.tui import sitting_page
from certify.tui.screens import lobby as lobby_page
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.paused import PausedScreen
from certify.tui.screens.result import ResultScreen
from tests.platforms import NOON, actor, read_course
from tests.services.steps import clock_of, stored_attempt, stored_responses
from tests.tui.conftest import Show, arrive, screen_text, until

MINUTE = timedelta(minutes=1)
EXAM = "sample-written"
WHY = "座位漏水"


@pytest.fixture
def learner(sqlite_platform: Platform) -> Actor:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    return who


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(lobby_page, "KNOCK_SECONDS", 0.2)


def start(platform: Platform, who: Actor) -> sitting.Sitting:
    return sitting.start(platform, actor=who, exam=EXAM)


def hr(platform: Platform) -> Actor:
    return actor(platform, "H0001")


def pause(platform: Platform, attempt_id: int) -> None:
    conducting.pause(platform, actor=hr(platform), attempt_id=attempt_id, reason=WHY)


def go_on(platform: Platform, attempt_id: int) -> None:
    conducting.go_on(platform, actor=hr(platform), attempt_id=attempt_id, reason=WHY)


def announce(platform: Platform, attempt_id: int, text: str) -> None:
    conducting.announce(platform, actor=hr(platform), text=text, attempt_id=attempt_id)


async def gone(pilot: Pilot[int], text: str) -> None:
    """Wait until a text stands on the screen no more."""
    for _look in range(500):
        await pilot.pause(0.02)
        if text not in screen_text(pilot):
            return
    raise AssertionError(f"“{text}” did not go within 10 s")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_in_a_pause_no_item_is_in_sight_and_the_time_stands(
    show: Show, sqlite_platform: Platform, learner: Actor, lang: str
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun), lang=lang) as pilot:
        stem = begun.items[0].shown["stem"][lang][:6]
        assert stem in screen_text(pilot)
        clock_of(sqlite_platform).set(NOON + 10 * MINUTE)
        pause(sqlite_platform, begun.attempt_id)
        await arrive(pilot, PausedScreen)
        shown = await until(pilot, "20:00")

        assert stem not in shown
        assert WHY not in shown
        for key in ("escape", "enter", "1", "s", "y"):
            await pilot.press(key)
        clock_of(sqlite_platform).set(NOON + 60 * MINUTE)
        announce(sqlite_platform, begun.attempt_id, "请稍候五分钟")
        shown = await until(pilot, "请稍候五分钟")
        assert "20:00" in shown
        go_on(sqlite_platform, begun.attempt_id)
        shown = await until(pilot, stem)

        assert "20:00" in shown
        await pilot.press("1")
        await until(pilot, "13:00:00")
        assert len(stored_responses(sqlite_platform, begun.attempt_id)) == 1


async def test_what_was_answered_in_the_moment_of_the_pause_is_saved_after_it(
    show: Show, sqlite_platform: Platform, learner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting_page, "LOOK_SECONDS", 3600)
    monkeypatch.setattr("certify.tui.exam_saving.RETRY_SECONDS", 0.1)
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        pause(sqlite_platform, begun.attempt_id)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert stored_responses(sqlite_platform, begun.attempt_id) == []
        assert isinstance(pilot.app.screen, ExamScreen)
        go_on(sqlite_platform, begun.attempt_id)

        await until(pilot, "12:00:00")
        assert len(stored_responses(sqlite_platform, begun.attempt_id)) == 1


async def test_who_comes_back_in_a_pause_finds_it(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    pause(sqlite_platform, begun.attempt_id)
    again = sitting.resume(sqlite_platform, actor=learner, exam=EXAM)
    async with show("E1001", lambda: ExamScreen(again)) as pilot:
        await arrive(pilot, PausedScreen)
        assert "30:00" in await until(pilot, _("Exam paused"))


async def test_an_announcement_stays_until_it_was_read_and_can_be_read_again(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        assert _("Messages") not in screen_text(pilot)
        announce(sqlite_platform, begun.attempt_id, "[bold]第三题作废\x1b[2J")
        shown = await until(pilot, "[bold]第三题作废")
        assert begun.items[0].shown["stem"]["zh"][:6] in shown, "nothing is covered"
        announce(sqlite_platform, begun.attempt_id, "还有十分钟")
        await until(pilot, _("{count} new, M: read").format(count=2))

        await pilot.press("m")
        shown = await until(pilot, _("The invigilator announced"))
        assert "第三题作废" in shown
        assert "还有十分钟" in shown
        await pilot.press("enter")
        await gone(pilot, "还有十分钟")
        await pilot.press("f8")
        await until(pilot, "第三题作废")
        await pilot.press("escape")
        await gone(pilot, "第三题作废")
        await pilot.press("1")
        await until(pilot, "12:00:00")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_announcement_is_framed_in_the_language_that_is_spoken_now(
    show: Show, sqlite_platform: Platform, learner: Actor, size: tuple[int, int]
) -> None:
    begun = start(sqlite_platform, learner)
    announce(sqlite_platform, begun.attempt_id, "第三题作废")
    async with show("E1001", lambda: ExamScreen(begun), size=size) as pilot:
        await until(pilot, _("Invigilator: {text}").format(text="第三题作废"))
        await pilot.press("f2")
        await until(pilot, "Invigilator: 第三题作废")
        await pilot.press("m")
        await until(pilot, "The invigilator announced")
        await pilot.press("f2")
        await until(pilot, _("The invigilator announced"))
        assert "The invigilator announced" not in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("needs_admission", [True, False])
async def test_who_waits_before_the_exam_reads_what_is_announced_to_the_cohort(
    show: Show,
    sqlite_platform: Platform,
    learner: Actor,
    size: tuple[int, int],
    needs_admission: bool,
) -> None:
    numbers = [
        registering.new_cohort(
            sqlite_platform,
            actor=hr(sqlite_platform),
            exam=EXAM,
            title=title,
            closes_at=NOON + 60 * MINUTE,
            needs_admission=needs_admission,
        )
        for title in ("A 场", "B 场")
    ]
    for number, staff_no in zip(numbers, ("E1001", "E1002"), strict=True):
        registering.register(
            sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, staff_nos=[staff_no]
        )

    def tell(number: int, text: str) -> None:
        conducting.announce(sqlite_platform, actor=hr(sqlite_platform), text=text, cohort_id=number)

    tell(numbers[0], "推迟十分钟")
    async with show("E1001", lambda: LobbyScreen(EXAM), size=size) as pilot:
        said = _("Invigilator, {time}: {text}").format(time="12:00", text="推迟十分钟")
        assert said in screen_text(pilot)
        tell(numbers[1], "B 场换教室")
        tell(numbers[0], "[b]请带证件\x1b[2J")
        shown = await until(pilot, "[b]请带证件")
        assert "B 场换教室" not in shown
        assert "推迟十分钟" in shown
        await pilot.press("f2")
        shown = await until(pilot, "Invigilator, 12:00: [b]请带证件")
        assert isinstance(pilot.app.screen, LobbyScreen)


async def test_who_is_ended_is_told_and_sees_the_result(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        pause(sqlite_platform, begun.attempt_id)
        await arrive(pilot, PausedScreen)
        conducting.end(
            sqlite_platform,
            actor=hr(sqlite_platform),
            attempt_id=begun.attempt_id,
            reason=WHY,
        )

        shown = await until(pilot, _("Your exam is over"))
        assert WHY not in shown
        await pilot.press("enter")
        await arrive(pilot, ResultScreen)
        ended = _("The invigilator ended it before its time; it counts as it stood.")
        shown = await until(pilot, ended[:6])
        assert WHY not in shown


async def test_who_is_moved_is_told_where_to(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        conducting.move(
            sqlite_platform,
            actor=hr(sqlite_platform),
            attempt_id=begun.attempt_id,
            seat="B-07",
            reason=WHY,
        )

        await until(pilot, _("Your exam goes on at another terminal"))
        assert "B-07" in screen_text(pilot)
        await pilot.press("enter")
        await gone(pilot, "B-07")
        assert not isinstance(pilot.app.screen, ExamScreen)
    assert stored_attempt(sqlite_platform, begun.attempt_id).state is AttemptState.OPEN


async def test_who_waits_gets_in_without_a_key(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    number = registering.new_cohort(
        sqlite_platform,
        actor=hr(sqlite_platform),
        exam=EXAM,
        title="A",
        place="三楼机房",
        needs_admission=True,
    )
    registering.register(
        sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, staff_nos=["E1001"]
    )
    async with show("E1001", lambda: LobbyScreen(EXAM)) as pilot:
        shown = await until(pilot, _("Please wait for the invigilator.")[:6])
        assert "三楼机房" in shown
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, LobbyScreen)
        conducting.admit(
            sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, staff_nos=["E1001"]
        )

        await until(pilot, _("Ready? Press Enter to start."))
        await pilot.press("enter")
        await arrive(pilot, ExamScreen)


async def test_a_server_notes_that_a_terminal_came_and_went(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    begun = start(sqlite_platform, learner)

    def connection() -> Connection:
        found = hall_board.board(sqlite_platform, actor=hr(sqlite_platform))
        (one,) = found.candidates
        return one.connection

    from certify.services import downtime

    downtime.beat(sqlite_platform, node="here-1")
    async with show("E1001", lambda: LobbyScreen(EXAM)) as pilot:
        pilot.app.node = "here-1"  # type: ignore[attr-defined]
        assert connection() is Connection.NONE
        await pilot.app.push_screen(ExamScreen(begun))
        for _look in range(200):
            await pilot.pause(0.02)
            if connection() is Connection.CONNECTED:
                break
        assert connection() is Connection.CONNECTED
        assert len(pilot.app.sittings) == 1  # type: ignore[attr-defined]
    assert connection() is Connection.LOST

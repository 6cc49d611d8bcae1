"""In the hall, too, only sequences of our own reach a terminal: on screens of both sides."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from textual.screen import Screen

from certify.domain.attempt import Attempt
from certify.errors import AttemptClosed, TakenOver
from certify.platform import Platform
from certify.services import conducting, exam_codes, sitting
from certify.tui.dialogs.announced import AnnouncedDialog
from certify.tui.dialogs.sitting_left import SittingLeft
from certify.tui.pages import page_named
from certify.tui.screens.cohort import CohortScreen
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.exam_codes import ExamCodesScreen
from certify.tui.screens.invigilation import InvigilationScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.only_exam import OnlyExamScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.screens.sitting_events import SittingEventsScreen
from tests.platforms import actor
from tests.server.foreign import at_terminal, foreign, show
from tests.server.spoiled_hall import EVERY, EXAM, SHOWN, TEXTS, make_hall, spoil


@pytest.fixture
def hall(sqlite_platform: Platform) -> int:
    return make_hall(sqlite_platform)


def begun_last(platform: Platform) -> int:
    with platform.database.read() as session:
        return session.exec(select(Attempt)).all()[-1].id or 0


def attempt_by(platform: Platform, person_id: int) -> int:
    with platform.database.read() as session:
        mine = select(Attempt).where(Attempt.person_id == person_id)
        return session.exec(mine).one().id or 0


async def test_reasons_seats_and_sittings_bring_nothing_foreign_to_who_conducts_an_exam(
    sqlite_platform: Platform, hall: int
) -> None:
    codes = exam_codes.issue(sqlite_platform, actor=actor(sqlite_platform, "H0001"), cohort_id=hall)
    spoil(sqlite_platform)
    codes = tuple(
        exam_codes.ExamCode(one.staff_no, EVERY, f"{EVERY}{one.staff_no}", one.code)
        for one in codes
    )
    attempt_id = begun_last(sqlite_platform)
    pages: tuple[Callable[[], Screen[None]], ...] = (
        lambda: page_named("cohorts"),
        lambda: CohortScreen(hall),
        lambda: ExamCodesScreen(EVERY, hall, codes),
        lambda: InvigilationScreen(hall),
        lambda: SittingEventsScreen(attempt_id, EVERY),
        lambda: page_named("marking"),
        lambda: page_named("dashboard"),
    )
    async with at_terminal(sqlite_platform, "H0001") as (session, caught):
        for page in pages:
            sent = await show(session, caught, page)
            assert SHOWN in sent.decode()
            assert foreign(sent) == []
    assert foreign(bytes(caught.sent)) == []


async def test_lobby_messages_and_result_bring_nothing_foreign_to_a_candidate(
    sqlite_platform: Platform, hall: int
) -> None:
    platform = sqlite_platform
    spoil(platform)
    her, him = actor(platform, "E1001"), actor(platform, "E1002")
    begun = sitting.start(platform, actor=her, exam=EXAM)
    told = [(platform.clock.now(), one) for one in TEXTS]
    passed = attempt_by(platform, him.person_id)
    async with at_terminal(platform, "E1001") as (session, caught):
        pages: tuple[Callable[[], Any], ...] = (
            lambda: OnlyExamScreen(EXAM),
            lambda: LobbyScreen(EXAM),
            lambda: AnnouncedDialog(told),
            lambda: SittingLeft(TakenOver(EVERY, mend=EVERY)),
            lambda: SittingLeft(AttemptClosed(EVERY)),
            lambda: ExamScreen(begun),
        )
        for page in pages:
            sent = await show(session, caught, page)
            assert SHOWN in sent.decode()
            assert foreign(sent) == []
        conducting.pause(
            platform, actor=actor(platform, "H0001"), attempt_id=begun.attempt_id, reason=EVERY
        )
        assert foreign(await show(session, caught, lambda: ExamScreen(begun))) == []
    assert foreign(bytes(caught.sent)) == []
    conducting.end(
        platform, actor=actor(platform, "H0001"), attempt_id=begun.attempt_id, reason=EVERY
    )
    for staff_no, attempt_id in (("E1001", begun.attempt_id), ("E1002", passed)):
        async with at_terminal(platform, staff_no) as (session, caught):
            sent = await show(session, caught, lambda: ResultScreen(attempt_id))  # noqa: B023
            assert SHOWN in sent.decode()
        assert foreign(bytes(caught.sent)) == []

"""An exam hall over SSH: codes and seats, admission, a pause, a cut cable, results, the ledger."""

import asyncio
from datetime import timedelta

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import conducting, exam_codes, hall_board, ledger, registering, seating
from certify.services.audit.entries import entries
from certify.services.hall_board import CandidateState
from tests.platforms import actor, read_course
from tests.server.serving import Client, served

EXAM = "sample-written"


def states(platform: Platform, cohort: int) -> dict[str, CandidateState]:
    """How everybody stands, as the invigilator sees it."""
    found = hall_board.board(platform, actor=actor(platform, "H0001"), cohort_id=cohort)
    return {one.staff_no: one.state for one in found.candidates}


async def test_a_hall_sits_an_exam_over_ssh(platform: Platform, clock: SetClock) -> None:
    hr = actor(platform, "H0001")
    for staff_no in ("E1001", "E1002"):
        read_course(platform, actor(platform, staff_no))
    now = clock.now()
    cohort = registering.new_cohort(
        platform,
        actor=hr,
        exam=EXAM,
        title="三月考场",
        opens_at=now,
        closes_at=now + timedelta(hours=3),
        place="一号考场",
        needs_admission=True,
    )
    registering.register(platform, actor=hr, cohort_id=cohort, staff_nos=["E1001", "E1002"])
    seating.assign_free(platform, actor=hr, cohort_id=cohort)
    codes = {
        one.staff_no: one.code for one in exam_codes.issue(platform, actor=hr, cohort_id=cohort)
    }

    async with served(platform) as hall:
        wang = hall.client("E1001", codes["E1001"])
        async with wang, hall.client("E1002", codes["E1002"]) as li:
            await wait_for_admission(platform, cohort, wang, li)
            for one in (wang, li):
                one.press("enter")
                await one.until("1 / 4")
            assert states(platform, cohort) == {
                "E1001": CandidateState.SITTING,
                "E1002": CandidateState.SITTING,
            }
            await stop_and_go_on(platform, cohort, wang)
            await answer(wang, "1")
            await wang.leave()

            async with hall.client("E1001", codes["E1001"]) as again:
                await come_back(again)
                for one in (again, li):
                    await finish(one)
    check_all(platform, cohort)


async def wait_for_admission(platform: Platform, cohort: int, *candidates: Client) -> None:
    """Both see their seat and wait; they get in by themselves once they are admitted."""
    for number, one in enumerate(candidates, start=1):
        assert "一号考场" in await one.until("‖")
        assert f"A-0{number}" in one.shown
    assert set(states(platform, cohort).values()) == {CandidateState.WAITING}

    conducting.admit(
        platform,
        actor=actor(platform, "H0001"),
        cohort_id=cohort,
        staff_nos=["E1001", "E1002"],
    )
    for one in candidates:
        await one.until_gone("‖")


async def stop_and_go_on(platform: Platform, cohort: int, wang: Client) -> None:
    """A pause hides the items; an announcement is read in it."""
    hr, attempt = actor(platform, "H0001"), attempt_of(platform, cohort, "E1001")
    conducting.pause(platform, actor=hr, attempt_id=attempt, reason="换座位")
    await wang.until("‖")
    assert "1 / 4" not in wang.shown
    conducting.announce(platform, actor=hr, cohort_id=cohort, text="请坐到前排")
    await wang.until("请坐到前排")
    conducting.go_on(platform, actor=hr, attempt_id=attempt, reason="已坐好")
    await wang.until("1 / 4")


async def answer(one: Client, option: str) -> None:
    """Choose an option; what is shown as saved is in the database."""
    one.press(option)
    await one.until("✓ 已存")


async def come_back(again: Client) -> None:
    """With the same code, on another terminal: same item, same answer."""
    await again.until("Enter")
    again.press("enter")
    await again.until("1 / 4")
    await again.until("(●)")


async def finish(one: Client) -> None:
    """Hand in and see the verdict; who came with a code sees nothing else and is let go."""
    one.press("s")
    await one.until("Y")
    while "未通过" not in one.shown:  # a yes in the first moment counts as a slip
        one.press("y")
        await asyncio.sleep(0.2)


def attempt_of(platform: Platform, cohort: int, staff_no: str) -> int:
    """The attempt of a candidate, as the invigilator sees it."""
    found = hall_board.board(platform, actor=actor(platform, "H0001"), cohort_id=cohort)
    (attempt,) = [one.attempt_id for one in found.candidates if one.staff_no == staff_no]
    assert attempt is not None
    return attempt


def check_all(platform: Platform, cohort: int) -> None:
    """Everybody has one result, the terminals are gone, and the ledger tells all of it."""
    assert set(states(platform, cohort).values()) == {CandidateState.SUBMITTED}
    found = ledger.verify(platform, actor=CONSOLE)
    assert found.holds
    actions = {one.action for one in entries(platform, actor=CONSOLE)}
    assert {"attempt-paused", "attempt-went-on", "candidate-admitted", "announced"} <= actions

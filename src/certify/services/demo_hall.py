"""The sitting that goes on in the ready-made company: some work, one waits, one is cut off."""

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from certify.domain.person import Actor
from certify.services import (
    conducting,
    demo_answers,
    hall_board,
    registering,
    seating,
    sitting,
    sitting_events,
)
from certify.services.demo_stage import EXAMS, FOUNDATIONS, HR, TRAINER, Happening, Stage

TITLE, PLACE = "复审集中考试", "二楼培训室"
CUT_OFF, PAUSED, WORKING = "001011", "001013", "001014"
BEGAN = ((CUT_OFF, 46, 11), (PAUSED, 45, 8), (WORKING, 5, 10))
"""Staff number, minutes since the person began, items answered by now."""
ADMITTED, WAITS, EXCUSED = "001017", "001019", "001021"
"""Who may begin, who waits to be let in, who need not come."""
THINKS = 5
"""Seconds before an answer: one who begins does not wait for another to answer."""
NODE = "demo"
"""The server at which one of them was."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    yield Happening(stage.at(1, 16), partial(_register, stage))
    for staff_no, minutes, count in BEGAN:
        yield _before(stage, minutes, partial(_begin, stage, staff_no, count))
    yield _before(stage, 20, partial(_pause, stage))
    yield _before(stage, 18, partial(_cut_off, stage))


def _before(stage: Stage, minutes: int, do: partial[None]) -> Happening:
    return Happening(stage.present - timedelta(minutes=minutes), do)


def _register(stage: Stage) -> None:
    """Everything the day before: who comes, where they sit, who is let in."""
    platform, trainer = stage.platform, stage.actor(TRAINER)
    cohort = registering.new_cohort(
        platform,
        actor=trainer,
        exam=EXAMS[FOUNDATIONS],
        title=TITLE,
        opens_at=stage.present - timedelta(minutes=50),
        closes_at=stage.present + timedelta(minutes=70),
        place=PLACE,
        needs_admission=True,
    )
    come = [*(staff_no for staff_no, _minutes, _count in BEGAN), ADMITTED]
    everybody = [*come, WAITS, EXCUSED]
    registering.register(platform, actor=trainer, cohort_id=cohort, staff_nos=everybody)
    seating.assign_free(platform, actor=trainer, cohort_id=cohort)
    reason = "当日在客户现场，主管已准假"
    registering.excuse(platform, actor=trainer, cohort_id=cohort, staff_no=EXCUSED, reason=reason)
    conducting.admit(platform, actor=trainer, cohort_id=cohort, staff_nos=come)


def _begin(stage: Stage, staff_no: str, count: int) -> None:
    who = stage.actor(staff_no)
    begun = sitting.start(stage.platform, actor=who, exam=EXAMS[FOUNDATIONS])
    chance = random.Random(int(staff_no))  # noqa: S311  a story, not a secret
    answers = demo_answers.prepared(
        stage.platform, attempt_id=begun.attempt_id, wrong=2, weak=(), chance=chance
    )
    think = partial(stage.clock.advance, timedelta(seconds=THINKS))
    demo_answers.give(stage.platform, who, begun, answers[:count], think)
    if staff_no == CUT_OFF:
        _terminal(stage, who, begun.attempt_id, "connected")


def _pause(stage: Stage) -> None:
    conducting.pause(
        stage.platform,
        actor=stage.actor(HR),
        attempt_id=_attempt(stage, PAUSED),
        reason="屏幕损坏，正在更换",
    )


def _cut_off(stage: Stage) -> None:
    who = stage.actor(CUT_OFF)
    _terminal(stage, who, _attempt(stage, CUT_OFF), "disconnected")


def _terminal(stage: Stage, who: Actor, attempt_id: int, kind: sitting_events.Link) -> None:
    sitting_events.note_terminal(
        stage.platform, actor=who, attempt_id=attempt_id, kind=kind, fence=1, node=NODE
    )


def _attempt(stage: Stage, staff_no: str) -> int:
    """The open attempt of somebody."""
    board = hall_board.board(stage.platform, actor=stage.actor(HR))
    return next(one.attempt_id or 0 for one in board.candidates if one.staff_no == staff_no)

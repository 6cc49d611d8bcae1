"""Practical exams are opened by an examiner; both parts of a process are passed (R-ASM-05)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from certify.domain.attempt import AttemptState
from certify.domain.person import Actor
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import speaking
from certify.platform import Platform
from certify.policy import ExamPassed, Level, Policy, QualificationPolicy
from certify.services import catalogue, lobby, marking, practical, results, sitting
from tests.platforms import NOON, actor, with_policy
from tests.services.marking_steps import (
    PRACTICAL,
    WRITTEN,
    hand_in,
    load_marked,
    mark,
    mark_all,
    waiting,
)
from tests.services.steps import check_books, clock_of, stored_attempt

DAY = timedelta(days=1)


@pytest.fixture
def marked(platform: Platform) -> Platform:
    """A company with a process of two parts, and a level for a course of its kind."""
    load_marked(platform)
    level = Level(
        code="L2",
        title={"zh": "技师", "en": "Technician"},
        months=12,
        conditions=(ExamPassed(course_kind="special"),),
    )
    return with_policy(platform, Policy(qualification=QualificationPolicy(ladder=(level,))))


def examine(platform: Platform, staff_no: str = "E1001", share: str = "1") -> None:
    """Open the practical exam for a person and mark it."""
    (code,) = practical.open_practical(
        platform, actor=actor(platform, "X0001"), exam=PRACTICAL, staff_no=staff_no
    )
    assert mark(platform, "X0001", code, share).is_decided


def write(platform: Platform, staff_no: str = "E1001") -> None:
    """Pass the written exam."""
    hand_in(platform, actor(platform, staff_no))
    mark_all(platform, "X0001")


def held(platform: Platform, who: Actor) -> dict[str, date]:
    """Day of issue by code of the newest of each qualification."""
    found = results.record(platform, actor=who).qualifications
    return {view.code: view.issued_on for view in reversed(found)}


def blockers(platform: Platform, who: Actor, exam: str) -> tuple[str, ...]:
    """Why an exam cannot be sat now, in English."""
    with speaking("en"):
        return lobby.lobby(platform, actor=who, exam=exam).blockers


# ── Opening ──────────────────────────────────────────────────────────────────────────────────


def test_an_opened_practical_waits_for_its_examiner_who_sees_the_person(marked: Platform) -> None:
    (code,) = practical.open_practical(
        marked, actor=actor(marked, "X0001"), exam=PRACTICAL, staff_no="E1001"
    )
    view = marking.answer(marked, actor=actor(marked, "X0001"), code=code)
    assert view.waiting.candidate == "王小兰 E1001"
    assert view.answer == {"zh": "", "en": ""}
    assert [one.code for one in waiting(marked, "X0002")] == [code]
    found = results.record(marked, actor=actor(marked, "E1001")).attempts
    assert [one.state for one in found] == [AttemptState.AWAITING]
    with pytest.raises(Refused):
        practical.open_practical(
            marked, actor=actor(marked, "X0002"), exam=PRACTICAL, staff_no="E1001"
        )
    check_books(marked)


def test_nobody_starts_a_practical_exam_at_a_terminal(marked: Platform) -> None:
    learner = actor(marked, "E1001")
    assert blockers(marked, learner, PRACTICAL) == (
        "An examiner watches this exam and opens it for you.",
    )
    with pytest.raises(Refused):
        sitting.start(marked, actor=learner, exam=PRACTICAL)


def test_what_keeps_a_person_from_an_exam_keeps_them_from_a_practical_too(
    marked: Platform,
) -> None:
    with pytest.raises(Refused) as caught, speaking("en"):
        practical.open_practical(
            marked, actor=actor(marked, "X0001"), exam=PRACTICAL, staff_no="X0002"
        )
    assert "Finish all lessons of the course first." in caught.value.message


def test_only_an_examiner_who_may_mark_the_person_opens_a_practical(marked: Platform) -> None:
    def open_as(staff_no: str, exam: str = PRACTICAL, candidate: str = "E1001") -> None:
        practical.open_practical(
            marked, actor=actor(marked, staff_no), exam=exam, staff_no=candidate
        )

    for staff_no, error in (("E1002", NotPermitted), ("T0001", Refused)):
        with pytest.raises(error):
            open_as(staff_no)
    with pytest.raises(Refused):
        open_as("X0001", exam=WRITTEN)
    with pytest.raises(NotFound):
        open_as("X0001", candidate="9999")
    assert results.record(marked, actor=actor(marked, "E1001")).attempts == ()
    known = practical.practical_exams(marked, actor=actor(marked, "X0001"))
    assert [one.exam for one in known] == [PRACTICAL]


# ── Parts ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order", [(write, examine), (examine, write)])
def test_only_both_parts_together_give_the_process_and_the_level(
    marked: Platform, order: tuple[Callable[[Platform], None], Callable[[Platform], None]]
) -> None:
    learner = actor(marked, "E1001")
    first, second = order
    first(marked)
    assert held(marked, learner) == {}
    level = catalogue.level(marked, actor=learner, staff_no="E1001", code="L2")
    assert [one.is_met for one in level.rung.conditions] == [False]
    clock_of(marked).advance(90 * DAY)
    second(marked)
    day = date(2024, 3, 4) + 90 * DAY
    assert held(marked, learner) == {"visiting": day, "L2": day}
    check_books(marked)


def test_a_part_that_ran_out_must_be_passed_again(marked: Platform) -> None:
    learner = actor(marked, "E1001")
    write(marked)
    in_part = "You have passed this part; the other part of the exam is still to be passed."
    assert blockers(marked, learner, WRITTEN) == (in_part,)
    clock_of(marked).advance(91 * DAY)
    examine(marked)
    assert held(marked, learner) == {}
    assert blockers(marked, learner, WRITTEN) == ()
    write(marked)
    assert set(held(marked, learner)) == {"visiting", "L2"}


def test_waiting_for_an_examiner_costs_no_part_but_dates_what_it_gives(marked: Platform) -> None:
    learner = actor(marked, "E1001")
    examine(marked)
    clock_of(marked).advance(90 * DAY)
    hand_in(marked, learner)
    clock_of(marked).advance(30 * DAY)
    mark_all(marked, "X0002")
    decided = date(2024, 3, 4) + 120 * DAY
    assert held(marked, learner) == {"visiting": decided, "L2": decided}


def test_a_failed_part_is_failed_whatever_the_other_gave(marked: Platform) -> None:
    learner = actor(marked, "E1001")
    write(marked)
    examine(marked, share="0.5")
    assert held(marked, learner) == {}
    assert lobby.lobby(marked, actor=learner, exam=PRACTICAL).remedial is not None


def test_renewing_asks_for_both_parts_again_within_the_window(marked: Platform) -> None:
    learner = actor(marked, "E1001")
    write(marked)
    examine(marked)
    clock_of(marked).set(NOON + 320 * DAY)
    assert blockers(marked, learner, WRITTEN) == ()
    write(marked)
    assert held(marked, learner)["visiting"] == date(2024, 3, 4)
    assert len(blockers(marked, learner, WRITTEN)) == 1
    examine(marked)
    day = date(2024, 3, 4) + 320 * DAY
    assert held(marked, learner) == {"visiting": day, "L2": day}
    assert stored_attempt(marked, 4).number == 1

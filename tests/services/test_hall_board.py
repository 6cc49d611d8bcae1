"""The board of a hall, what servers watch, and that both stay light (issue 7)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from certify.domain.attempt import Attempt
from certify.domain.person import CONSOLE, Actor, Person
from certify.domain.registration import CohortMember
from certify.errors import NotFound, NotPermitted
from certify.platform import Platform
from certify.services import (
    breaks,
    conducting,
    downtime,
    hall_board,
    registering,
    sitting_events,
    sitting_watch,
)
from certify.services.hall_board import Board, Candidate, CandidateState, Connection
from certify.storage.rows import insert_all
from tests.platforms import NOON, actor, read_course
from tests.services.steps import EXAM, Terminal, begin, clock_of, take_over
from tests.services.test_accommodations import grant

MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)


def hr(platform: Platform) -> Actor:
    return actor(platform, "H0001")


def hall(platform: Platform, *staff_nos: str, **what: Any) -> int:
    made: dict[str, Any] = {"opens_at": NOON, "closes_at": NOON + 2 * HOUR, **what}
    number = registering.new_cohort(
        platform, actor=hr(platform), exam=EXAM, title="三月批次", **made
    )
    registering.register(platform, actor=CONSOLE, cohort_id=number, staff_nos=staff_nos)
    return number


def seen(platform: Platform, number: int | None = None) -> Board:
    return hall_board.board(platform, actor=hr(platform), cohort_id=number)


def one(platform: Platform, number: int, staff_no: str = "E1001") -> Candidate:
    return next(c for c in seen(platform, number).candidates if c.staff_no == staff_no)


def seated(platform: Platform, staff_no: str = "E1001") -> Terminal:
    who = actor(platform, staff_no)
    read_course(platform, who)
    return begin(platform, who)


def test_every_state_of_a_candidate_is_shown(platform: Platform) -> None:
    grant(platform, break_minutes=5)
    number = hall(platform, "E1001", "E1002", needs_admission=True, late_minutes=10, place="302")
    invigilator, clock = hr(platform), clock_of(platform)
    state = [one(platform, number).state]
    conducting.admit(platform, actor=invigilator, cohort_id=number, staff_nos=["E1001"])
    state.append(one(platform, number).state)
    begun = seated(platform)
    state.append(one(platform, number).state)
    mine = {"attempt_id": begun.sitting.attempt_id, "fence": begun.sitting.fence}
    breaks.begin_break(platform, actor=begun.who, **mine)
    state.append(one(platform, number).state)
    reasoned: dict[str, Any] = {
        "actor": invigilator,
        "attempt_id": begun.sitting.attempt_id,
        "reason": "x",
    }
    conducting.pause(platform, **reasoned)
    state.append(one(platform, number).state)
    clock.advance(HOUR)
    paused = one(platform, number)
    assert paused.time_left(clock.now()) == 35 * 60, "the break is in it, and the pause not"
    conducting.end(platform, **reasoned)
    state.append(one(platform, number).state)

    assert state == [
        CandidateState.WAITING,
        CandidateState.ADMITTED,
        CandidateState.SITTING,
        CandidateState.ON_BREAK,
        CandidateState.PAUSED,
        CandidateState.ENDED,
    ]
    late = one(platform, number, "E1002")
    assert (late.state, late.is_late) == (CandidateState.WAITING, True)
    clock.set(NOON + 2 * HOUR)
    assert one(platform, number, "E1002").state is CandidateState.NO_SHOW
    found = seen(platform, number)
    assert (found.title, found.place, found.needs_admission) == ("三月批次", "302", True)
    assert [c.staff_no for c in found.candidates] == ["E1001", "E1002"]


def test_who_need_not_be_admitted_is_to_come_and_who_is_excused_is_said_so(
    platform: Platform,
) -> None:
    number = hall(platform, "E1001", "E1002", opens_at=NOON + HOUR)
    registering.excuse(
        platform, actor=hr(platform), cohort_id=number, staff_no="E1002", reason="病假"
    )

    assert one(platform, number).state is CandidateState.TO_COME
    assert one(platform, number, "E1002").state is CandidateState.EXCUSED
    clock_of(platform).set(NOON + HOUR)
    begun = seated(platform)
    begun.answer_all()
    begun.submit()
    done = one(platform, number)
    assert (done.state, done.answered, done.time_left(NOON)) == (CandidateState.SUBMITTED, 4, None)


def test_answers_and_attention_are_counted(platform: Platform) -> None:
    number = hall(platform, "E1001")
    begun = seated(platform)
    clock_of(platform).advance(MINUTE)
    begun.respond(0, begun.right(0))
    begun.respond(0, begun.wrong(0))
    begun.respond(1, begun.right(1))
    begun.respond(1, None)
    for kind, seconds in (("focus-lost", None), ("focus-back", 7), ("focus-lost", None)):
        sitting_events.record(
            platform,
            actor=begun.who,
            attempt_id=begun.sitting.attempt_id,
            kind=kind,  # type: ignore[arg-type]
            seconds=seconds,
        )

    found = one(platform, number)

    assert (found.answered, found.items, found.last_saved) == (1, 4, NOON + MINUTE)
    assert (found.focus_lost, found.seconds_away, found.is_away) == (2, 7, True)


def note(terminal: Terminal, kind: Any, node: str = "here-1") -> None:
    sitting_events.note_terminal(
        terminal.platform,
        actor=terminal.who,
        attempt_id=terminal.sitting.attempt_id,
        kind=kind,
        fence=terminal.sitting.fence,
        node=node,
    )


def test_a_connection_is_that_of_the_terminal_that_holds_the_attempt(platform: Platform) -> None:
    number = hall(platform, "E1001")
    begun, clock = seated(platform), clock_of(platform)

    def link() -> Connection:
        return one(platform, number).connection

    assert link() is Connection.NONE
    downtime.beat(platform, node="here-1")
    note(begun, "connected")
    assert link() is Connection.CONNECTED
    clock.advance(SECOND)
    there = take_over(platform, begun.who)
    assert link() is Connection.LOST, "the other terminal has not come yet"
    note(there, "connected")
    note(begun, "disconnected")
    assert link() is Connection.CONNECTED, "the old one says nothing of the new one"
    assert one(platform, number).connected_since == clock.now()
    note(there, "disconnected")
    assert link() is Connection.LOST
    note(there, "connected")
    beat = platform.policy.sitting.beat_seconds
    clock.advance(timedelta(seconds=3 * beat - 1))
    assert link() is Connection.CONNECTED
    clock.advance(SECOND)
    assert link() is Connection.LOST, "its server is silent"
    downtime.beat(platform, node="here-1")
    assert link() is Connection.CONNECTED
    downtime.stop(platform, node="here-1")
    assert link() is Connection.LOST
    there.submit()
    assert link() is Connection.NONE


def test_without_a_cohort_whoever_sits_now_is_shown_the_first_end_first(
    platform: Platform,
) -> None:
    begun = seated(platform)
    clock_of(platform).advance(MINUTE)
    beside = seated(platform, "E1002")
    found = seen(platform)

    assert [c.staff_no for c in found.candidates] == ["E1001", "E1002"]
    assert found.title == ""
    begun.submit()
    assert [c.attempt_id for c in seen(platform).candidates] == [beside.sitting.attempt_id]
    by_exam = hall_board.board(platform, actor=hr(platform), exam=EXAM)
    assert len(by_exam.candidates) == 1
    for what in ({"exam": "no"}, {"cohort_id": 99}):
        with pytest.raises(NotFound):
            hall_board.board(platform, actor=hr(platform), **what)


def test_a_supervisor_watches_reports_and_does_nothing(platform: Platform) -> None:
    number = hall(platform, "E1001", "H0001", needs_admission=True)
    boss = actor(platform, "S0001")

    found = hall_board.board(platform, actor=boss, cohort_id=number)

    assert [c.staff_no for c in found.candidates] == ["E1001"]
    with pytest.raises(NotPermitted):
        conducting.admit(platform, actor=boss, cohort_id=number, staff_nos=["E1001"])
    with pytest.raises(NotPermitted):
        hall_board.board(platform, actor=actor(platform, "E1002"), cohort_id=number)


def test_servers_watch_every_sitting_at_once(platform: Platform) -> None:
    begun, beside = seated(platform), seated(platform, "E1002")
    ids = [begun.sitting.attempt_id, beside.sitting.attempt_id]
    conducting.announce(platform, actor=hr(platform), text="十分钟", exam=EXAM)
    conducting.announce(platform, actor=hr(platform), text="只给你", attempt_id=ids[1])
    conducting.pause(platform, actor=hr(platform), attempt_id=ids[0], reason="x")

    found = sitting_watch.changes(platform, [*ids, 999])

    assert set(found) == set(ids)
    assert [[a.text for a in found[id_].announcements] for id_ in ids] == [
        ["十分钟"],
        ["十分钟", "只给你"],
    ]
    assert [found[id_].paused_at for id_ in ids] == [NOON, None]
    assert all(one.is_open for one in found.values())
    assert sitting_watch.changes(platform, []) == {}


@contextmanager
def counted(platform: Platform) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    said: list[str] = []

    def hear(*facts: Any) -> None:
        said.append(facts[2])

    event.listen(platform.database.engine, "before_cursor_execute", hear)
    yield said
    event.remove(platform.database.engine, "before_cursor_execute", hear)


def fill(platform: Platform, number: int, count: int) -> list[int]:
    """So many candidates who sit in a cohort; their attempts."""
    like = seated(platform)
    with platform.database.write() as session:
        pattern = session.get_one(Attempt, like.sitting.attempt_id).model_dump(exclude={"id"})
        person = session.get_one(Person, like.who.person_id).model_dump(exclude={"id"})
        new = [Person(**{**person, "staff_no": f"Q{n:05}"}) for n in range(count)]
        session.add_all(new)
        session.flush()
        ids = [one.id or 0 for one in new]
        attempts = [Attempt(**{**pattern, "person_id": id_}) for id_ in ids]
        session.add_all(attempts)
        rows = [CohortMember(cohort_id=number, person_id=id_).model_dump() for id_ in ids]
        insert_all(session, CohortMember, rows)
        session.flush()
        return [one.id or 0 for one in attempts]


def test_a_board_of_many_takes_as_many_queries_as_one_of_few(platform: Platform) -> None:
    number = hall(platform, "E1001")
    with counted(platform) as few:
        seen(platform, number)
    ids = fill(platform, number, 300)
    with counted(platform) as many:
        found = seen(platform, number)
    with counted(platform) as watching:
        assert len(sitting_watch.changes(platform, ids)) == 300

    assert len(found.candidates) == 301
    assert len(many) == len(few)
    assert len(many) <= 10, many
    assert sum("announcement" in one for one in watching) == 1
    assert len(watching) <= 2, watching

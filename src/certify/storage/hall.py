"""What is read of many sittings at once: a fixed number of queries, however many candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.person import Person
from certify.domain.registration import Announcement, Cohort, CohortMember
from certify.domain.sitting_time import SittingEvent
from certify.storage.rows import rows_of

FOCUS = ("focus-lost", "focus-back")
TERMINAL = ("connected", "disconnected")


@dataclass(frozen=True, slots=True)
class WatchRow:
    """The time of one attempt."""

    attempt_id: int
    person_id: int
    deadline: datetime
    break_left: int
    break_began_at: datetime | None
    state: AttemptState
    paused_at: datetime | None
    fence: int
    ended_by: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement as one attempt hears it."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as an invigilator follows it; no item and no mark is in it."""

    id: int
    person_id: int
    number: int
    state: AttemptState
    items: int
    started_at: datetime
    deadline: datetime
    cohort_id: int | None
    break_left: int
    break_began_at: datetime | None
    paused_at: datetime | None
    ended_by: int | None
    fence: int
    staff_no: str
    name: str
    supervisor_id: int | None
    exam: str
    title: dict[str, str]
    cohort: str
    seat: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a cohort, with the person."""

    person_id: int
    staff_no: str
    name: str
    supervisor_id: int | None
    seat: str
    excused: bool
    admitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Away:
    """How often and how long a terminal was left for another window."""

    lost: int = 0
    seconds: int = 0
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The last thing heard of the terminal that holds an attempt."""

    kind: str
    at: datetime
    node: str
    is_of_holder: bool
    """False where only terminals connected that do not hold it any more."""


_IS_TOLD = and_(
    col(Announcement.exam_id) == col(Attempt.exam_id),
    or_(
        col(Announcement.attempt_id) == col(Attempt.id),
        and_(
            col(Announcement.attempt_id).is_(None),
            col(Announcement.cohort_id) == col(Attempt.cohort_id),
        ),
        and_(
            col(Announcement.attempt_id).is_(None),
            col(Announcement.cohort_id).is_(None),
            col(Announcement.at) >= col(Attempt.started_at),
        ),
    ),
)
"""Who comes late hears what their cohort was told before; what was told to whoever sat then is
for those alone."""
_WATCHED = columns(
    col(Attempt.id),
    col(Attempt.person_id),
    col(Attempt.deadline),
    col(Attempt.break_left),
    col(Attempt.break_began_at),
    col(Attempt.state),
    col(Attempt.paused_at),
    col(Attempt.fence),
    col(Attempt.ended_by),
    col(Announcement.id),
    col(Announcement.text),
    col(Announcement.at),
).outerjoin(Announcement, _IS_TOLD)


def watched(
    session: Session, attempt_ids: Sequence[int]
) -> dict[int, tuple[WatchRow, tuple[Told, ...]]]:
    """The time of attempts and what was announced to them, in one query."""
    found: dict[int, tuple[WatchRow, tuple[Told, ...]]] = {}
    query = _WATCHED.where(col(Attempt.id).in_(attempt_ids)).order_by(col(Announcement.id))
    for *facts, number, text, at in rows_of(session, query):
        told = () if number is None else (Told(number, text, at),)
        row, before = found.get(facts[0], (WatchRow(*facts), ()))
        found[facts[0]] = (row, before + told)
    return found


def told_to_cohort(session: Session, cohort_id: int) -> tuple[Told, ...]:
    """What was announced to a whole cohort, in order."""
    query = columns(col(Announcement.id), col(Announcement.text), col(Announcement.at)).where(
        col(Announcement.cohort_id) == cohort_id, col(Announcement.attempt_id).is_(None)
    )
    return tuple(Told(*row) for row in rows_of(session, query.order_by(col(Announcement.id))))


def cohort_with_exam(session: Session, cohort_id: int) -> tuple[Cohort, Exam] | None:
    """A cohort and what it sits."""
    query = select(Cohort, Exam).join(Exam, col(Cohort.exam_id) == Exam.id)
    return session.exec(query.where(Cohort.id == cohort_id)).first()


def members(session: Session, cohort_id: int) -> list[MemberRow]:
    """Everybody registered in a cohort, in the order of their staff numbers."""
    query = (
        columns(
            col(Person.id),
            col(Person.staff_no),
            col(Person.name),
            col(Person.supervisor_id),
            col(CohortMember.seat),
            col(CohortMember.excused),
            col(CohortMember.admitted_at),
        )
        .join(CohortMember, col(CohortMember.person_id) == col(Person.id))
        .where(col(CohortMember.cohort_id) == cohort_id)
        .order_by(col(Person.staff_no))
    )
    return [MemberRow(*row) for row in rows_of(session, query)]


def attempt_rows(
    session: Session, *, cohort_id: int | None = None, exam_id: int | None = None
) -> list[AttemptRow]:
    """Every attempt of a cohort; without one the open attempts, of one exam or of all.

    In the order in which they end, then in which they began.
    """
    query = (
        columns(
            col(Attempt.id),
            col(Attempt.person_id),
            col(Attempt.number),
            col(Attempt.state),
            func.json_array_length(col(Attempt.form)),
            col(Attempt.started_at),
            col(Attempt.deadline),
            col(Attempt.cohort_id),
            col(Attempt.break_left),
            col(Attempt.break_began_at),
            col(Attempt.paused_at),
            col(Attempt.ended_by),
            col(Attempt.fence),
            col(Person.staff_no),
            col(Person.name),
            col(Person.supervisor_id),
            col(Exam.code),
            col(Exam.title),
            func.coalesce(col(Cohort.title), ""),
            func.coalesce(col(CohortMember.seat), ""),
        )
        .join(Person, col(Attempt.person_id) == col(Person.id))
        .join(Exam, col(Attempt.exam_id) == col(Exam.id))
        .outerjoin(Cohort, col(Attempt.cohort_id) == col(Cohort.id))
        .outerjoin(
            CohortMember,
            and_(
                col(CohortMember.cohort_id) == col(Attempt.cohort_id),
                col(CohortMember.person_id) == col(Attempt.person_id),
            ),
        )
        .order_by(col(Attempt.deadline), col(Attempt.id))
    )
    if cohort_id is not None:
        query = query.where(col(Attempt.cohort_id) == cohort_id)
    else:
        query = query.where(col(Attempt.state) == AttemptState.OPEN)
    if exam_id is not None:
        query = query.where(col(Attempt.exam_id) == exam_id)
    return [AttemptRow(*row) for row in rows_of(session, query)]


def away(session: Session, attempt_ids: Sequence[int]) -> dict[int, Away]:
    """How attention was lost, by attempt; those of which nothing was noted are not in it."""
    is_lost = col(SittingEvent.kind) == "focus-lost"
    query = (
        columns(
            col(SittingEvent.attempt_id),
            func.sum(case((is_lost, 1), else_=0)),
            func.coalesce(func.sum(col(SittingEvent.facts)["seconds"].as_integer()), 0),
            func.max(case((is_lost, col(SittingEvent.id)), else_=0)),
            func.max(col(SittingEvent.id)),
        )
        .where(col(SittingEvent.attempt_id).in_(attempt_ids), col(SittingEvent.kind).in_(FOCUS))
        .group_by(col(SittingEvent.attempt_id))
    )
    return {
        attempt: Away(int(lost), int(seconds), last_lost == last)
        for attempt, lost, seconds, last_lost, last in rows_of(session, query)
    }


def lines(session: Session, attempt_ids: Sequence[int]) -> dict[int, Line]:
    """What was last heard of the terminal that holds each attempt; nothing of plain ones.

    Terminals of a fence that is void by now are heard of only where the holder never was: who was
    moved and did not come yet.
    """
    is_holder = col(SittingEvent.facts)["fence"].as_integer() == col(Attempt.fence)
    newest = (
        columns(
            func.max(case((is_holder, col(SittingEvent.id)), else_=0)).label("own"),
            func.max(col(SittingEvent.id)).label("other"),
        )
        .join(Attempt, col(Attempt.id) == col(SittingEvent.attempt_id))
        .where(col(SittingEvent.attempt_id).in_(attempt_ids), col(SittingEvent.kind).in_(TERMINAL))
        .group_by(col(SittingEvent.attempt_id))
        .subquery()
    )
    event = case((newest.c.own > 0, newest.c.own), else_=newest.c.other)
    query = columns(
        col(SittingEvent.attempt_id),
        col(SittingEvent.kind),
        col(SittingEvent.at),
        func.coalesce(col(SittingEvent.facts)["node"].as_string(), ""),
        newest.c.own > 0,
    ).join(newest, event == col(SittingEvent.id))
    return {
        attempt: Line(kind, at, node, bool(is_own))
        for attempt, kind, at, node, is_own in rows_of(session, query)
    }

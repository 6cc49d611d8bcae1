"""Attempts, responses and remedial assignments; saving an answer is in `responses`.

What every attempt asks for is a statement made once, at the top: making it takes twice the time of
running it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import BindParameter, bindparam, update
from sqlalchemy import select as columns
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.domain.course import Exam
from certify.domain.qualification import Qualification
from certify.domain.remedial import RemedialAssignment
from certify.storage.foreseen import foreseeable
from certify.storage.prepared import Prepared
from certify.storage.rows import rows_of


@dataclass(frozen=True, slots=True)
class AttemptMark:
    """What a list of many says of an attempt that gave something."""

    number: int
    earned: Fraction | None
    possible: Fraction | None


LARGEST_ID = 2**31 - 1
_PERSON: BindParameter[int] = bindparam("person")
_EXAM: BindParameter[int] = bindparam("exam")
_ATTEMPT: BindParameter[int] = bindparam("attempt")
_LOCKED = (
    select(Attempt)
    .where(Attempt.id == _ATTEMPT)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_OPEN = select(Attempt).where(
    Attempt.person_id == _PERSON, Attempt.exam_id == _EXAM, Attempt.state == AttemptState.OPEN
)
_OF_PERSON = (
    select(Attempt)
    .where(Attempt.person_id == _PERSON)
    .order_by(col(Attempt.started_at), col(Attempt.id))
)
_AT_EXAM = _OF_PERSON.where(Attempt.exam_id == _EXAM)
_OVERDUE = select(Attempt.id).where(
    Attempt.state == AttemptState.OPEN,
    Attempt.deadline <= bindparam("now"),
    col(Attempt.paused_at).is_(None),
)
_CHAIN = Prepared(
    columns(col(Response.position), col(Response.answer), col(Response.flagged))
    .where(col(Response.attempt_id) == _ATTEMPT)
    .order_by(col(Response.sequence))
)
_RECEIVED = Prepared(
    columns(col(Response.received_at)).where(
        col(Response.attempt_id) == _ATTEMPT, col(Response.sequence) == bindparam("sequence")
    )
)
_CLOSE = (
    update(Attempt)
    .where(col(Attempt.id) == _ATTEMPT, col(Attempt.state) == AttemptState.OPEN)
    .values(state=AttemptState.SUBMITTED)
    .execution_options(synchronize_session=False)
)
_ASSIGNED = select(RemedialAssignment).where(RemedialAssignment.attempt_id == _ATTEMPT)
_ASSIGNMENTS = (
    select(RemedialAssignment)
    .where(
        RemedialAssignment.person_id == _PERSON,
        RemedialAssignment.exam_id == _EXAM,
        col(RemedialAssignment.cancelled_at).is_(None),
    )
    .order_by(col(RemedialAssignment.assigned_at).desc(), col(RemedialAssignment.id).desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Given:
    """The response that counts of an item."""

    answer: dict[str, Any] | None
    flagged: bool


def by_id(session: Session, attempt_id: int) -> Attempt | None:
    """An attempt; None also for a number that no database could have given."""
    return session.get(Attempt, attempt_id) if may_be_id(attempt_id) else None


def locked(session: Session, attempt_id: int) -> Attempt | None:
    """An attempt as it is now, which no other transaction can change until this one ends."""
    if not may_be_id(attempt_id):
        return None
    return session.exec(_LOCKED, params={"attempt": attempt_id}).first()


def may_be_id(number: object) -> bool:
    """Whether a database could have given this number."""
    return isinstance(number, int) and 0 < number <= LARGEST_ID


def open_attempt(session: Session, person_id: int, exam_id: int) -> Attempt | None:
    return session.exec(_OPEN, params={"person": person_id, "exam": exam_id}).first()


@foreseeable
def of_person(session: Session, person_id: int, exam_id: int | None = None) -> Sequence[Attempt]:
    """A person's attempts, oldest first."""
    if exam_id is None:
        return session.exec(_OF_PERSON, params={"person": person_id}).all()
    return session.exec(_AT_EXAM, params={"person": person_id, "exam": exam_id}).all()


def of_people(
    session: Session, person_ids: Sequence[int], exam_id: int
) -> dict[int, list[Attempt]]:
    """The attempts of many people at one exam, oldest first; an entry for each of them."""
    found: dict[int, list[Attempt]] = {person_id: [] for person_id in person_ids}
    query = select(Attempt).where(col(Attempt.person_id).in_(found), Attempt.exam_id == exam_id)
    for one in session.exec(query.order_by(col(Attempt.started_at), col(Attempt.id))).all():
        found[one.person_id].append(one)
    return found


@foreseeable
def passed_exams(session: Session, person_id: int) -> set[int]:
    """Ids of the exams that a person passed at least once."""
    return passed_by(session, [person_id])[person_id]


def passed_by(session: Session, person_ids: Sequence[int]) -> dict[int, set[int]]:
    """`passed_exams` of many people; an entry for each of them."""
    found: dict[int, set[int]] = {person_id: set() for person_id in person_ids}
    query = select(Attempt.person_id, Attempt.exam_id).where(
        col(Attempt.person_id).in_(found), col(Attempt.passed).is_(True)
    )
    for person_id, exam_id in session.exec(query.distinct()).all():
        found[person_id].add(exam_id)
    return found


def latest_assignments(
    session: Session, person_ids: Sequence[int], exam_id: int
) -> dict[int, RemedialAssignment | None]:
    """`latest_assignment` of many people; an entry for each of them."""
    found: dict[int, RemedialAssignment | None] = dict.fromkeys(person_ids)
    query = select(RemedialAssignment).where(
        col(RemedialAssignment.person_id).in_(found),
        RemedialAssignment.exam_id == exam_id,
        col(RemedialAssignment.cancelled_at).is_(None),
    )
    order = (col(RemedialAssignment.assigned_at), col(RemedialAssignment.id))
    found.update((one.person_id, one) for one in session.exec(query.order_by(*order)).all())
    return found


def courses_sat(session: Session, person_id: int) -> dict[int, dict[str, str]]:
    """Titles of the exams that a person sits now, by the course that each draws from."""
    query = (
        select(Exam.course_id, Exam.title)
        .join(Attempt, col(Attempt.exam_id) == Exam.id)
        .where(Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN)
    )
    return {course: dict(title) for course, title in session.exec(query).all()}


def marks(session: Session) -> dict[int, AttemptMark]:
    """Number and points of every attempt that gave a qualification, by its id."""
    gave = select(Qualification.attempt_id)
    query = columns(
        col(Attempt.id), col(Attempt.number), col(Attempt.earned), col(Attempt.possible)
    ).where(col(Attempt.id).in_(gave))
    return {id_: AttemptMark(*facts) for id_, *facts in rows_of(session, query)}


def overdue(session: Session, now: datetime) -> Sequence[int]:
    """Open attempts whose time is over; that of a paused one never is."""
    found = session.exec(_OVERDUE, params={"now": now}).all()
    return [attempt_id for attempt_id in found if attempt_id is not None]


def responses(session: Session, attempt_id: int) -> Sequence[Response]:
    """The whole chain, in order."""
    query = select(Response).where(Response.attempt_id == attempt_id)
    return session.exec(query.order_by(col(Response.sequence))).all()


def last_moment(session: Session, attempt: Attempt) -> datetime:
    """When the attempt was last heard of: its last response, else its start."""
    which = {"attempt": attempt.id, "sequence": attempt.sequence}
    last = _RECEIVED.run(session.connection(), which) if attempt.sequence else None
    return max(attempt.started_at, *last) if last else attempt.started_at


def latest(session: Session, attempt_id: int) -> dict[int, Given]:
    """The response that counts of each item, by position: the last one."""
    chain = _CHAIN.all(session.connection(), {"attempt": attempt_id})
    return {position: Given(answer, flagged) for position, answer, flagged in chain}


def close(session: Session, attempt: Attempt) -> bool:
    """Close an open attempt; False when another transaction already did."""
    result = session.execute(_CLOSE, {"attempt": attempt.id})
    set_committed_value(attempt, "state", AttemptState.SUBMITTED)
    return bool(result.rowcount)  # type: ignore[attr-defined]


def assignment(session: Session, attempt_id: int) -> RemedialAssignment | None:
    """What an attempt assigned, also when a correction took it back."""
    return session.exec(_ASSIGNED, params={"attempt": attempt_id}).first()


@foreseeable
def latest_assignment(session: Session, person_id: int, exam_id: int) -> RemedialAssignment | None:
    return session.exec(_ASSIGNMENTS, params={"person": person_id, "exam": exam_id}).first()

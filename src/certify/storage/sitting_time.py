"""Time given to attempts, outages and signs of life of servers, and what happened in a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.domain.course import Exam
from certify.domain.person import Person
from certify.domain.registration import Cohort
from certify.domain.sitting_time import Accommodation, Beat, GrantKind, SittingEvent, TimeGrant

_ACCOMMODATIONS = select(Accommodation).order_by(col(Accommodation.id).desc())
_OF_PERSON = _ACCOMMODATIONS.where(Accommodation.person_id == bindparam("person"))


@dataclass(frozen=True)
class OpenRow:
    """An open attempt with all that belongs to it."""

    attempt: Attempt
    person: Person
    exam: Exam
    cohort: Cohort | None


def accommodations(session: Session, person_id: int | None = None) -> Sequence[Accommodation]:
    """Accommodations of one person or of everybody, the newest first."""
    if person_id is None:
        return session.exec(_ACCOMMODATIONS).all()
    return session.exec(_OF_PERSON, params={"person": person_id}).all()


def open_of_person(session: Session, person_id: int) -> Sequence[Attempt]:
    """The open attempts of a person, locked."""
    query = select(Attempt).where(
        Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN
    )
    return session.exec(query.order_by(col(Attempt.id)).with_for_update()).all()


def every_open(session: Session) -> Sequence[Attempt]:
    """Every open attempt, locked, in one order: who locks several waits for nobody in a circle."""
    query = select(Attempt).where(Attempt.state == AttemptState.OPEN)
    return session.exec(query.order_by(col(Attempt.id)).with_for_update()).all()


def open_of_cohort(session: Session, cohort_id: int) -> Sequence[Attempt]:
    """The open attempts of a cohort, locked in the same order as `every_open`."""
    query = select(Attempt).where(
        Attempt.cohort_id == cohort_id, Attempt.state == AttemptState.OPEN
    )
    return session.exec(query.order_by(col(Attempt.id)).with_for_update()).all()


def grants(session: Session, attempt_id: int) -> Sequence[TimeGrant]:
    """Every time grant of an attempt, in order."""
    query = select(TimeGrant).where(TimeGrant.attempt_id == attempt_id)
    return session.exec(query.order_by(col(TimeGrant.id))).all()


def granted(session: Session, attempt_id: int, kind: GrantKind) -> int:
    """Seconds given to an attempt for one reason so far."""
    query = columns(func.sum(col(TimeGrant.seconds))).where(
        col(TimeGrant.attempt_id) == attempt_id, col(TimeGrant.kind) == kind
    )
    return int(session.execute(query).scalar() or 0)


def beats(session: Session, *, lock: bool = False) -> Sequence[Beat]:
    """The last sign of life of every server.

    Args:
        lock: let servers take turns. They are read again after the lock was given, because
            another server may have written meanwhile.
    """
    if lock:
        session.exec(select(Beat).order_by(col(Beat.node)).with_for_update()).all()
    return session.exec(select(Beat).execution_options(populate_existing=True)).all()


def events(session: Session, attempt_id: int) -> Sequence[SittingEvent]:
    """What was noticed of an attempt, in order."""
    query = select(SittingEvent).where(SittingEvent.attempt_id == attempt_id)
    return session.exec(query.order_by(col(SittingEvent.at), col(SittingEvent.id))).all()


def count_events(session: Session, attempt_id: int) -> int:
    """How many events an attempt has."""
    query = select(func.count()).where(SittingEvent.attempt_id == attempt_id)
    return int(session.exec(query).one())


def open_rows(session: Session, exam_id: int | None = None) -> list[OpenRow]:
    """Every open attempt, or those of an exam, the one that ends first at the top."""
    query = (
        select(Attempt, Person, Exam, Cohort)
        .join(Person, col(Attempt.person_id) == Person.id)
        .join(Exam, col(Attempt.exam_id) == Exam.id)
        .outerjoin(Cohort, col(Attempt.cohort_id) == Cohort.id)
        .where(Attempt.state == AttemptState.OPEN)
        .order_by(col(Attempt.deadline), col(Attempt.id))
    )
    if exam_id is not None:
        query = query.where(Attempt.exam_id == exam_id)
    return [OpenRow(*row) for row in session.exec(query).all()]


def progress(session: Session, attempt_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """How many items of each attempt have an answer, and when it was last answered."""
    newest = (
        columns(func.max(col(Response.sequence)).label("sequence"), col(Response.attempt_id))
        .where(col(Response.attempt_id).in_(attempt_ids))
        .group_by(col(Response.attempt_id), col(Response.position))
        .subquery()
    )
    query = (
        columns(
            col(Response.attempt_id),
            func.count(col(Response.answer)),
            func.max(col(Response.received_at)),
        )
        .join(
            newest,
            (newest.c.attempt_id == col(Response.attempt_id))
            & (newest.c.sequence == col(Response.sequence)),
        )
        .group_by(col(Response.attempt_id))
    )
    return {attempt: (answered, heard) for attempt, answered, heard in session.execute(query)}

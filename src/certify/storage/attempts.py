"""Attempts, responses and remedial assignments.

Saving an answer is the hot path: `add_response` is Core statements, the rest is the ORM.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.domain.qualification import Qualification
from certify.domain.remedial import RemedialAssignment


@dataclass(frozen=True)
class AttemptMark:
    """What a list of many says of an attempt that gave something."""

    number: int
    earned: Fraction | None
    possible: Fraction | None


LARGEST_ID = 2**31 - 1


def by_id(session: Session, attempt_id: int) -> Attempt | None:
    """An attempt; None also for a number that no database could have given."""
    return session.get(Attempt, attempt_id) if _may_be_id(attempt_id) else None


def locked(session: Session, attempt_id: int) -> Attempt | None:
    """An attempt as it is now, which no other transaction can change until this one ends."""
    if not _may_be_id(attempt_id):
        return None
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).first()


def _may_be_id(number: object) -> bool:
    return isinstance(number, int) and 0 < number <= LARGEST_ID


def open_attempt(session: Session, person_id: int, exam_id: int) -> Attempt | None:
    query = select(Attempt).where(
        Attempt.person_id == person_id,
        Attempt.exam_id == exam_id,
        Attempt.state == AttemptState.OPEN,
    )
    return session.exec(query).first()


def of_person(session: Session, person_id: int, exam_id: int | None = None) -> Sequence[Attempt]:
    """A person's attempts, oldest first."""
    query = select(Attempt).where(Attempt.person_id == person_id)
    if exam_id is not None:
        query = query.where(Attempt.exam_id == exam_id)
    return session.exec(query.order_by(col(Attempt.started_at), col(Attempt.id))).all()


def marks(session: Session) -> dict[int, AttemptMark]:
    """Number and points of every attempt that gave a qualification, by its id."""
    gave = select(Qualification.attempt_id)
    query = columns(
        col(Attempt.id), col(Attempt.number), col(Attempt.earned), col(Attempt.possible)
    ).where(col(Attempt.id).in_(gave))
    return {id_ or 0: AttemptMark(*facts) for id_, *facts in session.execute(query)}


def overdue(session: Session, now: datetime) -> Sequence[int]:
    """Open attempts whose time is over."""
    query = select(Attempt.id).where(Attempt.state == AttemptState.OPEN, Attempt.deadline <= now)
    return [found for found in session.exec(query).all() if found is not None]


def responses(session: Session, attempt_id: int) -> Sequence[Response]:
    """The whole chain, in order."""
    query = select(Response).where(Response.attempt_id == attempt_id)
    return session.exec(query.order_by(col(Response.sequence))).all()


def last_moment(session: Session, attempt: Attempt) -> datetime:
    """When the attempt was last heard of: its last response, else its start."""
    last = response_at(session, attempt.id or 0, attempt.sequence) if attempt.sequence else None
    return max(attempt.started_at, last.received_at) if last else attempt.started_at


def latest(session: Session, attempt_id: int) -> dict[int, Response]:
    """The response that counts of each item, by position."""
    newest = (
        select(func.max(col(Response.sequence)))
        .where(Response.attempt_id == attempt_id)
        .group_by(col(Response.position))
    )
    query = select(Response).where(
        Response.attempt_id == attempt_id, col(Response.sequence).in_(newest)
    )
    return {response.position: response for response in session.exec(query).all()}


def response_at(session: Session, attempt_id: int, sequence: int) -> Response | None:
    return session.get(Response, (attempt_id, sequence))


def add_response(session: Session, response: Response) -> None:
    """Append a response and move the attempt's head to it."""
    session.execute(insert(Response).values(**response.model_dump()))
    session.execute(
        update(Attempt)
        .where(col(Attempt.id) == response.attempt_id)
        .values(sequence=response.sequence, chain_head=response.hash, position=response.position)
        .execution_options(synchronize_session=False)
    )


def close(session: Session, attempt_id: int) -> bool:
    """Close an open attempt; False when another transaction already did."""
    result = session.execute(
        update(Attempt)
        .where(col(Attempt.id) == attempt_id, col(Attempt.state) == AttemptState.OPEN)
        .values(state=AttemptState.SUBMITTED)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def assignment(session: Session, attempt_id: int) -> RemedialAssignment | None:
    """What an attempt assigned, also when a correction took it back."""
    query = select(RemedialAssignment).where(RemedialAssignment.attempt_id == attempt_id)
    return session.exec(query).first()


def latest_assignment(session: Session, person_id: int, exam_id: int) -> RemedialAssignment | None:
    query = (
        select(RemedialAssignment)
        .where(
            RemedialAssignment.person_id == person_id,
            RemedialAssignment.exam_id == exam_id,
            col(RemedialAssignment.cancelled_at).is_(None),
        )
        .order_by(col(RemedialAssignment.assigned_at).desc(), col(RemedialAssignment.id).desc())
    )
    return session.exec(query).first()

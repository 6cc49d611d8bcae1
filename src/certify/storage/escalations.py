"""Decisions about one more attempt, and what the people are in who wait for one."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from certify.domain.escalation import RetakeDecision
from certify.domain.person import Person, PersonStatus
from certify.domain.remedial import RemedialAssignment
from certify.storage.foreseen import foreseeable


@foreseeable
def decisions(session: Session, person_id: int, exam_id: int) -> Sequence[RetakeDecision]:
    """What was decided about one more attempt of a person at an exam, oldest first."""
    query = select(RetakeDecision).where(
        RetakeDecision.person_id == person_id, RetakeDecision.exam_id == exam_id
    )
    return session.exec(query.order_by(col(RetakeDecision.at), col(RetakeDecision.id))).all()


def decisions_on(
    session: Session, person_ids: Sequence[int], exam_id: int
) -> dict[int, list[RetakeDecision]]:
    """`decisions` of many people; an entry for each of them."""
    found: dict[int, list[RetakeDecision]] = {person_id: [] for person_id in person_ids}
    query = select(RetakeDecision).where(
        col(RetakeDecision.person_id).in_(found), RetakeDecision.exam_id == exam_id
    )
    for one in session.exec(query.order_by(col(RetakeDecision.at), col(RetakeDecision.id))).all():
        found[one.person_id].append(one)
    return found


def assigned(
    session: Session, *, supervisor_id: int | None = None, due_before: date | None = None
) -> list[tuple[Person, int]]:
    """Employed people with a remedial training, and the exam; each pair once, by staff number.

    Args:
        supervisor_id: only the direct reports of this person.
        due_before: only training that was due before this day.
    """
    query = (
        select(Person, RemedialAssignment.exam_id)
        .join(RemedialAssignment, col(RemedialAssignment.person_id) == col(Person.id))
        .where(
            col(RemedialAssignment.cancelled_at).is_(None),
            Person.status == PersonStatus.EMPLOYED,
        )
        .order_by(col(Person.staff_no), col(RemedialAssignment.exam_id))
    )
    if supervisor_id is not None:
        query = query.where(Person.supervisor_id == supervisor_id)
    if due_before is not None:
        query = query.where(col(RemedialAssignment.due_on) < due_before)
    found = {(person.id, exam_id): person for person, exam_id in session.exec(query).all()}
    return [(person, exam_id) for (_id, exam_id), person in found.items()]

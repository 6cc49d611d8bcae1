"""What examiners gave, and who may not mark whom."""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.marking import Marking
from certify.domain.person import Guidance, Person


def awaiting(session: Session) -> Sequence[Attempt]:
    """The attempts that persons have still to mark, the oldest first."""
    query = select(Attempt).where(Attempt.state == AttemptState.AWAITING)
    return session.exec(query.order_by(col(Attempt.submitted_at), col(Attempt.id))).all()


def of_attempts(session: Session, attempt_ids: Collection[int]) -> dict[int, list[Marking]]:
    """What was given before a result, by attempt; the first round of an answer before the next."""
    query = select(Marking).where(col(Marking.attempt_id).in_(attempt_ids))
    found: dict[int, list[Marking]] = {attempt_id: [] for attempt_id in attempt_ids}
    for marking in session.exec(query.order_by(col(Marking.position), col(Marking.round))).all():
        found[marking.attempt_id].append(marking)
    return found


def guides(session: Session) -> dict[int, set[int]]:
    """By person id, everybody who ever guided them."""
    found: dict[int, set[int]] = {}
    query = columns(col(Guidance.person_id), col(Guidance.guide_id))
    for person_id, guide_id in session.execute(query):
        found.setdefault(person_id, set()).add(guide_id)
    return found


def guidance_of(session: Session, person_id: int) -> list[tuple[Guidance, Person]]:
    """Who guided a person, with the guide; the first one first."""
    query = (
        select(Guidance, Person)
        .join(Person, col(Guidance.guide_id) == col(Person.id))
        .where(Guidance.person_id == person_id)
        .order_by(col(Guidance.from_day), col(Guidance.id))
    )
    return [(guidance, guide) for guidance, guide in session.exec(query).all()]


def open_guidance(session: Session, person_id: int, guide_id: int, day: date) -> Guidance | None:
    """The guidance of one person by another that is not ended on a day; locked."""
    query = (
        select(Guidance)
        .where(Guidance.person_id == person_id, Guidance.guide_id == guide_id)
        .with_for_update()
    )
    rows = session.exec(query).all()
    return next((one for one in rows if one.to_day is None or one.to_day >= day), None)


def twice(session: Session, exam_id: int | None = None) -> list[tuple[Fraction, Fraction]]:
    """The shares that the first and the second person gave to every answer both marked.

    Args:
        exam_id: of one exam alone.
    """
    second = aliased(Marking)
    query = (
        columns(col(Marking.share), col(second.share))
        .join(
            second,
            (col(second.attempt_id) == col(Marking.attempt_id))
            & (col(second.position) == col(Marking.position)),
        )
        .where(col(Marking.round) == 1, col(second.round) == 2)
        .order_by(col(Marking.id))
    )
    if exam_id is not None:
        query = query.join(Attempt, col(Marking.attempt_id) == col(Attempt.id)).where(
            col(Attempt.exam_id) == exam_id
        )
    return [(one or Fraction(0), other or Fraction(0)) for one, other in session.execute(query)]

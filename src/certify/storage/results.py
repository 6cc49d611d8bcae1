"""Results of attempts and the corrections they rest on."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from certify.domain.correction import Correction
from certify.domain.result import AttemptResult


def of_attempt(session: Session, attempt_id: int) -> Sequence[AttemptResult]:
    """Every result of an attempt, the first one first; the last one counts."""
    query = select(AttemptResult).where(AttemptResult.attempt_id == attempt_id)
    return session.exec(query.order_by(col(AttemptResult.number))).all()


def latest(session: Session, attempt_id: int) -> AttemptResult | None:
    """The result that counts; None while there is none."""
    query = select(AttemptResult).where(AttemptResult.attempt_id == attempt_id)
    return session.exec(query.order_by(col(AttemptResult.number).desc()).limit(1)).first()


def next_number(session: Session, attempt_id: int) -> int:
    """The number of the attempt's next result."""
    query = select(func.max(AttemptResult.number)).where(AttemptResult.attempt_id == attempt_id)
    return (session.exec(query).one() or 0) + 1


def applied_corrections(session: Session, exam_id: int) -> Sequence[Correction]:
    """The corrections of an exam that count, in the order in which they were applied."""
    query = select(Correction).where(
        Correction.exam_id == exam_id, col(Correction.applied_at).is_not(None)
    )
    return session.exec(query.order_by(col(Correction.applied_at), col(Correction.id))).all()

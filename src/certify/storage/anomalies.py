"""Anomaly forms, their steps and countersignatures."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from certify.domain.inspection import AnomalyForm, AnomalyStep, Countersignature


def by_number(session: Session, number: str, *, lock: bool = False) -> AnomalyForm | None:
    """One form; locked until the transaction ends where that is wanted."""
    query = select(AnomalyForm).where(AnomalyForm.number == number)
    return session.exec(query.with_for_update() if lock else query).first()


def every(session: Session) -> Sequence[AnomalyForm]:
    """All forms in the order of their numbers."""
    return session.exec(select(AnomalyForm).order_by(col(AnomalyForm.id))).all()


def steps(session: Session, form_id: int) -> Sequence[AnomalyStep]:
    """What was done to a form, the first one first."""
    query = select(AnomalyStep).where(AnomalyStep.form_id == form_id)
    return session.exec(query.order_by(col(AnomalyStep.id))).all()


def signatures(session: Session, form_id: int) -> Sequence[Countersignature]:
    """The countersignatures that the latest instruction asks for."""
    query = select(Countersignature).where(Countersignature.form_id == form_id)
    return session.exec(query.order_by(col(Countersignature.id))).all()


def all_signatures(session: Session) -> dict[int, list[Countersignature]]:
    """The countersignatures of every form, by form."""
    found: dict[int, list[Countersignature]] = {}
    for one in session.exec(select(Countersignature).order_by(col(Countersignature.id))).all():
        found.setdefault(one.form_id, []).append(one)
    return found


def forget_signatures(session: Session, form_id: int) -> None:
    """Make room for those that a new instruction asks for; the steps keep who signed before."""
    session.exec(delete(Countersignature).where(col(Countersignature.form_id) == form_id))

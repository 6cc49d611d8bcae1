"""Customers and trainers without staff number (R-PPL-06)."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.placement import OutsidePerson


def every(session: Session, kind: str = "") -> Sequence[OutsidePerson]:
    """Those of one kind or all, in the order in which they were written down."""
    query = select(OutsidePerson).order_by(col(OutsidePerson.id))
    return session.exec(query.where(OutsidePerson.kind == kind) if kind else query).all()


def one(session: Session, number: int) -> OutsidePerson | None:
    return session.get(OutsidePerson, number)

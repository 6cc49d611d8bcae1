"""Development plans and their entries."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.development import DevelopmentEntry


def entries(session: Session, person_id: int) -> Sequence[DevelopmentEntry]:
    """A person's entries, in the order in which they were written."""
    query = select(DevelopmentEntry).where(DevelopmentEntry.person_id == person_id)
    return session.exec(query.order_by(col(DevelopmentEntry.id))).all()

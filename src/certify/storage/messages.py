"""Messages to persons."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.message import PersonMessage


def of_kind(session: Session, kind: str, person_id: int | None = None) -> list[PersonMessage]:
    """Every message of a kind, read or not, to one person or to everybody."""
    query = select(PersonMessage).where(PersonMessage.kind == kind)
    if person_id is not None:
        query = query.where(PersonMessage.person_id == person_id)
    return list(session.exec(query.order_by(col(PersonMessage.id))).all())


def unread(session: Session, person_id: int) -> Sequence[PersonMessage]:
    """What a person was not told yet, oldest first."""
    query = select(PersonMessage).where(
        PersonMessage.person_id == person_id, col(PersonMessage.read_at).is_(None)
    )
    return session.exec(query.order_by(col(PersonMessage.id))).all()

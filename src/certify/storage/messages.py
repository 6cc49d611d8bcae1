"""Messages to persons."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.message import PersonMessage


def unread(session: Session, person_id: int) -> Sequence[PersonMessage]:
    """What a person was not told yet, oldest first."""
    query = select(PersonMessage).where(
        PersonMessage.person_id == person_id, col(PersonMessage.read_at).is_(None)
    )
    return session.exec(query.order_by(col(PersonMessage.id))).all()

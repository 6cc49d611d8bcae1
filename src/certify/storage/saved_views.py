"""What people keep of a page for the next time."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.saved_view import SavedView


def of_page(session: Session, person_id: int, page: str) -> Sequence[SavedView]:
    """What a person keeps of a page, in the order in which it was kept."""
    query = select(SavedView).where(SavedView.person_id == person_id, SavedView.page == page)
    return session.exec(query.order_by(col(SavedView.id))).all()

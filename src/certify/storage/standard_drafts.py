"""Drafts of standards with what was said of them, and regular reviews."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.standard_change import (
    DraftState,
    PilotScene,
    StandardDraft,
    StandardOpinion,
    StandardReview,
)
from certify.storage.attempts import may_be_id

OPEN = (DraftState.DRAFT, DraftState.REVIEW, DraftState.PILOT)
"""States in which a draft still waits for something."""


def every(session: Session) -> Sequence[StandardDraft]:
    """All drafts, the newest first."""
    return session.exec(select(StandardDraft).order_by(col(StandardDraft.id).desc())).all()


def open_ones(session: Session) -> Sequence[StandardDraft]:
    """Those that wait for something, the oldest first."""
    query = select(StandardDraft).where(col(StandardDraft.state).in_(OPEN))
    return session.exec(query.order_by(col(StandardDraft.id))).all()


def by_id(session: Session, draft_id: int, *, lock: bool = False) -> StandardDraft | None:
    """A draft.

    Args:
        lock: whether no other transaction may change it until this one ends.
    """
    if not may_be_id(draft_id):
        return None
    return session.get(StandardDraft, draft_id, with_for_update=lock)


def opinions(session: Session, draft_id: int) -> Sequence[StandardOpinion]:
    """Every opinion on a draft, the voided ones too, in the order they were given."""
    query = select(StandardOpinion).where(StandardOpinion.draft_id == draft_id)
    return session.exec(query.order_by(col(StandardOpinion.id))).all()


def scenes(session: Session, draft_id: int) -> Sequence[PilotScene]:
    """Every trial of a draft, the voided ones too, in order."""
    query = select(PilotScene).where(PilotScene.draft_id == draft_id)
    return session.exec(query.order_by(col(PilotScene.id))).all()


def reviews(session: Session) -> dict[int, list[StandardReview]]:
    """The regular reviews of every standard by its id, in the order of their days."""
    found: dict[int, list[StandardReview]] = {}
    query = select(StandardReview).order_by(col(StandardReview.day), col(StandardReview.id))
    for one in session.exec(query).all():
        found.setdefault(one.standard_id, []).append(one)
    return found

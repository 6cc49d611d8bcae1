"""What a person practised, and what of the practice pool they are offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import and_
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.course import Course
from certify.domain.item import Item, ItemState, ItemVersion
from certify.domain.practice import Practicable
from certify.domain.practice_card import PracticeAnswer, PracticeCard

POOL = "practice"


@dataclass(frozen=True)
class Practised:
    """The answers to one item that were marked, the oldest first."""

    item_id: int
    shares: tuple[Fraction, ...]


def offered(session: Session, person_id: int, course_id: int) -> list[Practicable]:
    """The practice items of a course in use, with the day each comes back for the person."""
    mine = and_(col(PracticeCard.item_id) == col(Item.id), col(PracticeCard.person_id) == person_id)
    query = (
        columns(
            col(Item.id),
            col(ItemVersion.id),
            col(Item.code),
            col(ItemVersion.topic),
            col(ItemVersion.type),
            col(PracticeCard.due_at),
        )
        .join(ItemVersion, col(Item.version_id) == col(ItemVersion.id))
        .outerjoin(PracticeCard, mine)
        .where(
            col(Item.course_id) == course_id,
            col(Item.state) == ItemState.IN_USE,
            col(Item.pool) == POOL,
        )
        .order_by(col(Item.code))
    )
    return [
        Practicable(item_id or 0, version_id or 0, *facts)
        for item_id, version_id, *facts in session.execute(query)
    ]


def version(session: Session, version_id: int) -> tuple[ItemVersion, Item] | None:
    """A version of a practice item in use; None for any other, and for one that waits."""
    query = (
        select(ItemVersion, Item)
        .join(Item, col(ItemVersion.item_id) == col(Item.id))
        .where(
            col(ItemVersion.id) == version_id,
            col(Item.pool) == POOL,
            col(Item.state) == ItemState.IN_USE,
            col(Item.draft_id).is_distinct_from(version_id),
        )
    )
    return session.exec(query).first()


def cards(session: Session, person_id: int, item_ids: Sequence[int]) -> dict[int, PracticeCard]:
    """A person's cards by item."""
    query = select(PracticeCard).where(
        PracticeCard.person_id == person_id, col(PracticeCard.item_id).in_(item_ids)
    )
    return {card.item_id: card for card in session.exec(query).all()}


def marked(session: Session, person_id: int, item_ids: Sequence[int]) -> list[Practised]:
    """What a person's answers to these items earned; items without a marked answer are left out."""
    query = (
        columns(col(PracticeAnswer.item_id), col(PracticeAnswer.share))
        .where(
            col(PracticeAnswer.person_id) == person_id,
            col(PracticeAnswer.item_id).in_(item_ids),
            col(PracticeAnswer.share).is_not(None),
        )
        .order_by(col(PracticeAnswer.id))
    )
    shares: dict[int, list[Fraction]] = {}
    for item_id, share in session.execute(query):
        shares.setdefault(item_id, []).append(share)
    return [Practised(item_id, tuple(given)) for item_id, given in shares.items()]


def right_since(
    session: Session, person_id: int, item_ids: Sequence[int], since: datetime
) -> set[int]:
    """The items that a person answered rightly after a moment."""
    query = columns(col(PracticeAnswer.item_id), col(PracticeAnswer.share)).where(
        col(PracticeAnswer.person_id) == person_id,
        col(PracticeAnswer.item_id).in_(item_ids),
        col(PracticeAnswer.at) > since,
    )
    return {item_id for item_id, share in session.execute(query) if share == 1}


def due_items(session: Session, person_id: int, now: datetime) -> int:
    """How many items of courses that are loaded come back for a person now."""
    query = (
        columns(func.count())
        .select_from(PracticeCard)
        .join(Item, col(PracticeCard.item_id) == col(Item.id))
        .join(Course, col(Item.course_id) == col(Course.id))
        .where(
            col(PracticeCard.person_id) == person_id,
            col(PracticeCard.due_at) <= now,
            col(Item.state) == ItemState.IN_USE,
            col(Item.pool) == POOL,
            col(Course.available),
        )
    )
    return int(session.execute(query).scalar_one())

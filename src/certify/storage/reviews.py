"""Steps of the review of items."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.item import Item, ItemVersion
from certify.domain.review import ReviewStep, StepKind


def of_version(session: Session, version_id: int) -> Sequence[ReviewStep]:
    """Every step of one version, oldest first."""
    query = select(ReviewStep).where(ReviewStep.version_id == version_id)
    return session.exec(query.order_by(col(ReviewStep.id))).all()


def retired(session: Session, course_id: int) -> set[int]:
    """The items of a course that a person put away: no loading brings them back."""
    query = (
        select(ItemVersion.item_id, ReviewStep.kind)
        .join(Item, col(ItemVersion.item_id) == Item.id)
        .join(ReviewStep, col(ReviewStep.version_id) == ItemVersion.id)
        .where(
            Item.course_id == course_id,
            col(ReviewStep.kind).in_([StepKind.RETIRED, StepKind.RELEASED]),
        )
        .order_by(col(ReviewStep.id))
    )
    last = dict(session.exec(query).all())
    return {item_id for item_id, kind in last.items() if kind is StepKind.RETIRED}

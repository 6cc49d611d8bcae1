"""Steps of the review of items, and the bank as a reviewer looks at it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.course import Course
from certify.domain.item import Item, ItemState, ItemVersion
from certify.domain.person import Person
from certify.domain.review import ReviewStep, StepKind

SHOWN = func.coalesce(col(Item.draft_id), col(Item.version_id))
"""The version that people look at: the one that waits, else the one in use."""


@dataclass(frozen=True)
class BankRow:
    """An item with the version people look at. Its content holds the key."""

    item_id: int
    code: str
    pool: str
    state: ItemState
    in_use_id: int | None
    draft_id: int | None
    is_unfinished: bool
    course_id: int
    version_id: int
    type: str
    topic: str
    difficulty: int
    facts: Sequence[str]
    standards: Sequence[str]
    authors: Sequence[str]
    created_at: datetime
    content: Mapping[str, Any] | None = None
    """None where it was not asked for."""


_FACTS = (
    col(Item.id),
    col(Item.code),
    col(Item.pool),
    col(Item.state),
    col(Item.version_id),
    col(Item.draft_id),
    col(Item.is_unfinished),
    col(Item.course_id),
    col(ItemVersion.id),
    col(ItemVersion.type),
    col(ItemVersion.topic),
    col(ItemVersion.difficulty),
    col(ItemVersion.facts),
    col(ItemVersion.standards),
    col(ItemVersion.authors),
    col(ItemVersion.created_at),
)


def of_item(session: Session, item_id: int) -> Sequence[ReviewStep]:
    """Every step of every version of an item, oldest first."""
    query = select(ReviewStep).join(ItemVersion).where(ItemVersion.item_id == item_id)
    return session.exec(query.order_by(col(ReviewStep.id))).all()


def bank(
    session: Session,
    *,
    course_id: int | None = None,
    codes: Collection[str] | None = None,
    only_pending: bool = False,
    with_content: bool = False,
) -> list[BankRow]:
    """Items with the version people look at, by course and code.

    Args:
        course_id: of one course alone.
        codes: of these items alone.
        only_pending: only items with a version that waits.
    """
    facts: tuple[Any, ...] = (*_FACTS, col(ItemVersion.content)) if with_content else _FACTS
    query = columns(*facts).join(ItemVersion, col(ItemVersion.id) == SHOWN)
    query = query.where(*_scope(course_id, codes, only_pending))
    found = session.execute(query.order_by(col(Item.course_id), col(Item.code)))
    return [BankRow(*row) for row in found]


def steps(
    session: Session,
    *,
    course_id: int | None = None,
    codes: Collection[str] | None = None,
    only_pending: bool = False,
) -> dict[int, list[ReviewStep]]:
    """The steps of those versions, oldest first, by version id."""
    query = select(ReviewStep).join(Item, col(ReviewStep.version_id) == SHOWN)
    query = query.where(*_scope(course_id, codes, only_pending))
    found: dict[int, list[ReviewStep]] = {}
    for step in session.exec(query.order_by(col(ReviewStep.id))).all():
        found.setdefault(step.version_id, []).append(step)
    return found


def _scope(
    course_id: int | None, codes: Collection[str] | None, only_pending: bool
) -> list[ColumnElement[bool]]:
    scope: list[ColumnElement[bool]] = []
    if course_id is not None:
        scope.append(col(Item.course_id) == course_id)
    if codes is not None:
        scope.append(col(Item.code).in_(list(codes)))
    if only_pending:
        scope += [col(Item.draft_id).is_not(None), col(Item.state) != ItemState.RETIRED]
    return scope


def items(session: Session, codes: Collection[str]) -> Sequence[Item]:
    """Items to be changed, read at once."""
    return session.exec(select(Item).where(col(Item.code).in_(list(codes)))).all()


def retired(session: Session, course_id: int | None = None) -> set[int]:
    """The items that a person put away, of a course or all: no loading brings them back."""
    query = (
        select(ItemVersion.item_id, ReviewStep.kind)
        .join(Item, col(ItemVersion.item_id) == Item.id)
        .join(ReviewStep, col(ReviewStep.version_id) == ItemVersion.id)
        .where(col(ReviewStep.kind).in_([StepKind.RETIRED, StepKind.RELEASED]))
        .order_by(col(ReviewStep.id))
    )
    if course_id is not None:
        query = query.where(Item.course_id == course_id)
    last = dict(session.exec(query).all())
    return {item_id for item_id, kind in last.items() if kind is StepKind.RETIRED}


def approved(session: Session, course_id: int) -> set[int]:
    """The versions of a course that a reviewer approved and nobody gave back."""
    query = (
        select(ReviewStep.version_id, ReviewStep.kind)
        .join(ItemVersion, col(ItemVersion.id) == ReviewStep.version_id)
        .join(Item, col(ItemVersion.item_id) == Item.id)
        .where(
            Item.course_id == course_id,
            col(ReviewStep.kind).in_([StepKind.APPROVED, StepKind.RETURNED]),
        )
    )
    found = session.exec(query).all()
    returned = {version_id for version_id, kind in found if kind is StepKind.RETURNED}
    return {version_id for version_id, _kind in found} - returned


def waiting(session: Session, course_id: int, *, pool: str = "exam") -> int:
    """How many items of a pool are in use in no version yet, and wait for their review."""
    query = columns(func.count()).where(
        col(Item.course_id) == course_id,
        col(Item.pool) == pool,
        col(Item.state).in_([ItemState.DRAFT, ItemState.REVIEWED]),
        col(Item.draft_id).is_not(None),
    )
    return int(session.execute(query).scalar_one())


def citing(
    session: Session, *, course_id: int | None = None, before: datetime | None = None
) -> list[BankRow]:
    """The items in use, each with the version in use.

    Args:
        course_id: of one course alone.
        before: only those whose version is older.
    """
    query = (
        columns(*_FACTS)
        .join(ItemVersion, col(ItemVersion.id) == col(Item.version_id))
        .where(col(Item.state) == ItemState.IN_USE)
        .order_by(col(Item.course_id), col(Item.code))
    )
    if course_id is not None:
        query = query.where(col(Item.course_id) == course_id)
    if before is not None:
        query = query.where(col(ItemVersion.created_at) < before)
    return [BankRow(*row) for row in session.execute(query)]


def kept(session: Session) -> dict[int, datetime]:
    """When a reviewer last stood by a version, by version id: kept it, approved it, released it."""
    query = (
        columns(col(ReviewStep.version_id), func.max(col(ReviewStep.at)))
        .where(col(ReviewStep.kind).in_([StepKind.KEPT, StepKind.APPROVED, StepKind.RELEASED]))
        .group_by(col(ReviewStep.version_id))
    )
    return {version_id: at for version_id, at in session.execute(query)}


def staff(session: Session) -> dict[str, tuple[int, str]]:
    """Person id and name of everybody by staff number."""
    query = columns(col(Person.staff_no), col(Person.id), col(Person.name))
    return {number: (person_id or 0, name) for number, person_id, name in session.execute(query)}


def course_facts(session: Session) -> dict[int, Course]:
    """Every course by its id."""
    return {course.id or 0: course for course in session.exec(select(Course)).all()}

"""Items and versions by the thousand, without an object for each row."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col

from certify.domain.course import Course
from certify.domain.item import Item, ItemState, ItemVersion
from certify.storage.prepared import Prepared

ROWS = 500
"""Of one statement."""
ThingT = TypeVar("ThingT")
_NEWEST = func.coalesce(col(Item.draft_id), col(Item.version_id))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What the database knows of one item."""

    id: int
    code: str
    course_id: int
    pool: str
    state: ItemState
    version_id: int | None
    draft_id: int | None
    is_unfinished: bool


def _adding(table: type[SQLModel], *names: str) -> Prepared:
    rows = table.__table__  # type: ignore[attr-defined]
    return Prepared(insert(rows).values({name: bindparam(name) for name in names}))


_ADD_ITEM = _adding(Item, "code", "course_id", "pool", "state", "is_unfinished")
_ADD_VERSION = _adding(
    *(ItemVersion, "item_id", "content_hash", "type", "topic", "difficulty"),
    *("facts", "standards", "content", "authors", "created_at"),
)
_ITEM = columns(
    *(col(Item.id), col(Item.code), col(Item.course_id), col(Item.pool), col(Item.state)),
    *(col(Item.version_id), col(Item.draft_id), col(Item.is_unfinished)),
)


def of_course(session: Session, course_id: int) -> dict[str, ItemRow]:
    """Every item a course ever had, by its code."""
    found = session.execute(_ITEM.where(col(Item.course_id) == course_id))
    return {row.code: ItemRow(*row) for row in found}


def by_codes(session: Session, codes: Iterable[str]) -> dict[str, ItemRow]:
    """The items that have one of these codes, of any course."""
    return {
        row.code: ItemRow(*row)
        for part in parts(codes, ROWS)
        for row in session.execute(_ITEM.where(col(Item.code).in_(part)))
    }


def versions(session: Session, course_id: int) -> dict[tuple[int, str], tuple[int, list[str]]]:
    """By item and content hash the id and the authors of every version of a course's items."""
    query = columns(
        col(ItemVersion.item_id),
        col(ItemVersion.content_hash),
        col(ItemVersion.id),
        col(ItemVersion.authors),
    ).join(Item, col(Item.id) == col(ItemVersion.item_id))
    found = session.execute(query.where(col(Item.course_id) == course_id))
    return {(item_id, hashed): (known, authors) for item_id, hashed, known, authors in found}


def newest(
    session: Session, *, course_id: int | None = None, but: int | None = None, is_all: bool = True
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Code, type and content of the newest version of the items that are not retired, by code.

    Args:
        course_id: of this course alone.
        but: of every course but this one.
        is_all: False for the items in use alone, each as it is drawn now.
    """
    shown = _NEWEST if is_all else col(Item.version_id)
    query = columns(col(Item.code), col(ItemVersion.type), col(ItemVersion.content))
    query = query.join(ItemVersion, col(ItemVersion.id) == shown).order_by(col(Item.code))
    states = (ItemState.DRAFT, ItemState.REVIEWED, ItemState.IN_USE)
    query = query.where(col(Item.state).in_(states if is_all else states[-1:]))
    if course_id is not None:
        query = query.where(col(Item.course_id) == course_id)
    if but is not None:
        query = query.where(col(Item.course_id) != but)
    found = session.execute(query.execution_options(yield_per=ROWS))
    yield from ((code, name, content) for code, name, content in found)


def whole_versions(
    session: Session, course_id: int, *, is_all: bool
) -> Iterator[tuple[str, str, ItemVersion]]:
    """Code, pool and version of a course's items that are not retired, by code."""
    shown = _NEWEST if is_all else col(Item.version_id)
    query = columns(col(Item.code), col(Item.pool), ItemVersion)
    query = query.join(ItemVersion, col(ItemVersion.id) == shown).order_by(col(Item.code))
    states = (ItemState.DRAFT, ItemState.REVIEWED, ItemState.IN_USE)
    query = query.where(
        col(Item.course_id) == course_id, col(Item.state).in_(states if is_all else states[-1:])
    )
    found = session.execute(query.execution_options(yield_per=ROWS))
    yield from ((code, pool, version) for code, pool, version in found)


def contents(session: Session, codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By code the content of the newest version, retired items too."""
    query = columns(col(Item.code), col(ItemVersion.content))
    query = query.join(ItemVersion, col(ItemVersion.id) == _NEWEST)
    return {
        code: content
        for part in parts(codes, ROWS)
        for code, content in session.execute(query.where(col(Item.code).in_(part)))
    }


def codes(session: Session) -> Sequence[str]:
    """The codes of all items there ever were."""
    return list(session.execute(columns(col(Item.code))).scalars())


def course_codes(session: Session) -> dict[str, str]:
    """By item code the code of its course, for items that are not retired."""
    query = columns(col(Item.code), col(Course.code)).join(
        Course, col(Course.id) == col(Item.course_id)
    )
    return {item: course for item, course in session.execute(query)}


def add_items(session: Session, course_id: int, rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Add items that have no version yet; gives their ids by code."""
    _ADD_ITEM.many(session.connection(), rows)
    query = columns(col(Item.code), col(Item.id)).where(
        col(Item.course_id) == course_id, _NEWEST.is_(None)
    )
    return {code: item_id for code, item_id in session.execute(query)}


def add_versions(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Add versions."""
    _ADD_VERSION.many(session.connection(), rows)


def version_ids(session: Session, items: Iterable[int]) -> dict[tuple[int, str], int]:
    """By item and content hash the ids of the versions of some items."""
    query = columns(col(ItemVersion.item_id), col(ItemVersion.content_hash), col(ItemVersion.id))
    return {
        (item_id, hashed): version_id
        for part in parts(items, ROWS)
        for item_id, hashed, version_id in session.execute(
            query.where(col(ItemVersion.item_id).in_(part))
        )
    }


def show_first_versions(session: Session, course_id: int) -> None:
    """Give the items of a course that have none shown their only version, to wait or to be used."""
    only = columns(col(ItemVersion.id)).where(col(ItemVersion.item_id) == col(Item.id))
    for state, place in ((ItemState.DRAFT, "draft_id"), (ItemState.IN_USE, "version_id")):
        statement = update(Item.__table__).where(  # type: ignore[attr-defined]
            col(Item.course_id) == course_id, _NEWEST.is_(None), col(Item.state) == state
        )
        session.connection().execute(statement.values({place: only.scalar_subquery()}))


def place(session: Session, rows: Iterable[ItemRow]) -> None:
    """Write pool, state and versions of items."""
    statement = (
        update(Item.__table__)  # type: ignore[attr-defined]
        .where(col(Item.id) == bindparam("item"))
        .values(
            {
                name: bindparam(f"new_{name}")
                for name in ("pool", "state", "version_id", "draft_id", "is_unfinished")
            }
        )
    )
    for part in parts(rows, ROWS):
        session.connection().execute(
            statement,
            [
                {
                    "item": row.id,
                    "new_pool": row.pool,
                    "new_state": row.state,
                    "new_version_id": row.version_id,
                    "new_draft_id": row.draft_id,
                    "new_is_unfinished": row.is_unfinished,
                }
                for row in part
            ],
        )


def name_authors(session: Session, authors: dict[int, list[str]]) -> None:
    """Write who wrote some versions, by version id."""
    for version_id, names in authors.items():
        statement = update(ItemVersion).where(col(ItemVersion.id) == version_id)
        session.execute(statement.values(authors=names))


def parts(things: Iterable[ThingT] | Collection[ThingT], size: int) -> Iterator[list[ThingT]]:
    """The things in lists of at most so many."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part

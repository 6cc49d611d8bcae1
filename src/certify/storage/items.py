"""Items of the bank and their versions."""

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.item import Item, ItemState, ItemVersion
from certify.storage.prepared import Prepared

_IN_USE = Prepared(
    columns(
        col(Item.code),
        col(ItemVersion.topic),
        col(ItemVersion.type),
        col(ItemVersion.difficulty),
        col(ItemVersion.id),
    )
    .join(ItemVersion, col(Item.version_id) == col(ItemVersion.id))
    .where(
        col(Item.course_id) == bindparam("course"),
        col(Item.state) == ItemState.IN_USE,
        col(Item.pool) == bindparam("pool"),
    )
    .order_by(col(Item.code))
)


def of_course(session: Session, course_id: int) -> dict[str, Item]:
    """Every item a course ever had, by its code."""
    found = session.exec(select(Item).where(Item.course_id == course_id)).all()
    return {item.code: item for item in found}


def by_code(session: Session, code: str) -> Item | None:
    return session.exec(select(Item).where(Item.code == code)).first()


def in_use(
    session: Session, course_id: int, *, pool: str
) -> Sequence[tuple[str, str, str, int, int]]:
    """Code, topic, type, difficulty and version id of a pool's items in use; no content."""
    found = _IN_USE.all(session.connection(), {"course": course_id, "pool": pool})
    return cast("list[tuple[str, str, str, int, int]]", found)


def newest_hashes(session: Session, course_id: int) -> dict[str, str]:
    """By code the hash of the newest version of each item that is not retired."""
    newest = func.coalesce(Item.draft_id, Item.version_id)
    query = (
        select(Item.code, ItemVersion.content_hash)
        .join(ItemVersion, col(ItemVersion.id) == newest)
        .where(Item.course_id == course_id, Item.state != ItemState.RETIRED)
    )
    return dict(session.exec(query).all())


def versions(session: Session, ids: Iterable[int]) -> dict[int, ItemVersion]:
    """Versions by id."""
    query = select(ItemVersion).where(col(ItemVersion.id).in_(list(ids)))
    return {version.id: version for version in session.exec(query).all() if version.id}


def codes(session: Session, version_ids: Iterable[int]) -> dict[int, str]:
    """Item codes by version id."""
    wanted = list(version_ids)
    if not wanted:
        return {}
    query = (
        select(ItemVersion.id, Item.code)
        .join(Item, col(ItemVersion.item_id) == Item.id)
        .where(col(ItemVersion.id).in_(wanted))
    )
    return {version_id: code for version_id, code in session.exec(query).all() if version_id}

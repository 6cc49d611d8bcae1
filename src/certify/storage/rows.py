"""Many rows of one table at once, without an object for each."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert
from sqlmodel import Session, SQLModel

from certify.storage.prepared import Prepared


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in one go; what is waiting in the session is written first.

    Args:
        rows: each with the same columns; those that are left out must not need a value.
    """
    if rows:
        session.flush()
        _insert(table, tuple(rows[0])).many(session.connection(), rows)


@cache
def _insert(table: type[SQLModel], columns: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table).values({name: bindparam(name) for name in columns}))

"""Many rows of one table at once, without an object for each."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from certify.storage.prepared import Prepared


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in one go; what is waiting in the session is written first.

    Args:
        rows: each with the same columns; those that are left out must not need a value.
    Raises:
        IntegrityError: there is such a row already.
    """
    if not rows:
        return
    session.flush()
    connection = session.connection()
    try:
        _insert(table, tuple(rows[0])).many(connection, rows)
    except connection.dialect.loaded_dbapi.IntegrityError as problem:
        raise IntegrityError(None, None, problem) from problem


def rows_of(session: Session, query: Select[*tuple[Any, ...]]) -> Iterable[Any]:
    """The rows of a query as bare tuples: half the time of `session.execute` for ten thousand.

    What is waiting in the session is written first.
    """
    session.flush()
    return session.connection().execute(query)


@cache
def _insert(table: type[SQLModel], columns: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table).values({name: bindparam(name) for name in columns}))

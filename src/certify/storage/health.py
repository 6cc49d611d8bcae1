"""Whether a database is sound: its file, its tables, what rows point at, the end of the ledger."""

import shutil
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, Inspector, Table, and_, inspect, text
from sqlalchemy import select as columns
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, col, func, select

from certify.domain.ledger import LedgerEntry, LedgerHead, first_false
from certify.i18n import _
from certify.storage import guards, ledger, schema, tables
from certify.storage.database import Database, session_of

LEAST_FREE = 200_000_000
"""Bytes on the disk below which somebody should be told, whatever the size of the database."""


def problems(database: Database, *, deep: bool = False) -> list[str]:
    """What is wrong with a database, one line each.

    Args:
        deep: read every row and index, and compute the whole ledger again.
    """
    try:
        with database.engine.connect() as connection:
            return list(found_in(connection, deep=deep))
    except DatabaseError as problem:
        return [str(problem.orig)]


def found_in(connection: Connection, *, deep: bool) -> Iterator[str]:
    """The same for the tables that a transaction sees.

    Tables of an older version are not compared: an upgrade makes them as they should be.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        yield from _file(connection, deep)
    if inspect(connection).has_table("alembic_version") and (
        connection.scalar(text("SELECT version_num FROM alembic_version")) == schema.HEAD
    ):
        odd = list(_shape(connection))
        yield from odd
        if not odd:
            yield from _ledger(connection, deep)
            if deep and not is_sqlite:
                yield from _orphans(connection)


def little_room(database: Database) -> int | None:
    """Bytes left on the disk of a SQLite file when they are few; None when they are enough."""
    if not database.is_sqlite:
        return None
    file = Path(database.engine.url.database or "")
    try:
        left, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    except OSError:
        return None
    return left if left < max(LEAST_FREE, 2 * size) else None


def _file(connection: Connection, deep: bool) -> Iterator[str]:
    """What SQLite's own checks find; PostgreSQL checks its pages itself when it reads them."""
    check = "integrity_check" if deep else "quick_check"
    for (said,) in connection.exec_driver_sql(f"PRAGMA {check}"):
        if said != "ok":
            yield str(said)
    for table, row_id, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} {row_id} → {parent}"


def _shape(connection: Connection) -> Iterator[str]:
    """Where tables, columns, indexes, foreign keys and guards differ from the code."""
    assert tables.__all__  # noqa: S101  every table is known
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in there:
            yield _("Table {table} is missing.").format(table=table.name)
        else:
            yield from chain(_columns(inspector, table), _indexes(inspector, table))
            yield from _foreign_keys(inspector, table)
    for name in guards.missing(connection):
        yield _("The guard of table {table} is missing or changed.").format(table=name)
    yield from _strangers(connection)


def _columns(inspector: Inspector, table: Table) -> Iterator[str]:
    there = {one["name"] for one in inspector.get_columns(table.name)}
    known = set(table.columns.keys())
    for name in sorted(known - there):
        yield _("Column {column} of table {table} is missing.").format(
            column=name, table=table.name
        )
    for name in sorted(there - known):
        yield _("Column {column} of table {table} is none of certify's.").format(
            column=name, table=table.name
        )


def _indexes(inspector: Inspector, table: Table) -> Iterator[str]:
    there = {one["name"] for one in inspector.get_indexes(table.name)}
    for index in sorted(str(one.name) for one in table.indexes):
        if index not in there:
            yield _("Index {index} of table {table} is missing.").format(
                index=index, table=table.name
            )


def _foreign_keys(inspector: Inspector, table: Table) -> Iterator[str]:
    there = {
        (tuple(one["constrained_columns"]), one["referred_table"])
        for one in inspector.get_foreign_keys(table.name)
    }
    for key in table.foreign_key_constraints:
        if (tuple(key.column_keys), key.referred_table.name) not in there:
            yield _("The reference of {table}, {column} to {parent} is missing.").format(
                table=table.name, column=", ".join(key.column_keys), parent=key.referred_table.name
            )


def _strangers(connection: Connection) -> Iterator[str]:
    """Programs that certify did not put there: they would run on its writes.

    Views of PostgreSQL are left alone; a company may have made some for its own reports.
    """
    dialect = connection.dialect.name
    query = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    if dialect != "sqlite":
        query = (
            "SELECT 'trigger', tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) ORDER BY tgname"
        )
    known = guards.names(dialect)
    for kind, name in connection.execute(text(query)):
        if name not in known:
            yield _("The {kind} {name} is none of certify's.").format(kind=kind, name=name)


def _orphans(connection: Connection) -> Iterator[str]:
    """Rows that point at nothing; PostgreSQL forbids them, but rights can switch that off."""
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            parent = key.referred_table.alias()
            pairs = [(one.parent, parent.columns[one.column.name]) for one in key.elements]
            child, nothing = pairs[0]
            query = (
                columns(func.count())
                .select_from(table.outerjoin(parent, and_(*(one == two for one, two in pairs))))
                .where(child.is_not(None), nothing.is_(None))
            )
            if count := connection.scalar(query):
                yield f"{table.name}.{child.name} → {key.referred_table.name}: {count}"


def _ledger(connection: Connection, deep: bool) -> Iterator[str]:
    """The head names the last entry; deep: and every entry fits the one before."""
    with session_of(connection) as session:
        head = session.get(LedgerHead, 1)
        last = session.exec(
            select(LedgerEntry).order_by(col(LedgerEntry.sequence).desc()).limit(1)
        ).first()
        found = (last.sequence, last.hash) if last else (0, "")
        if found != ((head.sequence, head.hash) if head else (0, "")):
            yield _("The head of the ledger does not name its last entry.")
        if not deep:
            return
        entries = ledger.entries(session)
        number = first_false(entries)
        deque(entries, maxlen=0)  # to the end, where the server lets go of what it streamed
        if number is not None:
            yield _("The ledger is broken at entry {number}.").format(number=number)

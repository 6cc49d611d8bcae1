"""Rows of a PostgreSQL database out of one moment and in again, by the server's own COPY.

Not by `pg_dump`: that of another version than the server's refuses to run, its file is a program
that is run on restoring, and it cannot be looked at before it is in place. Here the file holds
rows only; the tables are made by the scripts of certify.
"""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from psycopg import Connection as Driver
from psycopg import sql
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from certify.domain.backup import table_file
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.storage import schema
from certify.storage.backup_archive import Archive, ArchiveWriter

REFUSALS = (psycopg.Error,)
"""What COPY raises, which is not SQLAlchemy's own."""
_SETTINGS = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


class Moment:
    """A transaction that sees one moment of all tables and changes nothing."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        connection.execute(text("SET TRANSACTION READ ONLY"))
        for setting in _SETTINGS:
            connection.execute(text(setting))
        self.tables = tables(connection)
        self.columns = {table: columns(connection, table) for table in self.tables}

    def pack(self, out: ArchiveWriter) -> dict[str, int]:
        """Every table as a part of an archive.

        Returns:
            The number of rows by table.
        """
        rows = {}
        for table in self.tables:
            # In the order of the key: the same rows make the same file.
            query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
                _names(self.columns[table]),
                sql.Identifier(table),
                _names([one.name for one in SQLModel.metadata.tables[table].primary_key]),
            )
            with driver(self.connection).cursor() as cursor, out.file(table_file(table)) as part:
                with cursor.copy(query) as copied:
                    for chunk in copied:
                        part.write(chunk)
                rows[table] = cursor.rowcount
        return rows

    def counters(self) -> dict[str, int]:
        """The last number given out in each table that numbers its rows; 0 before the first."""
        found = {}
        for table, name in _numbered(self.connection):
            if table in self.columns:
                query = text(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
                last, is_called = self.connection.execute(query).one()
                found[table] = int(last) if is_called else 0
        return found


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last ledger entry."""
    row = connection.execute(text("SELECT sequence, hash FROM ledgerhead")).first()
    return (int(row[0]), str(row[1])) if row else (0, "")


def tables(connection: Connection) -> list[str]:
    """The tables of certify that are there, those first that others point at."""
    from certify.storage import tables as _all  # noqa: F401

    query = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid)")
    there = {str(name) for (name,) in connection.execute(query)}
    return [one.name for one in SQLModel.metadata.sorted_tables if one.name in there]


def columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table as the database has them."""
    query = text(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(:table)) "
        "AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )
    return [str(name) for (name,) in connection.execute(query, {"table": table})]


def unpack(connection: Connection, archive: Archive, place: str) -> None:
    """Make the tables of the backup's version in a new schema and put the rows in.

    Everything happens inside the transaction of the connection, which sees the new tables
    afterwards under their bare names.

    Raises:
        BadInput: tables, columns or rows are not those of that version.
        Refused: the user may make no schema here.
    """
    manifest = archive.manifest
    if not connection.scalar(text("SELECT has_database_privilege(current_database(), 'CREATE')")):
        raise Refused(
            _("This database user may make no schema here."),
            mend=_("Let its owner do it, or name another, empty database."),
        )
    for setting in _SETTINGS:
        connection.execute(text(setting))
    connection.execute(text(f"CREATE SCHEMA {place}"))
    connection.execute(text(f"SET LOCAL search_path TO {place}"))
    schema.bring(connection, manifest.tables)
    made = {table: columns(connection, table) for table in tables(connection)}
    told = {table: list(names) for table, names in manifest.columns.items()}
    if {table: sorted(names) for table, names in made.items()} != {
        table: sorted(names) for table, names in told.items()
    }:
        odd = sorted(name for name in {*made, *told} if made.get(name) != told.get(name))
        raise BadInput(
            _("These tables of the backup are not those of version {version}: {tables}").format(
                version=manifest.tables, tables=", ".join(odd)
            ),
            place=str(archive.path),
        )
    for table in manifest.rows:
        _fill(connection, archive, table)
    for table, name in _numbered(connection):
        if last := manifest.counters.get(table):
            connection.execute(text("SELECT setval(:name, :last)"), {"name": name, "last": last})


def swap(connection: Connection, place: str, home: str, kept: str) -> bool:
    """Move the tables of a schema where those of today are, and these into a schema of their own.

    Args:
        place: the schema that `unpack` made; it is gone afterwards.
        home: the schema where certify finds its tables.
        kept: the schema to make for what stands there.
    Returns:
        Whether something stood there.
    """
    connection.execute(text(f"SET LOCAL search_path TO {home}"))
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    if old := _things(connection):
        connection.execute(text(f"CREATE SCHEMA {kept}"))
        _move(connection, old, kept)
    connection.execute(text(f"SET LOCAL search_path TO {place}"))
    _move(connection, _things(connection), home)
    connection.execute(text(f"DROP SCHEMA {place}"))
    return bool(old)


def home_schema(connection: Connection) -> str:
    """The schema in which tables are made, quoted."""
    return str(connection.scalar(text("SELECT quote_ident(current_schema())")))


def _things(connection: Connection) -> list[str]:
    """What belongs to certify in the schema of the search path: its tables and their guard."""
    names = [*tables(connection), "alembic_version"]
    there = {name for name in names if columns(connection, name)}
    found = [f'TABLE "{name}"' for name in names if name in there]
    if connection.scalar(text("SELECT to_regproc('certify_guard')")):
        found.append("FUNCTION certify_guard()")
    return found


def _move(connection: Connection, things: Sequence[str], to: str) -> None:
    for thing in things:
        connection.execute(text(f"ALTER {thing} SET SCHEMA {to}"))


def _fill(connection: Connection, archive: Archive, table: str) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), _names(archive.manifest.columns[table])
    )
    with driver(connection).cursor() as cursor:
        with cursor.copy(query) as copied:
            for chunk in archive.chunks(table_file(table)):
                copied.write(chunk)
        if cursor.rowcount != archive.manifest.rows[table]:
            raise BadInput(
                _("The backup holds {found} rows of {table}; its manifest says {told}.").format(
                    found=cursor.rowcount, table=table, told=archive.manifest.rows[table]
                ),
                place=str(archive.path),
            )


def _numbered(connection: Connection) -> list[tuple[str, str]]:
    """Tables that number their rows, and the counter of each, ready for a statement."""
    query = text(
        "SELECT t.relname, s.oid::regclass::text FROM pg_class s "
        "JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "JOIN pg_class t ON t.oid = d.refobjid "
        "WHERE s.relkind = 'S' AND pg_table_is_visible(t.oid) ORDER BY 1"
    )
    return [(str(table), str(name)) for table, name in connection.execute(query)]


def driver(connection: Connection) -> Driver[Any]:
    """The connection as psycopg has it."""
    return cast("Driver[Any]", connection.connection.driver_connection)


def _names(found: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(one) for one in found)


def others(connection: Connection) -> int:
    """How many other programs are connected to this database."""
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))  # what was asked before is kept
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid != pg_backend_pid() AND backend_type = 'client backend'"
    )
    return int(connection.scalar(query) or 0)

"""What the database itself forbids: rows that say what happened are never changed (R-SUP-06).

Triggers stop every program that is not meant to be a forger; whoever owns the database can take
them away, which `certify ledger verify` then says. They are made anew after each upgrade, so that
they always fit the tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text
from sqlmodel import SQLModel

from certify.storage import tables  # noqa: F401  so that every table is known


@dataclass(frozen=True)
class Guard:
    """A table whose rows are never deleted, and which of their columns may change, and how."""

    table: str
    free: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    """From nothing to a value, never again."""
    emptied: tuple[str, ...] = ()
    """From words about a person to nothing, by an erasure (R-FRM-05)."""
    refused: str = ""
    """What else of an update is refused, in SQL."""


GUARDS = (
    Guard("ledgerentry"),
    Guard("ledgerhead", free=("sequence", "hash"), refused="NEW.sequence <= OLD.sequence"),
    Guard(
        "response",
        once=("erased_at",),
        emptied=("answer",),
        refused="NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL",
    ),
    Guard("attemptresult", emptied=("reason",)),
    Guard("marking", emptied=("remarks",)),
    Guard("qualificationchange", emptied=("reason",)),
    Guard("evaluation", emptied=("parts",)),
    Guard("policyversion"),
    Guard(
        "certificate",
        free=("facts", "salt", "revision", "issued_at"),
        once=("erased_at",),
        refused="NEW.revision NOT IN (OLD.revision, OLD.revision + 1)",
    ),
    Guard("certificaterevision", free=("facts", "salt"), emptied=("reason",)),
    Guard("signedcredential", emptied=("document",)),
    Guard("signingkey", once=("retired_at",)),
    Guard("erasure"),
)
EMPTY = "('', '{}', '[]', 'null')"
FUNCTION = """\
CREATE OR REPLACE FUNCTION certify_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'certify: the rows of %% are kept as they are', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END $$"""


def install(connection: Connection) -> None:
    """Make every trigger anew."""
    remove(connection)
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(FUNCTION)
    for _name, _table, sql in _wanted(connection.dialect.name):
        connection.exec_driver_sql(sql)


def remove(connection: Connection) -> None:
    """Take every trigger away, so that an upgrade can change what it must."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in _found(connection):
        connection.exec_driver_sql(
            f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}"
        )


def missing(connection: Connection) -> list[str]:
    """The tables of which a trigger was taken away, switched off or rewritten."""
    found = _found(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    return sorted(
        {
            table
            for name, table, sql in _wanted(connection.dialect.name)
            if (name, table) not in found or (is_sqlite and found[name, table] != sql)
        }
    )


def names(dialect: str) -> set[str]:
    """What the triggers are called that `install` makes."""
    return {name for name, _table, _sql in _wanted(dialect)}


def rights(role: str) -> list[str]:
    """SQL that gives a PostgreSQL role all that certify needs, and no right to change records.

    Args:
        role: quoted as SQL wants it; it must not own the tables.
    """
    names = [table.name for table in SQLModel.metadata.sorted_tables] + ["alembic_version"]
    guarded = [guard.table for guard in GUARDS]
    open_ones = [name for name in names if name not in (*guarded, "alembic_version")]
    sql = [
        f"REVOKE ALL ON {', '.join(names)} FROM {role};",
        f"GRANT SELECT ON {', '.join(names)} TO {role};",
        f"GRANT INSERT ON {', '.join([*open_ones, *guarded])} TO {role};",
        f"GRANT UPDATE, DELETE ON {', '.join(open_ones)} TO {role};",
    ]
    for guard in GUARDS:
        if columns := (*guard.free, *guard.once, *guard.emptied):
            sql.append(f"GRANT UPDATE ({', '.join(columns)}) ON {guard.table} TO {role};")
    return [*sql, f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"]


def _wanted(dialect: str) -> Iterator[tuple[str, str, str]]:
    """Name, table and SQL of every trigger."""
    for guard in GUARDS:
        table = SQLModel.metadata.tables[guard.table]
        whens = {"update": _refused(guard, table, dialect), "delete": ""}
        if dialect == "sqlite":  # INSERT OR REPLACE deletes without asking
            same = " AND ".join(f"{key.name} = NEW.{key.name}" for key in table.primary_key)
            whens["insert"] = f"EXISTS (SELECT 1 FROM {table.name} WHERE {same})"  # noqa: S608
        for event, when in whens.items():
            name = f"guard_{table.name}_{event}"
            yield name, table.name, _sql(dialect, name, event, table.name, when)
        if dialect != "sqlite":
            name = f"guard_{table.name}_truncate"
            sql = f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table.name} "
            yield name, table.name, f"{sql}EXECUTE FUNCTION certify_guard()"


def _sql(dialect: str, name: str, event: str, table: str, when: str) -> str:
    head = f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW"
    head += f" WHEN ({when})" if when else ""
    if dialect != "sqlite":
        return f"{head} EXECUTE FUNCTION certify_guard()"
    words = f"certify: the rows of {table} are kept as they are"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _refused(guard: Guard, table: Table, dialect: str) -> str:
    """When an update of a row is refused, in SQL."""
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"

    def changed(column: str) -> str:
        return f'CAST(OLD."{column}" AS TEXT) {differs} CAST(NEW."{column}" AS TEXT)'

    wrong = [guard.refused] if guard.refused else []
    for column in [one.name for one in table.columns]:
        if column in guard.once:
            wrong.append(f'OLD."{column}" IS NOT NULL AND {changed(column)}')
        elif column in guard.emptied:
            kept = f"COALESCE(CAST(NEW.\"{column}\" AS TEXT), '') NOT IN {EMPTY}"
            wrong.append(f"{changed(column)} AND {kept}")
        elif column not in guard.free:
            wrong.append(changed(column))
    return " OR ".join(f"({one})" for one in wrong)


def _found(connection: Connection) -> dict[tuple[str, str], str]:
    """The SQL of the triggers there are, by name and table."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname, relname, '' FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)"
        )
    rows = connection.execute(text(query))
    return {(name, table): sql for name, table, sql in rows if name.startswith("guard_")}

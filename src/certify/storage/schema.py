"""The version of the tables: made, checked and upgraded by Alembic's scripts."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from certify.errors import HomeUnusable
from certify.i18n import _
from certify.storage import guards
from certify.storage.database import UNABLE, Database

HEAD = "0006"
"""The newest script in `migrations/versions`; a test holds it to the folder."""

LOCK_KEY = 0x63657274
"""Names the PostgreSQL lock that only upgrades take."""


def version(database: Database) -> str:
    """The version of the tables in a database; empty when it has none yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found or "")


def ensure(database: Database) -> None:
    """Make the tables of a new database, upgrade those of an older one, refuse a newer one.

    Raises:
        HomeUnusable: the database belongs to a newer certify, or cannot be read or written.
    """
    try:
        _ensure(database)
    except UNABLE as problem:
        raise HomeUnusable(
            _("The tables cannot be made or upgraded: {reason}").format(reason=problem.orig),
            mend=_("Nothing was changed. Try again; if it lasts, tell an administrator."),
        ) from problem


def _ensure(database: Database) -> None:
    found = version(database)
    if found == HEAD:
        return
    if found > HEAD:
        raise HomeUnusable(
            _("The database was made by a newer certify (tables {found}, known {known}).").format(
                found=found, known=HEAD
            ),
            mend=_("Install the newer certify; this one changed nothing."),
        )
    if found and database.is_sqlite:
        _keep_copy(database, found)
    upgrade(database)


def upgrade(database: Database) -> None:
    """Bring the tables to `HEAD` and guard them."""
    with database.engine.execution_options(writes=True).begin() as connection:
        if not database.is_sqlite:  # nodes that start together take turns
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        bring(connection)


def bring(connection: Connection, to: str = HEAD) -> None:
    """Make or upgrade the tables inside a transaction; those of `HEAD` are guarded."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    guards.remove(connection)
    command.upgrade(config, to)
    if to == HEAD:
        guards.install(connection)


def _keep_copy(database: Database, found: str) -> None:
    """Copy an older SQLite database beside itself before it is upgraded."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = f"{database.engine.url.database}.{found}-{stamp}"
    connection = database.engine.raw_connection()  # SQLAlchemy's own would begin a transaction
    try:
        connection.cursor().execute("VACUUM INTO ?", (copy,))
    finally:
        connection.close()

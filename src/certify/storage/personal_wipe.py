"""After an erasure: old bytes leave the database file, too."""

import sqlite3
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from certify.storage.database import Database


def wipe(database: Database) -> bool:
    """Rewrite the database so that nothing deleted stays in free pages or in the WAL.

    PostgreSQL marks the space for reuse; its own backups and WAL archive keep older pages until
    they are thrown away.

    Returns:
        False when others are using the database; nothing is lost, it can be done again.
    """
    if not database.is_sqlite:
        engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with suppress(DBAPIError), engine.connect() as owner:  # nobody else may
            owner.execute(text("VACUUM"))
            return True
        return False
    connection = database.engine.raw_connection()  # SQLAlchemy's own would begin a transaction
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    except sqlite3.OperationalError:  # locked, or no room for the copy that VACUUM makes
        return False
    finally:
        connection.close()

"""Whether a database file is sound."""

from sqlalchemy.exc import DatabaseError

from certify.storage.database import Database


def problems(database: Database) -> list[str]:
    """What SQLite's own checks find; PostgreSQL checks its pages itself when it reads them."""
    if not database.is_sqlite:
        return []
    try:
        with database.engine.connect() as connection:
            found = [
                str(row[0])
                for row in connection.exec_driver_sql("PRAGMA integrity_check")
                if row[0] != "ok"
            ]
            for table, row_id, parent, _key in connection.exec_driver_sql(
                "PRAGMA foreign_key_check"
            ):
                found.append(f"{table} {row_id} → {parent}")
    except DatabaseError as problem:
        return [str(problem.orig)]
    return found

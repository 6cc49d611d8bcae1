"""Copies of a SQLite database while others write, and a new file in the place of an old one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.storage.database import BUSY_SECONDS, Database

SIDE_FILES = ("-wal", "-shm", "-journal")
_BEGINS = b"SQLite format 3\0"
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(frozen=True)
class Told:
    """What a database file says of itself."""

    tables: str
    """Version of the tables; empty when it has none."""
    sequence: int
    head: str
    rows: dict[str, int]


def copy(database: Database, to: Path) -> None:
    """One moment of a database as a new file; writers are not kept waiting.

    `VACUUM INTO` rather than the page-by-page copy: it reads every row, so damage is met now and
    not on the day of need; and pages that are free, where erased texts linger, stay behind.

    Raises:
        sqlite3.Error: no room, or the database is damaged.
    """
    file = database.engine.url.database or ""
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


def told(file: Path) -> Told:
    """What a file at rest says of itself.

    Raises:
        sqlite3.Error: it is no database, or not one of certify.
    """
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        tables = [
            str(name)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                "AND name != 'alembic_version' ORDER BY name"
            )
        ]
        rows = {
            name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
            for name in tables
        }
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        head = connection.execute("SELECT sequence, hash FROM ledgerhead").fetchone()
        sequence, last = head or (0, "")
        return Told(str(version[0]) if version else "", int(sequence), str(last), rows)


def settle(file: Path) -> None:
    """Make a closed database one file that needs no others beside it, flushed."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with file.open("rb") as settled:
        os.fsync(settled.fileno())


def put(new: Path, place: Path, kept: Path) -> bool:
    """Let a settled file take the place of a database, which goes on under another name.

    At every moment one of the two stands there whole. Who opens the old file in that moment is
    told by SQLite that it was moved, before anything is written.

    Returns:
        Whether something stood there.
    Raises:
        Refused: another program has it open.
        OSError: the folder cannot be written.
    """
    if not place.exists():
        _stay(new, place)
        return False
    with _nobody_else(place) as is_damaged:
        os.link(place, kept)
        if is_damaged:  # what stands beside it would be taken for a part of the new one
            for end in SIDE_FILES:
                with suppress(FileNotFoundError):
                    os.replace(f"{place}{end}", f"{kept}{end}")
        _stay(new, place)
    return True


def refuse_in_use(place: Path) -> None:
    """Refuse while another program has the database open.

    Raises:
        Refused
    """
    if place.exists():
        with _nobody_else(place):
            pass


@contextmanager
def _nobody_else(place: Path) -> Iterator[bool]:
    """Hold a database that nobody has open, all of it in its one file.

    Yields:
        Whether it is so damaged that nobody could have it open.
    """
    with place.open("rb") as file:
        if file.read(len(_BEGINS)) not in (b"", _BEGINS):
            yield True  # SQLite would remove what lies beside it, and that may be worth keeping
            return
    with closing(sqlite3.connect(place, timeout=1, isolation_level=None)) as connection:
        try:
            # Writing to the log ends here; SQLite allows that to the only one who has it open.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF in _LOCKED:
                raise in_use(str(place)) from problem
            raise BadInput(
                _("The database that stands here cannot be written: {reason}").format(
                    reason=problem
                ),
                place=str(place),
                mend=_("Move it away first."),
            ) from problem
        except sqlite3.DatabaseError:
            yield True
            return
        yield False


def in_use(place: str) -> Refused:
    """Another program has the database open."""
    return Refused(
        _("The database is in use."),
        place=place,
        mend=_("Leave every certify that has it open, then try again."),
    )


def flush_folder(folder: Path) -> None:
    """Let a new name in a folder outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stay(new: Path, place: Path) -> None:
    os.replace(new, place)
    flush_folder(place.parent)

"""Making a backup: one moment of the database in one file, while others go on writing (G21)."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.exc import DBAPIError

from certify import __version__
from certify.domain.backup import DATABASE, POSTGRESQL, SQLITE, Manifest, key_file
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import NotSaved, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.backup.workshop import workshop
from certify.services.recording import record
from certify.storage import backup_postgres, backup_sqlite, schema
from certify.storage.backup_archive import ArchiveWriter


@dataclass(frozen=True)
class Backup:
    """A backup that was made."""

    path: Path
    size: int
    """Bytes."""
    sha256: str
    """Of the whole file; the ledger keeps it."""
    manifest: Manifest


def back_up(
    platform: Platform, *, actor: Actor, path: Path, replace: bool = False, with_keys: bool = False
) -> Backup:
    """Write a backup, whole or not at all, for its owner alone.

    Args:
        replace: whether a file that stands there may go.
        with_keys: put the private signing keys in, too: who has the file can then sign.
    Raises:
        NotPermitted
        BadInput: the place cannot be written.
        Refused: a file stands there.
        NotSaved: no room, or the database cannot be read.
    """
    check_may(actor)
    if os.path.lexists(path) and not (replace and path.is_file()):
        raise _stands_there(path)
    with workshop(path.parent, platform.clock.now()) as folder:
        made = pack(platform, folder, with_keys=with_keys)
        with platform.database.write() as session:
            record(
                session,
                platform,
                actor,
                "backup-made",
                f"backup:{made.manifest.sequence}",
                sequence=made.manifest.sequence,
                digest=made.sha256,
                keys=bool(made.manifest.keys),
            )
        with _told():
            _put(made.path, path, replace)
    return Backup(path, made.size, made.sha256, made.manifest)


def check_may(actor: Actor) -> None:
    """Refuse who may not make backups; who holds the machine may.

    Raises:
        NotPermitted
    """
    if not actor.is_console:
        require(actor, Action.BACK_UP)


def pack(platform: Platform, folder: Path, *, with_keys: bool = False) -> Backup:
    """Make a backup in a folder of its own and flush it.

    Raises:
        NotSaved: no room, or the database cannot be read.
    """
    path = folder / "backup"
    with _told(), closing(ArchiveWriter(path)) as out:
        if with_keys:
            for key in sorted(platform.settings.keys_folder.glob("*.pem")):
                out.add(key_file(key.name), key)
        fill = _fill_sqlite if platform.database.is_sqlite else _fill_postgresql
        manifest = fill(platform, folder, out)
        digest = out.finish(manifest)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return Backup(path, path.stat().st_size, digest, manifest)


def _fill_sqlite(platform: Platform, folder: Path, out: ArchiveWriter) -> Manifest:
    moment = platform.clock.now()
    copy = folder / DATABASE
    backup_sqlite.copy(platform.database, copy)
    told = backup_sqlite.told(copy)
    out.add(DATABASE, copy)
    copy.unlink()
    return Manifest(
        certify=__version__,
        tables=told.tables,
        moment=moment,
        kind=SQLITE,
        sequence=told.sequence,
        head=told.head,
        rows=told.rows,
        files=out.files,
    )


def _fill_postgresql(platform: Platform, _folder: Path, out: ArchiveWriter) -> Manifest:
    moment = platform.clock.now()
    tables = schema.version(platform.database)
    engine = platform.database.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.begin() as connection:
        seen = backup_postgres.Moment(connection)
        sequence, head = backup_postgres.head(connection)
        return Manifest(
            certify=__version__,
            tables=tables,
            moment=moment,
            kind=POSTGRESQL,
            sequence=sequence,
            head=head,
            rows=seen.pack(out),
            files=out.files,
            columns=seen.columns,
            counters=seen.counters(),
        )


def _put(made: Path, path: Path, replace: bool) -> None:
    """Give the file its name; a name that is taken stays whose it is."""
    made.chmod(0o600)
    if replace:
        made.replace(path)
    else:
        try:
            os.link(made, path)
        except FileExistsError:
            raise _stands_there(path) from None
    backup_sqlite.flush_folder(path.parent)


def _stands_there(path: Path) -> Refused:
    return Refused(
        _("There is something of this name already."),
        place=str(path),
        mend=_("Name another file, or replace this one with --replace."),
    )


@contextmanager
def _told() -> Iterator[None]:
    """Say in words why there is no backup."""
    try:
        yield
    except (OSError, sqlite3.Error, psycopg.Error, DBAPIError) as problem:
        reason = getattr(problem, "orig", None) or getattr(problem, "strerror", None) or problem
        raise NotSaved(
            _("The backup could not be made: {reason}").format(reason=reason),
            mend=_("Nothing was left behind. Mend this and try again."),
        ) from problem

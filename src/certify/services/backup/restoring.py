"""Restoring a backup: looked at from end to end, then put in place in one step (G21)."""

import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from certify.clock import Clock
from certify.domain.backup import DATABASE, POSTGRESQL, SQLITE, Manifest, key_file
from certify.errors import BadInput, HomeUnusable, NotSaved, Refused
from certify.i18n import _
from certify.services.backup.workshop import workshop
from certify.settings import Settings
from certify.storage import (
    backup_check,
    backup_postgres,
    backup_sqlite,
    folder,
    ledger,
    schema,
    signing_keys,
)
from certify.storage.backup_archive import Archive, opened
from certify.storage.database import connect, session_of

ROOM = 3
"""Times its size that a database needs while it is restored: its copy, and room for an upgrade."""


@dataclass(frozen=True)
class Restored:
    """A backup that is in place now."""

    manifest: Manifest
    kept: str
    """File or schema in which what stood there goes on; empty when nothing stood there."""
    keys: tuple[str, ...]
    """Files of private keys that were put into the folder of keys."""


def restore(
    settings: Settings, *, clock: Clock, actor_id: int, path: Path, replace: bool = False
) -> Restored:
    """Put a backup in the place of the database of the settings.

    Nothing is changed before everything is checked; killed at any moment, the old database or the
    new one stands there whole. Older tables are upgraded; the ledger says afterwards that it was
    restored.

    Args:
        actor_id: 0 for the command line acting for nobody on the staff.
        replace: whether a database that stands there may be put aside; it is never removed.
    Raises:
        BadInput: the file is no whole backup of this kind of database.
        HomeUnusable: it was made by a newer certify, or nothing can be written there.
        Refused: a database stands there, or somebody has it open.
        NotSaved: no room, or the server did not take it.
    """
    is_sqlite = make_url(settings.database_url).get_backend_name() == "sqlite"
    with opened(path) as archive:
        check_kind(archive, is_sqlite)
        try:
            put = _sqlite if is_sqlite else _postgresql
            kept = put(settings, clock, actor_id, archive, replace)
        except (OSError, sqlite3.Error, DBAPIError, *backup_postgres.REFUSALS) as problem:
            raise not_restored(problem) from problem
        return Restored(archive.manifest, kept, _put_keys(settings, archive))


def check_kind(archive: Archive, is_sqlite: bool) -> None:
    """Refuse a backup of the other kind of database, or of a newer certify.

    Raises:
        BadInput, HomeUnusable
    """
    if archive.manifest.kind != (SQLITE if is_sqlite else POSTGRESQL):
        raise BadInput(
            _("The backup is of {found}; the database here is another one.").format(
                found={SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}[archive.manifest.kind]
            ),
            place=str(archive.path),
            mend=_("Name a database of that kind with --db."),
        )
    backup_check.refuse_newer(archive.manifest, archive.path)


def unpack_sqlite(archive: Archive, new: Path) -> None:
    """Unpack the database of a backup into a new file, upgrade it and check it.

    Raises:
        BadInput: it is not what the manifest says, or not sound.
        NotSaved: no room.
    """
    manifest = archive.manifest
    free, size = shutil.disk_usage(new.parent).free, manifest.files[DATABASE].size
    if free < ROOM * size:
        raise NotSaved(
            _("Restoring needs {needed} MB of room; {free} MB are free.").format(
                needed=ROOM * size // 1_000_000 + 1, free=free // 1_000_000
            ),
            mend=_("Nothing was changed. Make room and try again."),
        )
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        archive.unpack(DATABASE, out)
    try:
        told = backup_sqlite.told(new)
    except sqlite3.Error as problem:
        raise BadInput(
            _("The backup is not sound: {problem}").format(problem=problem),
            place=str(archive.path),
            mend=_("Take another backup."),
        ) from problem
    backup_check.compare(manifest, archive.path, vars(told))
    database = connect(f"sqlite:///{new}")
    try:
        with database.engine.execution_options(writes=True).begin() as connection:
            backup_check.bring_up(connection, manifest, archive.path)
    finally:
        database.close()


def unpack_postgresql(connection: Connection, archive: Archive, place: str) -> None:
    """Put the rows of a backup into a new schema inside a transaction, upgrade and check them.

    Raises:
        BadInput: they are not what the manifest says, or not sound.
        Refused: the user may make no schema here.
    """
    manifest = archive.manifest
    backup_postgres.unpack(connection, archive, place)
    sequence, head = backup_postgres.head(connection)
    rows = backup_check.rows(connection, manifest)
    told = {"sequence": sequence, "head": head, "rows": rows}
    backup_check.compare(manifest, archive.path, told)
    backup_check.bring_up(connection, manifest, archive.path)


def not_restored(problem: Exception) -> NotSaved:
    """What a disk or server said, in words."""
    reason = getattr(problem, "orig", None) or getattr(problem, "strerror", None) or problem
    return NotSaved(
        _("The backup could not be restored: {reason}").format(reason=reason),
        mend=_("Nothing was changed. Mend this and try again."),
    )


def _sqlite(
    settings: Settings, clock: Clock, actor_id: int, archive: Archive, replace: bool
) -> str:
    place = Path(make_url(settings.database_url).database or "").absolute()
    folder.check(place)
    if place.exists():
        if not replace:
            raise _stands_there(str(place))
        backup_sqlite.refuse_in_use(place)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = place.with_name(f"{place.name}.before-{_stamp(clock)}")
    if os.path.lexists(kept):
        raise _stands_there(str(kept))
    with workshop(place.parent, clock.now()) as room:
        new = room / DATABASE
        unpack_sqlite(archive, new)
        database = connect(f"sqlite:///{new}")
        try:
            with database.engine.execution_options(writes=True).begin() as connection:
                _record(connection, clock, actor_id, archive)
        finally:
            database.close()
        backup_sqlite.settle(new)
        return str(kept) if backup_sqlite.put(new, place, kept) else ""


def _postgresql(
    settings: Settings, clock: Clock, actor_id: int, archive: Archive, replace: bool
) -> str:
    database = connect(settings.database_url)
    try:
        with database.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": schema.LOCK_KEY})
            if backup_postgres.tables(connection) and not replace:
                raise _stands_there(database.engine.url.database or "")
            _refuse_others(connection, database.engine.url.database or "")
            home, stamp = backup_postgres.home_schema(connection), _stamp(clock).lower()
            place, kept = f"certify_restored_{stamp}", f"certify_before_{stamp}"
            unpack_postgresql(connection, archive, place)
            _record(connection, clock, actor_id, archive)
            stood = backup_postgres.swap(connection, place, home, kept)
            _refuse_others(connection, database.engine.url.database or "")
            return kept if stood else ""
    finally:
        database.close()


def _refuse_others(connection: Connection, name: str) -> None:
    if backup_postgres.others(connection):
        raise backup_sqlite.in_use(name)


def _record(connection: Connection, clock: Clock, actor_id: int, archive: Archive) -> None:
    """The first entry behind those of the backup says why later ones may be missing."""
    with session_of(connection) as session:
        ledger.append(
            session,
            at=clock.now(),
            actor_id=actor_id,
            action="backup-restored",
            subject=f"backup:{archive.manifest.sequence}",
            facts={"sequence": archive.manifest.sequence, "digest": archive.sha256},
        )


def _put_keys(settings: Settings, archive: Archive) -> tuple[str, ...]:
    """Put private keys of the company where they belong; one that is there stays as it is.

    Files that name no key of the restored database are left out: they would be a stranger's.

    Raises:
        HomeUnusable: the database is in place, but a key cannot be written.
    """
    put, known = [], _known_keys(settings) if archive.manifest.keys else set()
    for name in archive.manifest.keys:
        if name.removesuffix(".pem") not in known:
            continue
        path = settings.keys_folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as problem:
            raise HomeUnusable(
                _("The signing key cannot be written ({reason}).").format(reason=problem.strerror),
                place=str(path),
                mend=_("The database is restored. Unpack the keys out of the backup by hand."),
            ) from problem
        with open(handle, "wb") as out:
            archive.unpack(key_file(name), out)
        put.append(name)
    return tuple(put)


def _known_keys(settings: Settings) -> set[str]:
    database = connect(settings.database_url)
    try:
        with database.read() as session:
            return {one.id for one in signing_keys.every(session)}
    finally:
        database.close()


def _stamp(clock: Clock) -> str:
    return clock.now().strftime("%Y%m%dT%H%M%S%f")[:-3]


def _stands_there(place: str) -> Refused:
    return Refused(
        _("There is a database here already."),
        place=place,
        mend=_("With --replace it is put aside under a dated name."),
    )

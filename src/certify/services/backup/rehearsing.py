"""Rehearsing the day of need: a backup is made, restored elsewhere, checked and removed (G21)."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from certify.domain.backup import DATABASE, Manifest
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.backup.making import check_may, pack
from certify.services.backup.restoring import (
    check_kind,
    not_restored,
    unpack_postgresql,
    unpack_sqlite,
)
from certify.services.backup.workshop import workshop_at_home
from certify.services.recording import record
from certify.storage import backup_postgres
from certify.storage.backup_archive import Archive, opened
from certify.storage.database import connect

PLACE = "certify_rehearsal"
"""The schema in which PostgreSQL holds the restored tables until they are checked."""


@dataclass(frozen=True)
class Rehearsal:
    """A backup that was restored and found whole."""

    manifest: Manifest
    size: int
    """Bytes of the backup."""
    rows: int
    made_in: float
    """Seconds."""
    restored_in: float
    """Seconds, with everything that is checked."""


def rehearse(platform: Platform, *, actor: Actor, into: str = "") -> Rehearsal:
    """Back the database up, restore it in a place of its own, check everything, remove both.

    Args:
        into: URL of an empty PostgreSQL database to restore into; without it a SQLite file in the
            home, or a schema of the same database. Nothing of it stays: it is never committed.
    Raises:
        NotPermitted
        BadInput: the backup did not hold what it should; naming what.
        Refused: the place is not empty, or the user may make no schema there.
        NotSaved: no room.
    """
    check_may(actor)
    root = platform.settings.home.root
    with workshop_at_home(root, platform.clock.now()) as folder:
        begun = perf_counter()
        made = pack(platform, folder)
        packed = perf_counter()
        with opened(made.path) as archive:
            _restore(platform, archive, folder, into)
        restored = perf_counter()
    with platform.database.write() as session:
        entry = session.get(LedgerEntry, made.manifest.sequence)
        if (entry.hash if entry else "") != made.manifest.head:
            raise BadInput(
                _("The restored ledger does not end where the live one stood."),
                mend=_("Verify the ledger: certify ledger verify."),
            )
        record(
            session,
            platform,
            actor,
            "restore-rehearsed",
            f"backup:{made.manifest.sequence}",
            sequence=made.manifest.sequence,
            digest=made.sha256,
        )
    return Rehearsal(
        made.manifest,
        made.size,
        sum(made.manifest.rows.values()),
        packed - begun,
        restored - packed,
    )


def _restore(platform: Platform, archive: Archive, folder: Path, into: str) -> None:
    is_sqlite = platform.database.is_sqlite
    check_kind(archive, is_sqlite)
    try:
        if is_sqlite:
            unpack_sqlite(archive, folder / DATABASE)
        elif not into:
            with platform.database.engine.connect() as connection:
                unpack_postgresql(connection, archive, PLACE)  # and rolled back
        else:
            _restore_into(archive, into)
    except (OSError, sqlite3.Error, DBAPIError, *backup_postgres.REFUSALS) as problem:
        raise not_restored(problem) from problem


def _restore_into(archive: Archive, into: str) -> None:
    if make_url(into).get_backend_name() != "postgresql":
        raise BadInput(
            _("“{url}” is no PostgreSQL database.").format(url=into),
            mend=_("Write postgresql+psycopg://USER@HOST/NAME."),
        )
    database = connect(into)
    try:
        with database.engine.connect() as connection:
            _check_empty(connection, into)
            unpack_postgresql(connection, archive, PLACE)
    finally:
        database.close()


def _check_empty(connection: Connection, into: str) -> None:
    if backup_postgres.tables(connection):
        raise Refused(
            _("There is a database here already."),
            place=make_url(into).database or "",
            mend=_("Name an empty one."),
        )

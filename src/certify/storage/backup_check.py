"""Whether restored tables hold what the backup's manifest says, before anybody uses them."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, text

from certify.domain.backup import Manifest
from certify.domain.ledger import LedgerEntry
from certify.errors import BadInput, HomeUnusable
from certify.i18n import _
from certify.storage import guards, health, schema
from certify.storage.database import session_of


def refuse_newer(manifest: Manifest, path: Path) -> None:
    """Refuse tables that this certify does not know.

    Raises:
        HomeUnusable
    """
    if manifest.tables > schema.HEAD:
        raise HomeUnusable(
            _("The backup was made by a newer certify (tables {found}, known {known}).").format(
                found=manifest.tables, known=schema.HEAD
            ),
            place=str(path),
            mend=_("Install the newer certify; this one changed nothing."),
        )


def compare(manifest: Manifest, path: Path, told: Mapping[str, object]) -> None:
    """Compare what restored tables say of themselves with the manifest.

    Args:
        told: `tables`, `sequence`, `head` and `rows`, as the manifest has them.
    Raises:
        BadInput: naming the first that differs.
    """
    for name, found in told.items():
        wanted = getattr(manifest, name)
        if found != wanted:
            raise BadInput(
                _("What was restored differs from the manifest in “{name}”.").format(name=name),
                place=str(path),
                mend=_("Take another backup."),
            )


def bring_up(connection: Connection, manifest: Manifest, path: Path) -> None:
    """Upgrade older tables, check everything, and compute the ledger again up to its end.

    Raises:
        BadInput: naming what is wrong.
    """
    if manifest.tables != schema.HEAD:
        schema.bring(connection)
    guards.install(connection)  # those of this certify; whatever called itself a guard is gone
    found = list(health.found_in(connection, deep=True))
    with session_of(connection) as session:
        last = session.get(LedgerEntry, manifest.sequence)
        if not found and (last.hash if last else "") != manifest.head:
            found = [_("Ledger entry {number} is another one.").format(number=manifest.sequence)]
    if found:
        raise BadInput(
            _("The backup is not sound: {problem}").format(problem=found[0]),
            place=str(path),
            mend=_("Take another backup."),
        )


def rows(connection: Connection, manifest: Manifest) -> dict[str, int]:
    """How many rows each table of the manifest has now."""
    return {
        table: int(connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)  # noqa: S608
        for table in manifest.rows
    }

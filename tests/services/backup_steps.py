"""Steps of tests about backups."""

import dataclasses
from pathlib import Path

from certify.domain.ledger import LedgerHead
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services.backup import making, restoring
from certify.services.backup.making import Backup
from certify.services.backup.restoring import Restored
from certify.storage import backup_archive
from certify.storage.backup_archive import ArchiveWriter


def back_up(platform: Platform, path: Path, *, with_keys: bool = False) -> Backup:
    """Make a backup from the command line."""
    return making.back_up(platform, actor=CONSOLE, path=path, with_keys=with_keys)


def restore(platform: Platform, path: Path, *, replace: bool = True) -> Restored:
    """Restore it where the platform's database is; the platform goes on with what is there then."""
    platform.database.close()
    return restoring.restore(
        platform.settings, clock=platform.clock, actor_id=0, path=path, replace=replace
    )


def head(platform: Platform) -> tuple[int, str]:
    """Number and hash of the last ledger entry."""
    with platform.database.read() as session:
        found = session.get_one(LedgerHead, 1)
        return found.sequence, found.hash


def resealed(source: Path, to: Path, name: str, old: bytes, new: bytes) -> Path:
    """The same backup with other bytes in a part, with a digest and a seal that fit them."""
    with backup_archive.opened(source) as archive:
        out = ArchiveWriter(to)
        for one in archive.manifest.files:
            data = b"".join(archive.chunks(one))
            if one == name:
                assert old in data
                data = data.replace(old, new)
            with out.file(one) as part:
                part.write(data)
        out.finish(dataclasses.replace(archive.manifest, files=out.files))
    return to

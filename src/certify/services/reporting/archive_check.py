"""Whether a dossier's archive holds what its manifest names, byte for byte; needs no database."""

import hashlib
import json
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certify.domain.clean import clean_line
from certify.domain.dossier_archive import MANIFEST, MOST_BYTES, MOST_FILES, Listed, listed
from certify.errors import BadInput
from certify.i18n import _

MOST_MANIFEST = 8_000_000
PAGE = 1 << 20


@dataclass(frozen=True)
class ArchiveCheck:
    """What an archive says of itself, and what in it is not as it says."""

    number: str
    kind: str
    subject: str
    time: str
    files: int
    troubles: tuple[tuple[str, str], ...]
    """Name of a file, and what is wrong with it."""


def check_archive(path: Path) -> ArchiveCheck:
    """Hold every file of an archive against its manifest.

    Raises:
        BadInput: it is no archive of a dossier, or its manifest cannot be used.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            plain, wanted = _manifest(archive)
            number, kind, subject, time = (
                clean_line(str(plain.get(key, ""))) for key in ("number", "kind", "subject", "time")
            )
            troubles = tuple(_troubles(archive, wanted))
            return ArchiveCheck(number, kind, subject, time, len(wanted), troubles)
    except OSError as problem:
        raise BadInput(
            _("The file cannot be read: {reason}").format(reason=problem.strerror or problem),
            place=str(path),
        ) from problem
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        KeyError,
        ValueError,
        EOFError,
        RuntimeError,
    ) as problem:
        raise BadInput(
            _("This is no archive of a dossier, or it was cut ({reason}).").format(
                reason=clean_line(str(problem))
            ),
            place=str(path),
            mend=_("Ask for it again."),
        ) from problem


def _manifest(archive: zipfile.ZipFile) -> tuple[dict[str, Any], list[Listed]]:
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise ValueError(MANIFEST)
    plain = json.loads(archive.read(MANIFEST))
    wanted = listed(plain)
    if sum(one.size for one in wanted) > MOST_BYTES or len(archive.infolist()) > MOST_FILES:
        raise ValueError("size")
    return plain, wanted


def _troubles(archive: zipfile.ZipFile, wanted: list[Listed]) -> list[tuple[str, str]]:
    there = [one.filename for one in archive.infolist()]
    named = {one.name for one in wanted}
    found = [
        (clean_line(name), _("is not in the manifest"))
        for name in sorted({*there} - named - {MANIFEST})
    ]
    found += [(name, _("is there twice")) for name in sorted(named) if there.count(name) > 1]
    for one in wanted:
        if one.name not in there:
            found.append((one.name, _("is missing")))
        elif not _is_same(archive, one):
            found.append((one.name, _("was changed")))
    return found


def _is_same(archive: zipfile.ZipFile, one: Listed) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(one.name) as part:
            while size <= one.size and (page := part.read(PAGE)):
                digest.update(page)
                size += len(page)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError):
        return False
    return (size, digest.hexdigest()) == (one.size, one.sha256)

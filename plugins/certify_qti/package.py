"""A package that somebody hands in: opened with care, read part by part, never written to disk."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from certify.api import BadInput, BankFile, _, clean_line

MAX_PARTS = 20_000
MAX_PART = 5_000_000
"""Bytes of one XML file; the XML of an item has a few thousand."""
MAX_MANIFEST = 10_000_000
MAX_UNPACKED = 100_000_000
"""Bytes of all XML files of a package together; pictures and sounds are not unpacked."""
HEAD = 4_096
"""Bytes by which a part is recognised that is not read."""
MAX_RATIO = 100
SMALL_PART = 1_000_000
"""A part up to this size may be packed as tightly as it likes."""
_ENTRY = b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
"""What the library raises when an archive is not what it says."""


@dataclass(frozen=True)
class Package:
    """An open archive."""

    name: str
    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]
    """By their paths, in the order of the archive; folders and the notes of a Mac are left out."""

    def read(self, path: str, most: int = MAX_PART) -> bytes:
        """The bytes of one part.

        Raises:
            BadInput: it is too large, packed too tightly, or broken.
        """
        part = self.parts[path]
        if part.file_size > min(most, max(SMALL_PART, MAX_RATIO * part.compress_size)):
            raise BadInput(
                _("This file of the package is too large or packed too tightly."),
                place=path,
                mend=_("An XML file may have {size} MB; split it.").format(size=most // 1_000_000),
            )
        try:
            return self.archive.read(part)  # never more than the size that was just checked
        except _BROKEN as problem:
            raise _broken(path, problem) from problem

    def begins(self, path: str) -> bytes:
        """The first bytes of a part, whatever its size; none where it is broken."""
        try:
            with self.archive.open(self.parts[path]) as part:
                return part.read(HEAD)
        except _BROKEN:
            return b""


def looks_like_package(data: bytes) -> bool:
    """Whether an archive holds XML or archives; a broken one does, for reading it says why."""
    if data.count(_ENTRY) > MAX_PARTS:
        return True
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except _BROKEN:
        return True
    return not names or any(name.lower().endswith((".xml", ".zip")) for name in names)


def open_package(file: BankFile) -> Package:
    """An archive whose list of parts was checked before anything is unpacked.

    Raises:
        BadInput: it is broken, too large, locked, or a part would lie outside it.
    """
    if file.data.count(_ENTRY) > MAX_PARTS:
        raise _too_large(file.name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
        listed = archive.infolist()
    except _BROKEN as problem:
        raise _broken(file.name, problem) from problem
    parts = {clean_line(part.filename.replace("\\", "/")): part for part in listed if _counts(part)}
    for path, part in parts.items():
        if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
            raise BadInput(
                _("A file of this package would lie outside it."),
                place=f"{file.name}: {path}",
                mend=_("Make the package anew; do not use this one."),
            )
        if part.flag_bits & 1:
            raise BadInput(
                _("This package has a password."),
                place=f"{file.name}: {path}",
                mend=_("Make it anew without a password."),
            )
    if sum(part.file_size for path, part in parts.items() if is_xml(path)) > MAX_UNPACKED:
        raise _too_large(file.name)
    return Package(file.name, archive, parts)


def is_xml(path: str) -> bool:
    """Whether a path names an XML file."""
    return path.lower().endswith(".xml")


def _counts(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    return not (part.is_dir() or name.startswith("__MACOSX/") or "/._" in f"/{name}")


def _broken(place: str, problem: Exception) -> BadInput:
    return BadInput(
        _("The package cannot be unpacked: {reason}").format(reason=clean_line(str(problem))),
        place=place,
        mend=_("Export it again; it may have broken on its way."),
    )


def _too_large(name: str) -> BadInput:
    return BadInput(
        _("The package is too large: at most {parts} files and {size} MB of XML.").format(
            parts=MAX_PARTS, size=MAX_UNPACKED // 1_000_000
        ),
        place=name,
        mend=_("Export it in several parts."),
    )

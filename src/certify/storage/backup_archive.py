"""The one file of a backup: a zip of its parts and their manifest, sealed over every byte.

A zip checks the content of its members and nothing else, so that many flipped bytes would pass.
The seal is the SHA-256 of all that stands before it, in the comment at the end of the file.
"""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from certify.domain.backup import FORMAT, Contained, Manifest, from_plain, to_plain
from certify.errors import BadInput
from certify.i18n import _

MANIFEST = "manifest.json"
MOST_MANIFEST = 4_000_000
CHUNK = 1 << 20
QUICKLY = 1
"""Compression level: a third more bytes than at the best one, in a fifth of its time."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # of bzip2
    ValueError,
    RuntimeError,
)
"""What reading a part that somebody made by hand may raise."""
_SEAL_LENGTH = 64


class Packed:
    """A file that is being written into the archive, hashed on its way."""

    def __init__(self, out: object) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Add to its end."""
        self._out.write(data)  # type: ignore[attr-defined]
        self._digest.update(data)
        self.size += len(data)

    @property
    def facts(self) -> Contained:
        """Size and digest of what was written."""
        return Contained(self.size, self._digest.hexdigest())


class ArchiveWriter:
    """Writes the parts of a backup; `finish` adds the manifest and seals."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=QUICKLY)
        self.files: dict[str, Contained] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[Packed]:
        """A new part, written within the block."""
        with self._zip.open(name, "w", force_zip64=True) as out:
            packed = Packed(out)
            yield packed
        self.files[name] = packed.facts

    def add(self, name: str, source: Path) -> None:
        """A file of the disk as a part."""
        with self.file(name) as out, source.open("rb") as held:
            while chunk := held.read(CHUNK):
                out.write(chunk)

    def finish(self, manifest: Manifest) -> str:
        """Write the manifest and the seal.

        Returns:
            SHA-256 of the whole file.
        """
        text = json.dumps(to_plain(manifest), ensure_ascii=False, indent=1)
        with self._zip.open(MANIFEST, "w") as out:  # `writestr` would write the time of day, too
            out.write(text.encode())
        self._zip.comment = b"0" * _SEAL_LENGTH
        self._zip.close()
        with self._path.open("r+b") as file:
            whole = _digest_before_seal(file)
            seal = whole.hexdigest().encode()
            file.seek(-_SEAL_LENGTH, 2)
            file.write(seal)
        whole.update(seal)
        return whole.hexdigest()

    def close(self) -> None:
        """Let the file go; it is no backup unless it was finished."""
        self._zip.close()


class Archive:
    """A backup whose seal and manifest are right, to be unpacked."""

    def __init__(
        self, path: Path, packed: zipfile.ZipFile, manifest: Manifest, sha256: str
    ) -> None:
        self.path = path
        self.manifest = manifest
        self.sha256 = sha256
        """Of the whole file, as the ledger keeps it of the day it was made."""
        self._zip = packed

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part; never more than the manifest says.

        Raises:
            BadInput: it is another content than the manifest says; after the last chunk.
        """
        wanted = self.manifest.files[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as part:
                while size <= wanted.size and (chunk := part.read(CHUNK)):
                    digest.update(chunk)
                    size += len(chunk)
                    if size <= wanted.size:
                        yield chunk
        except BROKEN as problem:
            raise _not_as_written(self.path, name) from problem
        if (size, digest.hexdigest()) != (wanted.size, wanted.sha256):
            raise _not_as_written(self.path, name)

    def unpack(self, name: str, out: BinaryIO) -> None:
        """Write the content of a part to a file.

        Raises:
            BadInput: see `chunks`.
        """
        for chunk in self.chunks(name):
            out.write(chunk)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup for reading; seal, names and manifest are checked first.

    Raises:
        BadInput: it cannot be read, is no backup, was cut or altered, or is of a newer certify.
    """
    try:
        file = path.open("rb")
    except OSError as problem:
        raise BadInput(
            _("The file cannot be read: {reason}").format(reason=problem.strerror or problem),
            place=str(path),
        ) from problem
    with file:
        sha256 = _check_seal(path, file)
        try:
            packed = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
            raise no_backup(path) from problem
        with packed:
            yield Archive(path, packed, _manifest(path, packed), sha256)


def no_backup(path: Path) -> BadInput:
    """The file is something else."""
    return BadInput(
        _("This is no backup of certify, or its end was cut off."),
        place=str(path),
        mend=_("Take another backup."),
    )


def _check_seal(path: Path, file: BinaryIO) -> str:
    size = file.seek(0, 2)
    file.seek(0)
    begins_as_zip = file.read(4) == b"PK\x03\x04"
    file.seek(max(size - _SEAL_LENGTH - 22, 0))
    ends_as_zip = file.read(4) == b"PK\x05\x06"
    if not ends_as_zip:
        raise no_backup(path)
    digest = _digest_before_seal(file)
    seal = file.read(_SEAL_LENGTH)
    if seal != digest.hexdigest().encode() or not begins_as_zip:
        raise BadInput(
            _("The backup was altered or damaged: its seal does not fit its content."),
            place=str(path),
            mend=_("Take another backup."),
        )
    digest.update(seal)
    return digest.hexdigest()


def _digest_before_seal(file: BinaryIO) -> "hashlib._Hash":
    """The digest of all before the seal; leaves the file there."""
    left = file.seek(0, 2) - _SEAL_LENGTH
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest


def _manifest(path: Path, packed: zipfile.ZipFile) -> Manifest:
    try:
        if packed.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError(_("it is too long"))
        plain = json.loads(packed.read(MANIFEST))
        if isinstance(plain, dict) and isinstance(plain.get("format"), int):
            _check_format(path, plain["format"])
        manifest = from_plain(plain)
    except (KeyError, RecursionError, *BROKEN) as problem:
        raise BadInput(
            _("The manifest of the backup cannot be used ({reason}).").format(reason=problem),
            place=f"{path}, {MANIFEST}",
            mend=_("Take another backup."),
        ) from problem
    names = [one.filename for one in packed.infolist()]
    if sorted(names) != sorted([*manifest.files, MANIFEST]):
        raise BadInput(
            _("The backup holds other files than its manifest names."),
            place=str(path),
            mend=_("Take another backup."),
        )
    return manifest


def _check_format(path: Path, found: int) -> None:
    if found != FORMAT:
        raise BadInput(
            _("The backup has format {found}; this certify reads {known}.").format(
                found=found, known=FORMAT
            ),
            place=str(path),
            mend=_("Use the certify that made it, or a newer one."),
        )


def _not_as_written(path: Path, name: str) -> BadInput:
    return BadInput(
        _("This part of the backup is not what its manifest says."),
        place=f"{path}, {name}",
        mend=_("Take another backup."),
    )

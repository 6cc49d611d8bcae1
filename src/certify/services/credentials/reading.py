"""The signed document in a file that somebody brings: JSON, token, PNG or PDF."""

import struct
import zlib
from pathlib import Path

from certify.domain.strict_json import MAX_BYTES
from certify.errors import BadInput
from certify.i18n import _
from certify.paper.attachment import attached

KEYWORD = b"openbadgecredential"
"""Of the text chunk that carries an Open Badge in a PNG (1EdTech, baking)."""
MAX_FILE = 32 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"


def read_bytes(path: Path, limit: int = MAX_FILE) -> bytes:
    """A file from outside.

    Raises:
        BadInput: it cannot be read, or is larger than `limit` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as problem:
        raise BadInput(
            _("The file cannot be read ({reason}).").format(reason=problem.strerror),
            place=str(path),
            mend=_("Check the name and your right to read it."),
        ) from problem
    if len(data) > limit:
        raise BadInput(_("The file is too large."), place=str(path))
    return data


def document_in(data: bytes) -> str:
    """The signed document in the bytes of a file: JSON text or a compact token.

    Raises:
        ValueError: there is none, more than one, or the file is damaged.
    """
    if data.startswith(_PNG):
        data = _in_png(data)
    elif data.startswith(b"%PDF-"):
        data = _in_pdf(data)
    if len(data) > 2 * MAX_BYTES:
        raise ValueError("too large")
    return data.decode("utf-8").strip("\r\n ")


def _in_png(data: bytes) -> bytes:
    """The text chunk; every checksum must fit, the picture's too, although it is not signed."""
    found, place, kind = [], len(_PNG), b""
    while place < len(data):
        head = data[place : place + 8]
        if len(head) < 8:
            raise ValueError("a PNG cut short")
        length, kind = struct.unpack(">I4s", head)
        body, check = data[place + 8 : place + 8 + length], data[place + 8 + length :][:4]
        if len(check) < 4 or struct.unpack(">I", check)[0] != zlib.crc32(kind + body):
            raise ValueError("a damaged PNG")
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            found.append(_text(body[len(KEYWORD) + 1 :]))
        place += 12 + length
        if kind == b"IEND":
            break
    if kind != b"IEND" or place != len(data) or len(found) != 1:
        raise ValueError("not one certificate in this PNG")
    return found[0]


def _text(body: bytes) -> bytes:
    packing, rest = body[:2], body[2:]
    if packing not in (b"\0\0", b"\1\0") or rest.count(b"\0") < 2:
        raise ValueError("a damaged PNG")
    text = rest.split(b"\0", 2)[2]  # behind language and translated keyword
    if packing == b"\0\0":
        return text
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(text, 2 * MAX_BYTES + 1)
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("a damaged PNG")
    return found


def _in_pdf(data: bytes) -> bytes:
    texts = {one.strip(b"\r\n ") for one in attached(data, 2 * MAX_BYTES)}
    found = [one for one in texts if one.startswith((b"{", b"ey"))]  # a token begins like that
    if len(found) != 1:
        raise ValueError("not one certificate in this PDF")
    return found[0]

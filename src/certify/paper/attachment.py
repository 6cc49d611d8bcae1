"""A file inside a PDF, which any reader of PDF can save (ISO 32000-1, 7.11.4)."""

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_FILE = re.compile(rb"/Type\s*/EmbeddedFile\b")
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R\b)")
_HEAD = 2000
"""Bytes in which the object of a file describes it."""
_MOST = 100
"""Files that are looked at."""


def attach(canvas: "Canvas", name: str, kind: str, data: bytes) -> None:
    """Put a file into the document that a canvas draws.

    Args:
        name: such as `PQ-2024-000123-7.json`.
        kind: its media type, such as `application/json`.
    """
    from reportlab.pdfbase.pdfdoc import (
        PDFArray,
        PDFDictionary,
        PDFName,
        PDFStream,
        PDFString,
    )

    document = canvas._doc  # type: ignore[attr-defined]  # no public way leads there
    stream = PDFStream(content=data)
    stream.dictionary["Type"] = PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = PDFName(kind)
    stream.dictionary["Params"] = PDFDictionary({"Size": len(data)})
    inside = document.Reference(stream)
    entry = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(name),
            "UF": PDFString(name),
            "EF": PDFDictionary({"F": inside}),
        }
    )
    names = PDFArray([PDFString(name), document.Reference(entry)])
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})


def attached(pdf: bytes, limit: int) -> Iterator[bytes]:
    """The files inside a PDF from anywhere, plain or packed with Flate; others are passed over.

    Its bytes are searched, and no library that reads PDF is asked: in those two thousand bytes of
    a stranger unpack to gigabytes before anybody can stop them.

    Args:
        limit: bytes of a file.
    Raises:
        ValueError: one is larger or damaged.
    """
    for place in islice(_FILE.finditer(pdf), _MOST):
        begin = pdf.rfind(b"obj", max(0, place.start() - _HEAD), place.start())
        end = pdf.find(b"stream", place.end(), place.end() + _HEAD)
        if begin < 0 or end < 0:
            continue
        head = pdf[begin:end]
        filters = _FILTER.search(head)
        names = re.findall(rb"/(\w+)", filters[1] or filters[2] or b"") if filters else []
        if set(names) <= {b"FlateDecode"}:
            data = _stream(pdf, end + len(b"stream"), _LENGTH.search(head))
            for _name in names:
                data = _unpacked(data, limit)
            if len(data) > limit:
                raise ValueError("too large")
            yield data


def _stream(pdf: bytes, begin: int, length: re.Match[bytes] | None) -> bytes:
    """The content of a stream: as long as it says, or up to the word that ends it."""
    begin += 2 if pdf.startswith(b"\r\n", begin) else 1
    if length is not None:
        end = begin + int(length[1])
        if pdf[end : end + 11].lstrip(b"\r\n").startswith(b"endstream"):
            return pdf[begin:end]
    return pdf[begin : max(pdf.find(b"endstream", begin), begin)]


def _unpacked(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, limit + 1)
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    if len(found) > limit:
        raise ValueError("too large")
    return found

"""Writes one item into a bank file; every other byte of the file stays as it was."""

import re
from collections.abc import Iterator

from certify.courseware.item_bank import HEADING
from certify.courseware.markdown import parse

_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def replace_section(data: bytes, code: str, text: str) -> bytes:
    """The file with another section in the place of an item's; the file itself if it has none.

    Args:
        text: as `bank_writer.section` makes it; it gets the line ends of the file.
    """
    lines = _LINES.findall(data)
    for found, start, stop in _sections(lines):
        if found == code:
            while not lines[stop - 1].strip():
                stop -= 1
            last = lines[stop - 1]
            end = last[len(last.rstrip(b"\r\n")) :]
            new = text.rstrip("\n").encode().replace(b"\n", _line_end(data)) + end
            mark = b"\xef\xbb\xbf" if start == 0 and data.startswith(b"\xef\xbb\xbf") else b""
            return b"".join([*lines[:start], mark, new, *lines[stop:]])
    return data


def add_section(data: bytes, text: str) -> bytes:
    """The file with one section more, below an empty line."""
    end = _line_end(data)
    new = text.encode().replace(b"\n", end)
    if not data.strip():
        return data + new
    open_lines = 2 - min(2, len(re.findall(rb"\r\n|\r|\n", data[len(data.rstrip(b"\r\n")) :])))
    return data + end * open_lines + new


def _sections(lines: list[bytes]) -> Iterator[tuple[str, int, int]]:
    """Id, first line and the line after the last one of every item."""
    text = "".join(line.decode("utf-8").rstrip("\r\n") + "\n" for line in lines)
    starts = []
    tokens = parse(text.removeprefix("\ufeff"))
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            found = HEADING.fullmatch(tokens[place + 1].content)
            starts.append((found[1] if found else "", token.map[0]))
    ends = [start for _code, start in starts[1:]] + [len(lines)]
    for (code, start), end in zip(starts, ends, strict=True):
        yield code, start, end


def _line_end(data: bytes) -> bytes:
    found = re.search(rb"\r\n|\r|\n", data)
    return found[0] if found else b"\n"

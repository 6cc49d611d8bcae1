"""Small faults of real files, mended before they are read; lines keep their numbers."""

import re
from html.entities import name2codepoint

from certify.api import decode

_DECLARATION = re.compile(rb"\A(\s+)(<\?xml[^>]{0,200}\?>)")
_ENCODING = re.compile(rb"""\A(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*["']([^"']{0,40})["']""")
_CHINESE = (b"gb2312", b"gbk", b"gb_2312-80")
"""What people declare and mean the newest of, GB18030."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMED = re.compile(rb"<!\[CDATA\[|\]\]>|&([A-Za-z][A-Za-z0-9]{1,30});")
_UNKNOWN = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
_OF_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def mended(data: bytes) -> tuple[bytes, str]:
    """The bytes as an XML parser takes them, and the encoding where the file did not say it.

    Control characters become spaces, HTML's names of characters (`&nbsp;`) their numbers; blanks
    before the declaration stand behind it.
    """
    if data.startswith(_WIDE):
        return data, ""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if found := _DECLARATION.match(data):
        data = found[2] + found[1] + data[found.end() :]
    encoding = ""
    found = _ENCODING.match(data)
    declared = found[2].lower() if found else b"utf-8"
    if found and declared in _CHINESE:
        data = found[1] + b' encoding="gb18030"' + data[found.end() :]
    elif declared in (b"utf-8", b"utf8"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text, encoding = decode(data)
            data = _ENCODING.sub(rb"\1", text.encode("utf-8"), count=1)
    if _CONTROLS.search(data):
        data = _CONTROLS.sub(b" ", data)
    return _with_numbers(data), encoding


def _with_numbers(data: bytes) -> bytes:
    """Names of characters that XML does not know as numbers; within CDATA they mean something."""
    if not _UNKNOWN.search(data):
        return data
    parts: list[bytes] = []
    place = 0
    is_quoted = False
    for found in _NAMED.finditer(data):
        if found[1] is None:
            is_quoted = found[0] != b"]]>"
        elif not is_quoted and found[1] not in _OF_XML:
            code = name2codepoint.get(found[1].decode())
            if code is not None:
                parts += (data[place : found.start()], b"&#%d;" % code)
                place = found.end()
    return b"".join((*parts, data[place:])) if parts else data

"""Which encoding a file of text is in; told from its bytes, and said to whoever handed it in."""

import re

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_CHINESE_PAIR = re.compile(rb"[\xa1-\xa9\xb0-\xf7][\xa1-\xfe]")
"""A character of everyday Chinese (GB 2312) in GB18030: two bytes that are both high. Letters
with accents mostly stand alone among plain ones, which GB18030 makes rare characters of."""
_WITHIN_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]{2}(?=[A-Za-z])")
"""Two letters with accents in a row, as in “Größe”."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file with line feeds only, and the name of its encoding.

    A mark at its beginning decides; else UTF-8, else GB18030 where most of it is everyday
    Chinese, else windows-1252, which every byte can be. Where most is UTF-8 the other lines are
    read by themselves, and both encodings named (`utf-8+gb18030`), since people put files together
    from parts. What no encoding explains becomes `�`.
    """
    text, encoding = _decoded(data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    if encoding := _wide(data):
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _by_line(data) if _is_utf8(data) else _other(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, if every second byte of most of it is zero; else nothing."""
    sample = data[:1000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[first::2]
        if half.count(0) * 2 > len(half) and not sample[1 - first :: 2].count(0):
            return encoding
    return ""


def _is_utf8(data: bytes) -> bool:
    """Whether nearly all that is not ASCII is letters of UTF-8."""
    high = sum(map(len, _HIGH.findall(data)))
    return 5 * sum(map(len, _UTF8_LETTER.findall(data))) > 4 * high


def _other(data: bytes) -> tuple[str, str]:
    """Text that is not UTF-8: GB18030 if more than half of what is not ASCII is Chinese."""
    runs = _HIGH.findall(data)
    pairs = sum(len(_CHINESE_PAIR.findall(run)) for run in runs) - len(_WITHIN_WORD.findall(data))
    if 4 * pairs > sum(map(len, runs)):
        return data.decode("gb18030", errors="replace"), "gb18030"
    return data.decode("cp1252", errors="replace"), "windows-1252"


def _by_line(data: bytes) -> tuple[str, str]:
    """Text that is UTF-8 but for some lines."""
    lines, others = [], set()
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            if _is_utf8(line):
                lines.append(line.decode("utf-8", errors="replace"))
            else:
                text, encoding = _other(line)
                lines.append(text)
                others.add(encoding)
    return "\n".join(lines), "+".join(["utf-8", *sorted(others)])

"""The backslashes of GIFT."""

import re
from html import unescape

_COMMAND = r"(?:abla|eq|eg|ot|otin|exists|mid|leq|geq)(?![A-Za-z])"
_ESCAPED = re.compile(rf"\\(?:([~=#{{}}:\[\]\\])|n(?!{_COMMAND}))")
"""A backslash and n is a new line, but not in the commands of LaTeX that begin so."""
_SPECIAL = re.compile(r"[\\~=#{}:]")
_MARKER = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TAG = re.compile(r"<[A-Za-z/!][^<>]*(?:>|\Z)")
_NEW_LINE = re.compile(rf"\n(?!{_COMMAND})")


def unescaped(text: str) -> str:
    """A text without the backslashes of GIFT; others stay."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or "\n", text)


def escaped(text: str) -> str:
    """A text as GIFT holds it, on one line but where that would look like a command of LaTeX."""
    return _NEW_LINE.sub(r"\\n", _SPECIAL.sub(r"\\\g<0>", text))


def in_short(text: str) -> str:
    """How a text begins, on one line and without tags, for the eye."""
    begin = unescaped(text[:400])
    if marker := _MARKER.match(begin):
        begin = begin[marker.end() :]
        begin = unescape(_TAG.sub(" ", begin)) if marker[1] == "html" else begin
    line = " ".join(begin.split())
    return line if len(line) <= 120 else f"{line[:119]}…"

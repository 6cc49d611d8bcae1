"""Plain text as Markdown that shows it as it is, with as few backslashes as will do."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from certify.courseware.markdown import parse

_HARMLESS = re.compile(r"[^\\`*_\[\]<>&#|~=!＝！\u200b\n][^\\`*_\[\]<&\n]*+\Z|\Z")
"""A line in which nothing could be a sign of Markdown; some are so only where it begins."""
_LIST_START = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)|\s")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_LIST_SIGN = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)|([-+=!])")


def plain_markdown(text: str) -> str:
    """Markdown of a plain text: its lines stay lines, an empty line parts paragraphs.

    Args:
        text: with line feeds only; blanks around it and around its lines are dropped.
    """
    if "\n" not in text:
        return _paragraph(text.strip())
    lines = [line.strip() for line in text.strip().split("\n")]
    paragraphs = re.split(r"\n\n+", "\n".join(lines))
    return "\n\n".join(map(_paragraph, paragraphs))


def _paragraph(text: str) -> str:
    if _HARMLESS.match(text) and not _LIST_START.match(text):
        return text
    joined = text.replace("\n", "\\\n")
    if _shown(joined) == text and not any(map(_is_sign, text.split("\n"))):
        return joined
    return "\\\n".join(_escaped(line) for line in text.split("\n"))


def _is_sign(line: str) -> bool:
    """Whether a line would count as one of answers (= or !), or as a heading that failed (#1)."""
    return line.removeprefix("\u200b")[:1] in ("=", "!", "＝", "！", "#")


def _escaped(line: str) -> str:
    line = _SPECIAL.sub(r"\\\1", line)
    if sign := _LIST_SIGN.match(line):
        cut = sign.end(1) if sign[1] else 0
        return f"{line[:cut]}\\{line[cut:]}"
    # A full-width sign knows no backslash; a blank entity before it is no blank to the eye.
    bare = line.removeprefix("\u200b")  # that entity, gone through a file of another program
    return f"&#8203;{bare}" if bare[:1] in ("＝", "！") else line


def _shown(markdown: str) -> str | None:
    """The text that one paragraph shows; None where it is more than a paragraph of text."""
    tokens = parse(markdown)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    parts = list(_texts(tokens[1]))
    return None if None in parts else "".join(part for part in parts if part is not None)


def _texts(inline: Token) -> Iterator[str | None]:
    for child in inline.children or ():
        if child.type in ("text", "text_special"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        else:
            yield None

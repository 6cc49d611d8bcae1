"""Markdown as courses use it: CommonMark with tables, read once into tokens with line numbers."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from certify.courseware.finding import Finding
from certify.domain.clean import FORBIDDEN
from certify.i18n import _

MAX_BYTES = 256 * 1024
HEADING_WITHOUT_SPACE = re.compile(r"#{1,6}[^#\s]")
LINK_STARTS = ("https://", "mailto:", "#")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def parse(text: str) -> list[Token]:
    """The block tokens of a text; `map` counts lines from 0."""
    return _parser().parse(text)


def to_html(text: str) -> str:
    """What a text shows, as HTML."""
    return str(_parser().render(text))


def read(path: Path, findings: list[Finding]) -> str:
    """The text of a file with line feeds only; unreadable files and characters become findings."""
    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            raise ValueError(_("The file is larger than 256 KB."))
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        findings.append(Finding(path, line, _("This is not UTF-8 text."), _("Save it as UTF-8.")))
        return ""
    except (OSError, ValueError) as problem:
        findings.append(Finding(path, 1, str(problem)))
        return ""
    for number, line_text in enumerate(text.split("\n"), start=1):
        if found := FORBIDDEN.search(line_text):
            findings.append(_control(path, number, found[0]))
    return text


def _control(path: Path, line: int, character: str) -> Finding:
    message = _("Control character U+{code:04X}.").format(code=ord(character))
    return Finding(path, line, message, _("Delete it."))


def check_safe(path: Path, first_line: int, text: str, findings: list[Finding]) -> list[Token]:
    """Parse a text; raw HTML, pictures and links that lead out of the course become findings."""
    definitions: dict[str, Any] = {}
    tokens = _parser().parse(text, definitions)
    findings += _lost(path, first_line, text, tokens, definitions)
    for token, line in _everything(tokens):
        where = first_line + line
        if token.type in ("html_block", "html_inline"):
            findings.append(
                Finding(path, where, _("Raw HTML is not allowed."), _("Write it in Markdown."))
            )
        elif token.type == "image":
            findings.append(
                Finding(path, where, _("Pictures are not allowed."), _("Describe it in words."))
            )
        elif token.type == "link_open":
            target = str(token.attrGet("href"))
            if not target.startswith(LINK_STARTS):
                findings.append(
                    Finding(
                        path,
                        where,
                        _("A link may not lead to “{target}”.").format(target=target),
                        _("Use https:, mailto: or a heading of the same lesson."),
                    )
                )
        elif (
            token.type.startswith("text")
            and (found := FORBIDDEN.search(token.content))
            and found[0] not in text  # else `read` has found it: only `&#x202e;` gets here
        ):
            findings.append(_control(path, where, found[0]))
    return tokens


def _lost(
    path: Path, first_line: int, text: str, tokens: list[Token], definitions: dict[str, Any]
) -> Iterator[Finding]:
    """What Markdown would swallow or join although its author meant it to stand by itself."""
    lines = text.split("\n")
    for definition in definitions.get("references", {}).values():
        message = _("Markdown reads this line as the address of a link and does not show it.")
        mend = _("Write it without “[…]:” at the beginning.")
        yield Finding(path, first_line + definition["map"][0], message, mend)
    for token in tokens:
        start, stop = token.map or (0, 0)
        if token.type != "inline":
            continue
        if HEADING_WITHOUT_SPACE.match(lines[start]):
            message = _("This is no heading: a space is missing after “#”.")
            yield Finding(path, first_line + start, message, _("Write “## ” and the text."))
        for number in range(start + 1, stop if token.level > 1 else start):
            if not lines[number].startswith((" ", "\t", ">")):
                message = _("This line would be joined to the one above it.")
                mend = _("Put an empty line between them, or begin it as the one above.")
                yield Finding(path, first_line + number, message, mend)


def _everything(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        yield token, line
        for child in token.children or ():
            yield child, line

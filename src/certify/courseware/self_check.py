"""Self-checks in a lesson: a paragraph `{check=PRA-001}` places practice items there (R-SIM-06).

Only items of the practice pool of the same course may stand in a lesson: a self-check tells the
key, and that of an item of the exam pool would be given away.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it.token import Token

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.lesson import LessonText
from certify.courseware.loader import LoadedCourse
from certify.i18n import _

CHECK = re.compile(r"\{check=([A-Z0-9-]+(?:\s*,\s*[A-Z0-9-]+)*)\}")
BEGIN = "{check="


def codes_of(block: Sequence[Token]) -> tuple[str, ...]:
    """The items that a block of a lesson places; none where it is no self-check.

    Args:
        block: the tokens of one top-level block.
    """
    if len(block) != 3 or block[0].type != "paragraph_open":
        return ()
    found = CHECK.fullmatch(block[1].content.strip())
    return tuple(code.strip() for code in found[1].split(",")) if found else ()


def blocks_of(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens grouped by the top-level block they belong to: the unit of reading places."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def checks_of(body: str) -> dict[int, tuple[str, ...]]:
    """The items of every self-check of a lesson, by the number of its block from 0."""
    if BEGIN not in body:
        return {}
    found = enumerate(map(codes_of, blocks_of(markdown.parse(body))))
    return {number: codes for number, codes in found if codes}


def self_check_findings(course: LoadedCourse) -> Iterator[Finding]:
    """Self-checks that cannot be, or that would tell what an exam asks."""
    pools = {item.code: item.pool for item in course.items}
    unread = {one.path for one in course.errors if one.path.parent.name in ("items", "scenarios")}
    for texts in course.lessons:
        own = next(iter(texts.values()))
        wanted = checks_of(own.body)
        for text in texts.values():
            yield from _of_text(text, pools, is_bank_read=not unread)
            if checks_of(text.body) != wanted:
                message = _("The self-checks are not those of {path}.").format(path=own.path.name)
                mend = _("Place the same items at the same blocks.")
                yield Finding(text.path, _line(text, BEGIN), message, mend)


def _of_text(text: LessonText, pools: dict[str, str], *, is_bank_read: bool) -> Iterator[Finding]:
    for block in blocks_of(markdown.parse(text.body)):
        codes = codes_of(block)
        for code in codes:
            line = _line(text, code)
            if code not in pools and is_bank_read:
                message = _("Self-check: there is no item {code} in this course.")
                yield Finding(text.path, line, message.format(code=code), _("Correct the id."))
            elif code in pools and pools[code] != "practice":
                message = _("Self-check: {code} is no practice item; its key would be told.")
                mend = _("Name an item with pool=practice.")
                yield Finding(text.path, line, message.format(code=code), mend)
        if not codes and any(BEGIN in token.content for token in block if token.type == "inline"):
            message = _("A self-check stands in a paragraph of its own.")
            mend = _("Write {check=PRA-001}, or several ids with commas, between empty lines.")
            yield Finding(text.path, _line(text, BEGIN), message, mend)


def _line(text: LessonText, wanted: str) -> int:
    """The line of the file in which something stands for the first time."""
    lines = _lines(text.path)
    return next((number for number, line in enumerate(lines, start=1) if wanted in line), 1)


def _lines(path: Path) -> list[str]:
    return markdown.read(path, []).split("\n")

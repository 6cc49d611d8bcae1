"""One item of the bank cut into stem, answers and explanation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from certify.courseware.finding import Finding
from certify.domain.question_type import ItemBlock
from certify.i18n import N_, _

MARK = re.compile(r"\[([ xX])\]\s+")
SIGN = re.compile(r"\s*(?:[=＝！]|!(?!\[))")
HALF_WIDTH = str.maketrans("＝！", "=!")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""What Markdown takes for a sign when it stands bare, and for itself behind a backslash."""
KINDS = {
    "bullet_list_open": "options",
    "ordered_list_open": "options",
    "table_open": "rows",
    "blockquote_open": "quote",
    "heading_open": "heading",
}
PARTS = {
    "options": N_("a list of answers"),
    "rows": N_("a table"),
    "lines": N_("lines that begin with “=”"),
    "stem": N_("nothing below its stem"),
}
"""How the parts that hold answers are called."""


@dataclass(frozen=True)
class _Part:
    """One top-level block of an item."""

    kind: str
    source: str
    line: int
    tokens: Sequence[Token]


def cut(
    path: Path,
    lines: Sequence[str],
    tokens: Sequence[Token],
    *,
    has_keys: bool,
    findings: list[Finding],
) -> ItemBlock:
    """Cut what stands under an item's heading; nothing of it may be left over.

    The answers are the lines that begin with `=` or `!`, else a table right before the
    explanation, else the first list; what stands before them is the stem.

    Args:
        lines: of the whole file, in which the tokens count.
        has_keys: False for a wording file, in which no `[x]` may stand.
    """
    parts = list(_parts(path, lines, tokens, findings))
    kinds = [part.kind for part in parts]
    end = kinds.index("quote") if "quote" in kinds else len(parts)
    place = _answers(kinds[:end])
    rest = [*parts[place + 1 : end], *parts[end + 1 :]]
    if headings := [part for part in parts if part.kind == "heading"]:
        message = _("A heading stands inside an item.")
        mend = _("A new item begins with “## ”; in a stem write no headings.")
        findings.append(Finding(path, headings[0].line, message, mend))
    elif rest:
        message = _("This stands after the answers or the explanation and would be lost.")
        mend = _("An item is: stem, one list of answers, one quote with the explanation.")
        findings.append(Finding(path, rest[0].line, message, mend))
    if kinds[:end][-2:] == ["rows", "rows"]:
        message = _("Two tables follow each other; the first would be shown with the stem.")
        mend = _("Make them one table, or put a sentence between them.")
        findings.append(Finding(path, parts[end - 2].line, message, mend))
    quote = re.sub(r"(?m)^\s*> ?", "", parts[end].source) if end < len(parts) else ""
    stem = "\n\n".join(part.source for part in parts[:place] if part.kind != "heading")
    if place == end:
        return ItemBlock(stem, (), quote)
    answers = parts[place]
    if answers.kind == "options":
        options = tuple(_options(path, answers.tokens, has_keys, findings))
        return ItemBlock(stem, options, quote)
    if answers.kind == "rows":
        return ItemBlock(stem, (), quote, rows=tuple(_rows(answers.tokens)))
    given = (line.strip() for line in answers.source.split("\n"))
    signed = tuple(line[:1].translate(HALF_WIDTH) + unescaped(line[1:]) for line in given)
    return ItemBlock(stem, (), quote, lines=signed)


def unescaped(text: str) -> str:
    """The plain text of an option, a cell or a line: a sign behind a backslash is that sign."""
    return ESCAPED.sub(r"\1", text) if "\\" in text else text


def part_name(form: str) -> str:
    """How the part that holds a type's answers is called."""
    return _(PARTS[form])


def other_part(block: ItemBlock, form: str) -> str:
    """How a part of a block is called that a type of this form would not read; empty if none."""
    given = {"options": block.options, "rows": block.rows, "lines": block.lines}
    return next((_(PARTS[part]) for part, held in given.items() if held and part != form), "")


def _answers(kinds: Sequence[str]) -> int:
    """The place of the part that holds the answers, or the end where no part does."""
    if "lines" in kinds:
        return kinds.index("lines")
    if kinds and kinds[-1] == "rows":
        return len(kinds) - 1
    return kinds.index("options") if "options" in kinds else len(kinds)


def _parts(
    path: Path, lines: Sequence[str], tokens: Sequence[Token], findings: list[Finding]
) -> Iterator[_Part]:
    place = 0
    while place < len(tokens):
        token, end = tokens[place], _end_of(tokens, place)
        start, stop = token.map or (0, 0)
        source = lines[start:stop]
        kind = KINDS.get(token.type, "text")
        if token.type == "paragraph_open" and any(map(SIGN.match, source)):
            kind = "lines"
            if not all(map(SIGN.match, source)):
                message = _("Answers and other text stand in one paragraph.")
                mend = _("Put an empty line between them; every line of answers has its sign.")
                findings.append(Finding(path, start + 1, message, mend))
        yield _Part(kind, "\n".join(source).strip(), start + 1, tokens[place:end])
        place = end


def _end_of(tokens: Sequence[Token], place: int) -> int:
    if tokens[place].nesting != 1:
        return place + 1
    level = tokens[place].level
    end = place + 1
    while not (tokens[end].nesting == -1 and tokens[end].level == level):
        end += 1
    return end + 1


def _options(
    path: Path, tokens: Sequence[Token], has_keys: bool, findings: list[Finding]
) -> Iterator[tuple[str, bool | None]]:
    for place, token in enumerate(tokens):
        if token.type != "list_item_open" or token.level != tokens[0].level + 1:
            continue
        line = token.map[0] + 1 if token.map else 1
        body = tokens[place + 1 : _end_of(tokens, place) - 1]
        if len(body) != 3 or body[1].type != "inline":
            message = _("An answer is one paragraph of text.")
            findings.append(Finding(path, line, message, _("Write it on one line.")))
        content = next((part.content for part in body if part.type == "inline"), "")
        mark = MARK.match(content)
        if mark and not has_keys:
            message = _("A wording file holds no keys.")
            findings.append(Finding(path, line, message, _("Delete “[ ]” and “[x]”.")))
        if mark:
            yield _plain(content[mark.end() :]), mark[1] != " "
        else:
            yield _plain(content), None


def _plain(content: str) -> str:
    return unescaped(content.strip().replace("\n", " "))


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """The cells of a table, row by row, its head first."""
    row: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(unescaped(token.content.strip()))
        elif token.type == "tr_close":
            yield tuple(row)

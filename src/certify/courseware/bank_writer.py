"""Writes one item as a section of a bank file, such that reading gives exactly the same item."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from certify.courseware.finding import Finding
from certify.courseware.item_bank import ATTRIBUTE, read_bank_text
from certify.courseware.plain_markdown import plain_markdown
from certify.domain.clean import is_clean
from certify.domain.question_type import ItemBlock
from certify.i18n import _

NOWHERE = Path()
_LINE = r"(?![-+*#>|=!＝！~`:<_\s]|\d+[.)])[^<&\[\n]*[^<&\[\n\s\\]"
_HARMLESS_MARKDOWN = re.compile(rf"{_LINE}(?:\n\n?{_LINE})*\Z")
"""Paragraphs in which nothing can be taken for a list, a table, a quote, HTML or a link."""
_HARMLESS_PLAIN = re.compile(r"(?!\s)[^\\<&\[\]|\n\t]*[^\\<&\[\]|\n\s]\Z")
_BEGINS_A_BLOCK = re.compile(r"[-+*#>=!~`:_|]|\d+[.)]")
_HARMLESS_LINE = re.compile(r"[=!] (?!\s)[^\\<&\[\]\n\t]*[^\\<&\[\]\n\s]\Z")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_SPECIAL_IN_LINE = re.compile(r"([\\`*_\[\]<>&#~])")
_SIGN = re.compile(r"(\d{1,9})?([-+.)=!])")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")


class Unwritable(ValueError):
    """No text of the bank reads back as this item; the message says so."""


def section(
    code: str, attributes: Mapping[str, str], block: ItemBlock, *, has_keys: bool = True
) -> str:
    """One item as Markdown: its heading, and its body.

    Args:
        has_keys: False for a wording file, whose headings have no attributes and lists no marks.
    Raises:
        Unwritable: nothing reads back alike.
    """
    return heading(code, attributes) + body(block, has_keys=has_keys)


def heading(code: str, attributes: Mapping[str, str]) -> str:
    """The heading of an item, with an empty line below it.

    Raises:
        Unwritable: a value has blanks or braces in it.
    """
    if not attributes:
        return f"## {code}\n\n"
    parts = [f"{name}={value}" for name, value in attributes.items()]
    for part in parts:
        if not ATTRIBUTE.fullmatch(part) or "{" in part or "}" in part:
            raise Unwritable(_("“{part}” cannot stand in a heading.").format(part=part))
    return f"## {code} {{{' '.join(parts)}}}\n\n"


def body(block: ItemBlock, *, has_keys: bool = True) -> str:
    """Stem, answers and explanation of an item as Markdown, with a line feed at last.

    Raises:
        Unwritable: nothing reads back alike.
    """
    numbered = has_keys and bool(block.options) and block.options[0][1] is None
    if _is_harmless(block):
        return _written(block, numbered, _as_is, _as_is)
    block = same_kind(block)
    for plain, line in ((_careful, _as_is), (_escaped, _line_escaped)):
        text = _written(block, numbered, plain, line)
        if _reads_back(text, block, has_keys):
            return text
    raise Unwritable(_("The bank has no way to write this text so that it reads back the same."))


def same_kind(block: ItemBlock) -> ItemBlock:
    """The same block with tuples in it, so that two can be compared."""
    return replace(
        block,
        options=tuple(map(tuple, block.options)),  # type: ignore[arg-type]
        rows=tuple(map(tuple, block.rows)),
        lines=tuple(block.lines),
    )


def _is_harmless(block: ItemBlock) -> bool:
    """Whether it reads back alike without a doubt: most items do, and are written fast."""
    texts = [
        *(text for text, _mark in block.options),
        *(cell for row in block.rows for cell in row),
    ]
    if not is_clean("".join((block.stem, block.explanation, *texts, *block.lines))):
        return False
    width = len(block.rows[0]) if block.rows else 0
    marks = {mark is None for _text, mark in block.options}
    return (
        _HARMLESS_MARKDOWN.match(block.stem) is not None
        and (not block.explanation or _HARMLESS_MARKDOWN.match(block.explanation) is not None)
        and all(map(_HARMLESS_PLAIN.match, texts))
        and all(map(_HARMLESS_LINE.match, block.lines))
        and all(len(row) == width for row in block.rows)
        and len(marks) < 2
        and not (True in marks and any(map(_BEGINS_A_BLOCK.match, texts)))
    )


def _written(
    block: ItemBlock,
    numbered: bool,
    plain: Callable[[str], str],
    line: Callable[[str], str],
) -> str:
    parts = [block.stem]
    if block.options:
        parts.append("\n".join(_options(block.options, numbered, plain)))
    if block.rows:
        head, *rest = ([_cell(plain(cell)) for cell in row] for row in block.rows)
        rule = "|" + "---|" * len(head)
        parts.append("\n".join([_row(head), rule, *map(_row, rest)]))
    if block.lines:
        parts.append("\n".join(one[:1] + line(one[1:]) for one in block.lines))
    if block.explanation:
        parts.append("\n".join(f"> {one}".rstrip() for one in block.explanation.split("\n")))
    return "\n\n".join(parts) + "\n"


def _options(
    options: Sequence[tuple[str, bool | None]], numbered: bool, plain: Callable[[str], str]
) -> list[str]:
    if numbered:
        texts = [_first_escaped(plain(text)) for text, _mark in options]
        return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    signs = {True: "- [x] ", False: "- [ ] "}
    return [
        f"- {_first_escaped(plain(text))}" if mark is None else signs[mark] + plain(text)
        for text, mark in options
    ]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    """A cell: a bar in it would end it."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", text) if "|" in text else text


def _as_is(text: str) -> str:
    return text


def _careful(text: str) -> str:
    """A plain text with backslashes only where a bare sign would not be itself."""
    return re.sub(r"([<&\[\]])", r"\\\1", _BACKSLASH.sub(r"\\\\", text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _line_escaped(text: str) -> str:
    return _SPECIAL_IN_LINE.sub(r"\\\1", text)


def _first_escaped(text: str) -> str:
    """A text that begins no list, heading or quote of its own."""
    if sign := _SIGN.match(text):
        return f"{text[: sign.start(2)]}\\{text[sign.start(2) :]}"
    return f"\\{text}" if _BEGINS_A_BLOCK.match(text) else text


def _reads_back(text: str, block: ItemBlock, has_keys: bool) -> bool:
    """Whether it stands for this item, between others that it leaves alone."""
    if not is_clean(text):
        return False
    findings: list[Finding] = []
    whole = f"{heading('AA-000', {})}{text}\n{heading('AA-001', {})}."
    read = read_bank_text(NOWHERE, whole, has_keys=has_keys, findings=findings)
    if findings or [one.code for one in read] != ["AA-000", "AA-001"]:
        return False
    return replace(same_kind(read[0].block), data=block.data) == block


def flattened(block: ItemBlock) -> ItemBlock:
    """The same item with each list, table and quote of its stem as plain lines.

    A stem in the bank ends before the first list, and a quote is the explanation: this form can
    always be written, and shows the same words.
    """
    lines = (re.sub(r"^\s*(?:> ?)*", "", line) for line in block.stem.split("\n"))
    return replace(block, stem=plain_markdown("\n".join(lines)))

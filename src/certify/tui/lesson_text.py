"""Turns a lesson's Markdown into lines for a `Paper`: headings, lists, tables, code, quotes.

Nothing in a lesson can start anything: links are shown with their address, never opened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token
from rich.cells import cell_len
from textual.content import Content

from certify.courseware.markdown import parse
from certify.courseware.self_check import blocks_of, codes_of
from certify.i18n import _, _n, language
from certify.tui.columns import fit_content
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.paper import PaperLine
from certify.tui.wrap import wrap

HEADINGS = {"h2": "bold $primary", "h3": "bold $secondary", "h4": "bold"}
MAX_WIDTH = 88
"""Longer lines are hard to read; wider screens leave room at the side."""


@dataclass(frozen=True)
class Heading:
    """A heading of a lesson, for its outline."""

    text: str
    level: int
    block: int


def lesson_lines(body: str, width: int) -> tuple[PaperLine, ...]:
    """The lines of a lesson for a width; shared by everyone who reads it in one language."""
    return _lesson_lines(body, width, language())


@lru_cache(maxsize=256)
def _lesson_lines(body: str, width: int, _language: str) -> tuple[PaperLine, ...]:
    lines: list[PaperLine] = []
    for number, block in enumerate(blocks_of(parse(body))):
        if lines:
            lines.append(PaperLine(Content(), number))
        if codes := codes_of(block):
            lines.append(PaperLine(check_line(len(codes)), number))
            continue
        lines += [PaperLine(line, number) for line in _block_lines(block, min(width, MAX_WIDTH))]
    return tuple(lines)


def check_line(count: int, said: Content | None = None) -> Content:
    """The line of a lesson at which a self-check opens.

    Args:
        count: how many items it holds.
        said: how it went, once it was answered.
    """
    size = _n("{count} item", "{count} items", count).format(count=count)
    text = _("Self-check: {size}").format(size=size)
    hint = said or Content.styled(_("Enter opens it"), "$accent")
    return Content.assemble(("▎ ", "$accent"), (f"? {text}", "bold"), " · ", hint)


def outline(body: str) -> list[Heading]:
    """The headings of a lesson in order."""
    return [
        Heading(block[1].content, int(block[0].tag[1:]), number)
        for number, block in enumerate(blocks_of(parse(body)))
        if block[0].type == "heading_open"
    ]


def text_lines(text: str, width: int) -> list[Content]:
    """The lines of a short Markdown text, such as the stem of an item."""
    return list(_text_lines(text, width))


@lru_cache(maxsize=4096)
def _text_lines(text: str, width: int) -> tuple[Content, ...]:
    lines: list[Content] = []
    for block in blocks_of(parse(text)):
        if lines:
            lines.append(Content())
        lines += _block_lines(block, width)
    return tuple(lines)


def _block_lines(block: Sequence[Token], width: int) -> list[Content]:
    first = block[0]
    if first.type in ("fence", "code_block"):
        return [
            fit_content(safe_line(f" {line}"), width).stylize("on $panel")
            for line in first.content.rstrip("\n").split("\n")
        ]
    if first.type == "hr":
        return [Content.styled("─" * width, "dim")]
    if first.type == "heading_open":
        return wrap(_inline(block[1]).stylize(HEADINGS.get(first.tag, "bold")), width)
    if first.type == "table_open":
        return _table(block, width)
    if first.type == "blockquote_open":
        inner = _inside(block, width - 2)
        return [Content.styled("▎ ", "$accent") + line for line in inner]
    if first.type in ("bullet_list_open", "ordered_list_open"):
        return _list(block, width)
    return [
        line for token in block if token.type == "inline" for line in wrap(_inline(token), width)
    ]


def _inside(block: Sequence[Token], width: int) -> list[Content]:
    """The lines of the blocks within a container."""
    lines: list[Content] = []
    for inner in _children(block):
        if lines:
            lines.append(Content())
        lines += _block_lines(inner, width)
    return lines


def _children(block: Sequence[Token]) -> Iterator[list[Token]]:
    level = block[0].level + 1
    child: list[Token] = []
    for token in block[1:-1]:
        child.append(token)
        if token.level == level and token.nesting <= 0:
            yield child
            child = []


def _list(block: Sequence[Token], width: int) -> list[Content]:
    lines: list[Content] = []
    start = int(block[0].attrs.get("start", 1))
    for number, item in enumerate(_children(block), start=start):
        mark = f"{number}. " if block[0].type == "ordered_list_open" else "• "
        indent = cell_len(mark)
        inner: list[Content] = []
        for child in _children(item):
            inner += _block_lines(child, width - indent)
        for place, line in enumerate(inner or [Content()]):
            lead = Content.styled(mark, "$accent") if place == 0 else Content(" " * indent)
            lines.append(lead + line)
    return lines


def _table(block: Sequence[Token], width: int) -> list[Content]:
    rows: list[list[Content]] = []
    for token in block:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token))
    columns = _column_widths(rows, width)
    lines: list[Content] = []
    for number, row in enumerate(rows):
        cells = [wrap(cell, columns[place]) for place, cell in enumerate(row)]
        for line in range(max(len(cell) for cell in cells)):
            parts = [
                fit_content(cell[line] if line < len(cell) else Content(), columns[place])
                for place, cell in enumerate(cells)
            ]
            joined = Content(" │ ").join(parts)
            lines.append(joined.stylize("bold") if number == 0 else joined)
        rule = "─┼─".join("─" * column for column in columns)
        if number == 0:
            lines.append(Content.styled(rule, "dim"))
        elif number + 1 < len(rows) and any(len(cell) > 1 for cell in cells):
            lines.append(Content.styled("┄┼┄".join("┄" * c for c in columns), "dim"))
    return lines


def _column_widths(rows: Sequence[Sequence[Content]], width: int) -> list[int]:
    """Natural widths, the widest columns giving way until the table fits."""
    natural = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
    natural = [max(2, one) for one in natural]
    room = width - 3 * (len(natural) - 1)
    while sum(natural) > room and max(natural) > 4:
        natural[natural.index(max(natural))] -= 1
    return natural


def _inline(token: Token) -> Content:
    """Inline Markdown as content; text of the course never becomes markup."""
    result = Content()
    styles: list[str] = []
    link = ""
    for child in token.children or ():
        if child.type in ("strong_open", "em_open"):
            styles.append("bold" if child.type == "strong_open" else "italic")
        elif child.type in ("strong_close", "em_close"):
            styles.pop()
        elif child.type == "link_open":
            link = str(child.attrGet("href"))
            styles.append("underline")
        elif child.type == "link_close":
            styles.pop()
            result += safe_line(f" <{link}>" if link.startswith(("https:", "mailto:")) else "")
        elif child.type == "softbreak":
            result += " " if _needs_space(token, child) else ""
        elif child.type == "hardbreak":
            result += "\n"
        else:
            style = " ".join([*styles, "$accent"] if child.type == "code_inline" else styles)
            result += safe_text(child.content, style)
    return result


def _needs_space(token: Token, softbreak: Token) -> bool:
    """A line feed in the source is a space, but not between two Chinese characters."""
    children = token.children or []
    place = children.index(softbreak)
    before = children[place - 1].content[-1:] if place else ""
    after = children[place + 1].content[:1] if place + 1 < len(children) else ""
    return not (cell_len(before or "a") == 2 and cell_len(after or "a") == 2)

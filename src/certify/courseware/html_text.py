"""HTML of other systems' questions as the Markdown that courses allow, and as one plain line.

What is shown stays the same; what courses cannot show (pictures, sound) leaves a place holder and
is named. Headings and quotes become paragraphs, since both mean something else within an item.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

from markdown_it.token import Token

from certify.courseware.html_blocks import (
    BREAK,
    Block,
    Inline,
    List,
    Lost,
    Paragraph,
    Piece,
    Preformatted,
    Table,
)
from certify.courseware.html_reader import read
from certify.courseware.html_tokens import INVISIBLE, plain
from certify.courseware.markdown import parse, to_html
from certify.courseware.plain_markdown import plain_markdown

PartT = TypeVar("PartT")
_SIMPLE = re.compile(
    r"\s*+(?:<(p|div)(?: dir=\"\w+\"| style=\"text-align: ?\w+;?\")*>([^<]*+)(?:<br ?/?>)?</\1>\s*"
    r"|([^<]*+))"
)
"""One paragraph without tags, which most options are."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_LINE_SIGN = re.compile(r"\A(\d{1,9}(?=[.)](?:\s|\Z))|(?=[-+=!]))")
_CORE = re.compile(r"([\W_]*+)((?:.*[^\W_])?)(.*)", re.DOTALL)
_FRAME = (
    "paragraph_open",
    "paragraph_close",
    "table_open",
    "table_close",
    "thead_open",
    "thead_close",
    "tbody_open",
    "tbody_close",
    "tr_open",
    "tr_close",
    "th_open",
    "th_close",
    "td_open",
    "td_close",
)
_TEXTS = ("text", "text_special", "code_inline")
_LOOKS = ("strong_open", "strong_close", "em_open", "em_close")
_BULLETS = "•◦▪▫·"
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def html_to_markdown(
    html: str, *, has_lists: bool = True, has_tables: bool = True
) -> tuple[str, list[Lost]]:
    """The Markdown that shows what a fragment of HTML shows, and what of it is lost.

    No heading, quote, picture or HTML is in it. Text that is no HTML is taken as it is, with its
    line feeds as blanks.

    Args:
        has_lists: False where a list would be taken for the answers of an item; its entries
            become lines.
        has_tables: the same of tables.
    """
    if found := _SIMPLE.fullmatch(html):
        return plain_markdown(_simple(found)), []
    blocks, losses = read(html)
    written: list[str] = []
    before: Block | None = None
    was_odd = False
    for block in blocks:
        if isinstance(block, List) and has_lists:
            was_odd = not was_odd and bool(written) and isinstance(before, List)
            text = _list(block, is_odd=was_odd)
        elif isinstance(block, Table) and has_tables:
            text = _table(block)
        elif isinstance(block, Preformatted):
            text = _fenced(block.text)
        else:
            text = _paragraph(_lines(_flat(block)))
        if text:
            written.append(text)
            before = block
    return "\n\n".join(written), losses


def html_to_line(html: str) -> tuple[str, list[Lost]]:
    """One line of plain text, not Markdown, with what a fragment of HTML says, and its losses."""
    if "<" not in html and "&" not in html and html.isprintable():
        return _one_line(html), []
    if found := _SIMPLE.fullmatch(html):
        return _simple(found), []
    blocks, losses = read(html)
    texts = (_shown(_lines(_flat(block))) for block in blocks)
    return _one_line(" ".join(texts)), losses


def markdown_to_html(text: str) -> str:
    """HTML of a stem or an explanation, for files of other systems."""
    return to_html(text).strip()


def _simple(found: re.Match[str]) -> str:
    text = plain(found[2] or found[3] or "")
    return _one_line(text if text.isprintable() else INVISIBLE.sub("", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _flat(block: Block) -> Inline:
    """A block as lines of one paragraph."""
    if isinstance(block, Paragraph):
        return block.inline
    if isinstance(block, Preformatted):
        return [Piece("", part) for part in re.split("(\n)", block.text) if part]
    found: Inline = []
    if isinstance(block, Table):
        for row in filter(any, block.rows):
            for place, cell in enumerate(row):
                found += [Piece("", " │ ")] if place else []
                found += (Piece(one.style, " " if one.text == BREAK else one.text) for one in cell)
            found.append(Piece("", BREAK))
        return found
    for item in block.items:
        sign = f"{item.number}." if item.number is not None else _BULLETS[item.level - 1]
        found += [Piece("", f"{sign} "), *item.inline, Piece("", BREAK)]
    return found


def _lines(inline: Inline) -> list[Inline]:
    """Its lines, with neighbours of one look joined and no blanks at their ends; small and raised
    letters have become plain ones. No line is empty but between two others."""
    lines: list[Inline] = [[]]
    for style, pieces in groupby(inline, key=lambda piece: piece.style):
        text = "".join(piece.text for piece in pieces)
        if style in ("^", "_") and (BREAK not in text):
            style, text = "", _script(style, text)
        for number, part in enumerate(text.split(BREAK)):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Piece(style.strip("^_"), part))
    return _without_ends([_trimmed(line) for line in lines], bool)


def _without_ends(parts: list[PartT], is_kept: Callable[[PartT], bool]) -> list[PartT]:
    """What stands between the first and the last part that are kept, with these."""
    kept = [place for place, part in enumerate(parts) if is_kept(part)]
    return parts[kept[0] : kept[-1] + 1] if kept else []


def _script(style: str, text: str) -> str:
    """Raised or lowered text by Unicode where all of it has such letters, else as in LaTeX."""
    letters = _RAISED if style == "^" else _LOWERED
    short = text.replace(" ", "")
    if not short:
        return text
    if all(ord(letter) in letters for letter in short):
        return short.translate(letters)
    return f"{style}{{{text.strip()}}}"


def _trimmed(line: Inline) -> Inline:
    if line and (line[0].text[0].isspace() or line[-1].text[-1].isspace()):
        line = _without_ends(line, lambda piece: bool(piece.text.strip()))
    if line:
        line[0] = Piece(line[0].style, line[0].text.lstrip())
        line[-1] = Piece(line[-1].style, line[-1].text.rstrip())
    return line


def _shown(lines: Sequence[Inline]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def _paragraph(lines: Sequence[Inline]) -> str:
    """Markdown of lines; emphasis is given up where Markdown would show something else."""
    shown = _shown(lines)
    if not any(piece.style for line in lines for piece in line):
        return plain_markdown(shown)
    written = []
    for is_blank, group in groupby(lines, key=lambda line: not line):
        if not is_blank:
            some = list(group)
            text = "\\\n".join(map(_line, some))
            is_right = all(map(_is_plainly_right, some)) or _reads(text) == [_shown(some)]
            written.append(text if is_right else plain_markdown(_shown(some)))
    return "\n\n".join(written)


def _is_plainly_right(line: Inline) -> bool:
    """Whether no signs of emphasis touch one another, so that Markdown cannot take them wrongly."""
    looks = [piece.style for piece in line]
    return "`" not in looks and not any(one and two for one, two in pairwise(looks))


def _line(line: Inline) -> str:
    text = "".join(map(_marked, line))
    bare = text.removeprefix("\u200b")  # of our own Markdown, gone through HTML
    if bare[:1] in ("＝", "！"):  # these know no backslash; see `plain_markdown`
        return f"&#8203;{bare}"
    return _LINE_SIGN.sub(r"\1\\", text, count=1)


def _marked(piece: Piece) -> str:
    if piece.style == "`":
        return _code(piece.text)
    found = _CORE.fullmatch(piece.text) if piece.style else None
    if found is None or not found[2]:
        return _SPECIAL.sub(r"\\\1", piece.text)
    before, core, after = (_SPECIAL.sub(r"\\\1", part) for part in found.groups())
    return f"{before}{piece.style}{core}{piece.style}{after}"


def _code(text: str) -> str:
    fence = "`" * _longer(text, 0)
    edge = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longer(text, 2))
    return f"{fence}\n{text}\n{fence}" if text.strip() else ""


def _longer(text: str, least: int) -> int:
    """One more than the longest run of back ticks."""
    return 1 + max(map(len, re.findall("`+", text)), default=least)


def _list(block: List, *, is_odd: bool) -> str:
    """A Markdown list; an odd one has other signs, so that it does not join the one before it."""
    written, margins = [], [""]
    for item in block.items:
        del margins[item.level :]
        margins += [margins[-1]] * (item.level - len(margins))
        sign = "*" if is_odd else "-"
        if item.number is not None:
            sign = f"{item.number}{')' if is_odd else '.'}"
        margin = margins[-1]
        if not (lines := [line for line in _lines(item.inline) if line]):
            continue
        margins.append(margin + " " * (len(sign) + 1))
        text = _paragraph(lines).replace("\n", f"\n{margins[-1]}")
        written.append(f"{margin}{sign} {text}")
    return "\n".join(written)


def _table(block: Table) -> str:
    """A Markdown table; lines where it has one column, or Markdown would show something else."""
    rows = [[_cell(cell) for cell in row] for row in filter(any, block.rows)]
    width = max(map(len, rows), default=0)
    if width < 2 or width * len(rows) > 2 * sum(map(len, rows)) + 20:
        return _paragraph(_lines(_flat(block)))
    full = [row + [[]] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(''.join(map(_marked, cell)) for cell in row)} |" for row in full]
    text = "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
    if _reads(text) == [_shown([cell]) for row in full for cell in row]:
        return text
    return _paragraph(_lines(_flat(block)))


def _cell(inline: Inline) -> Inline:
    """A cell on one line, without code, in which Markdown would not find the ends of a cell."""
    joined = [
        Piece(style if style != "`" else "", " " if text == BREAK else text)
        for style, text in inline
    ]
    return next(iter(_lines(joined)), [])


def _reads(markdown: str) -> list[str]:
    """What Markdown shows of one paragraph, or of each cell of a table."""
    return [
        "".join(map(_text, one.children or ()))
        for one in parse(markdown)
        if one.type == "inline" or one.type not in _FRAME
    ]


def _text(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return BREAK
    return (
        child.content if child.type in _TEXTS else "" if child.type in _LOOKS else f"<{child.type}>"
    )

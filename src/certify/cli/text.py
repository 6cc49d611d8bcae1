"""Text for a terminal whose lines hold 80 cells: measured, wrapped and aligned by display width."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from wcwidth import wcswidth, wcwidth

WIDTH = 78
"""Cells in a line, two less than a terminal has, so that nothing ever touches its edge."""


def cells(text: str) -> int:
    """How many cells a text without control characters takes."""
    return max(0, wcswidth(text))


def fill(text: str, width: int) -> str:
    """The text with spaces up to a width."""
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str = "") -> list[str]:
    """Lines no wider than `width`, broken where the writing system allows it (UAX 14).

    Args:
        first: what the first line begins with.
        rest: what the other lines begin with.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = rest if lines else first
        is_empty = True
        for unit in _units(paragraph, width - max(cells(first), cells(rest))):
            if not is_empty and cells((line + unit).rstrip()) > width:
                lines.append(line.rstrip())
                line = rest
            line += unit
            is_empty = False
        lines.append(line.rstrip())
    return lines


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A heading and lines whose columns stand below each other, Chinese in them or not."""
    body = [[*row] for row in (columns, *rows)]
    widths = [max(cells(row[place]) for row in body) for place in range(len(columns))]
    return [
        "  ".join(fill(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in body
    ]


def bar(share: Fraction, width: int = 16) -> str:
    """A bar in characters that every terminal has; only a whole share fills it."""
    full = int(share * width)
    return "#" * full + "." * (width - full)


def _units(text: str, width: int) -> Iterable[str]:
    """The pieces between which a line may end; a piece wider than a line is cut."""
    from uniseg.linebreak import line_break_units

    for unit in line_break_units(text):
        piece = ""
        for character in unit:
            if cells(piece) + max(0, wcwidth(character)) > width:
                yield piece
                piece = ""
            piece += character
        if piece:
            yield piece

"""Columns that align with Chinese in them: widths are terminal cells, not characters."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from certify.tui.safe_text import safe_line


def fit(text: str, width: int, style: str = "") -> Content:
    """One line of exactly `width` cells: padded, or cut with … at a character boundary."""
    return fit_content(safe_line(text, style), width)


def fit_right(text: str, width: int, style: str = "") -> Content:
    """The same, at the right edge."""
    content = safe_line(text, style)
    if content.cell_length > width:
        return fit_content(content, width)
    return content.pad_left(width - content.cell_length)


def fit_content(content: Content, width: int) -> Content:
    """Content padded or cut to exactly `width` cells."""
    if content.cell_length <= width:
        return content.pad_right(width - content.cell_length)
    room, end = width - 1, 0
    for character in content.plain:
        room -= cell_len(character)
        if room < 0:
            break
        end += 1
    cut = content[:end] + "…" if width > 0 else Content("")
    return cut.pad_right(width - cut.cell_length)


def row(cells: Sequence[Content], gap: int = 2) -> Content:
    """Cells of one line, side by side."""
    return Content(" " * gap).join(cells)


def widths(total: int, fixed: Sequence[int], flexible: Sequence[int], gap: int = 2) -> list[int]:
    """Share a line among columns.

    Args:
        fixed: width of each column; 0 marks one that takes what is left.
        flexible: share of each column marked 0, in order.
    """
    left = max(0, total - sum(fixed) - gap * (len(fixed) - 1))
    shares = iter(flexible)
    whole = sum(flexible) or 1
    return [width or left * next(shares) // whole for width in fixed]

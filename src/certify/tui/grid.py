"""A table of counts: names down the side, in several parts where it is too wide."""

from collections.abc import Callable, Sequence

from textual.content import Content

from certify.tui.columns import fit, fit_right, row
from certify.tui.safe_text import safe_line

LEAST_NAME = 14
"""Cells the names at the side keep at least before the table is split."""
Style = Callable[[bool, str], str]
"""The style of an entry, by whether it is a heading and by its text."""


def grid(whole: Sequence[Sequence[str]], heads: int, width: int, style: Style) -> list[Content]:
    """The lines of a table, in parts below each other where it is wider than the screen.

    Args:
        whole: headings and rows; the first column holds the names.
        heads: how many of them are headings.
    """
    columns = [[safe_line(cells[place]) for cells in whole] for place in range(len(whole[0]))]
    needs = [max(cell.cell_length for cell in column) for column in columns]
    lines: list[Content] = []
    for places in _parts(needs, width):
        room = width - sum(needs[place] + 2 for place in places)
        for number, cells in enumerate(whole):
            is_head = number < heads
            entries = [
                fit_right(cells[place], needs[place], style(is_head, cells[place]))
                for place in places
            ]
            name = fit(cells[0], min(needs[0], room), style(is_head, ""))
            lines.append(row([name, *entries]))
        lines.append(Content())
    return lines[:-1]


def _parts(needs: Sequence[int], width: int) -> list[list[int]]:
    """The columns of each part of a table: the first stands in all, the others share a line."""
    parts: list[list[int]] = [[]]
    name = min(needs[0], max(LEAST_NAME, width // 3))
    for place, need in enumerate(needs[1:], start=1):
        used = name + sum(needs[one] + 2 for one in parts[-1])
        if parts[-1] and used + need + 2 > width:
            parts.append([])
        parts[-1].append(place)
    return parts

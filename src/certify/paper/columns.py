"""How wide the columns of a printed table are: sized by what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from certify.paper.breaking import widest_unit
from certify.paper.font import width

A4 = (595.28, 841.89)
"""Portrait, in points."""
MARGIN = 36.0
PAD = 3.0
"""Between a column's edge and its text, in points."""
SIZES = (8.5, 7.5, 6.5, 5.5)
"""Sizes of the letters in points; the largest in which no word has to be cut is taken."""
MOST_WISHED = 180.0
"""Points of text up to which a column gets the width of its longest cell."""
MOST_UNCUT = 110.0
"""Points up to which a word stands on one line."""
SHORT = 4
"""Chinese characters up to which a text stands on one line, though the rules would break it."""


@dataclass(frozen=True)
class Plan:
    """How a table is laid out."""

    page: tuple[float, float]
    """Width and height in points; wider than high when the columns need it."""
    size: float
    widths: tuple[float, ...]
    """Of the columns, their padding included; together the width between the margins."""


def planned(sample: Sequence[Sequence[str]]) -> Plan:
    """The layout for the headings and first rows of a table, all of them printable.

    Args:
        sample: the headings first, then as many rows as are to count; each as long as the first.
    """
    columns = list(zip(*sample, strict=True))
    upright, across = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
    for size in SIZES:
        wished = [_wished(cells, size) for cells in columns]
        if size == SIZES[0] and sum(wished) <= upright:
            return Plan(A4, size, _stretched(wished, upright))
        least = [_least(cells, size) for cells in columns]
        if sum(least) <= across:
            break
    return Plan((A4[1], A4[0]), size, _shared(least, wished, across))


def _wished(cells: Sequence[str], size: float) -> float:
    """What lets every cell stand on one line, within reason."""
    longest = max(width(line, size) for cell in cells for line in cell.split("\n"))
    return min(longest, MOST_WISHED) + 2 * PAD + 0.1  # sums of widths are not exact


def _least(cells: Sequence[str], size: float) -> float:
    """What cuts no word, within reason."""
    longest = max(widest_unit(cell, size) for cell in set(cells))
    short = min(_wished(cells, size) - 2 * PAD, SHORT * size)
    return max(min(longest, MOST_UNCUT), short) + 2 * PAD + 0.1


def _shared(least: list[float], wished: list[float], room: float) -> tuple[float, ...]:
    """The least for every column, and what is left in proportion to what each still wishes."""
    if sum(least) >= room:
        return _stretched(least, room)
    if sum(wished) <= room:
        return _stretched(wished, room)
    more = [max(0.0, wish - low) for low, wish in zip(least, wished, strict=True)]
    share = (room - sum(least)) / sum(more)
    return tuple(low + extra * share for low, extra in zip(least, more, strict=True))


def _stretched(widths: list[float], room: float) -> tuple[float, ...]:
    share = room / sum(widths)
    return tuple(one * share for one in widths)

"""Whether a bank can fill a blueprint, and which cells want the same items (R-ASM-02). Exact."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from certify.domain.blueprint import Cell, Drawable, fill, places


@dataclass(frozen=True)
class CellFit:
    """A cell and what the bank has for it."""

    cell: Cell
    codes: tuple[str, ...]
    """The items that may fill it."""
    filled: int
    """How many of the wanted items it gets when as many as possible are given in all."""
    is_alone: bool
    """Whether no other cell may take any of its items."""


@dataclass(frozen=True)
class Conflict:
    """Cells that together want more items than the bank has for all of them."""

    places: tuple[int, ...]
    """The cells, counted from 0 in the order of the blueprint."""
    wanted: int
    available: int

    @property
    def missing(self) -> int:
        """How many items more would be enough."""
        return self.wanted - self.available


def fits(cells: Sequence[Cell], bank: Sequence[Drawable]) -> list[CellFit]:
    """Every cell with what the bank has for it, in the order of the blueprint."""
    fitting = places(cells, bank)
    filled = Counter(fill(cells, fitting).values())
    codes = _codes(cells, fitting)
    alone = {
        place for group in _groups(range(len(cells)), fitting) if len(group) == 1 for place in group
    }
    return [
        CellFit(cell, tuple(codes[place]), filled[place], place in alone)
        for place, cell in enumerate(cells)
    ]


def conflicts(cells: Sequence[Cell], bank: Sequence[Drawable]) -> list[Conflict]:
    """Where a form cannot be drawn and why: sets of cells that break Hall's condition.

    What is missing in all sets together is what a form must lack, no less (König), and no cell
    can be left out of a set without hiding a part of that.
    """
    fitting = places(cells, bank)
    filled = fill(cells, fitting)
    codes = _codes(cells, fitting)

    def missing(group: set[int]) -> int:
        there = {code for place in group for code in codes[place]}
        return sum(cells[place].count for place in group) - len(there)

    drawn = Counter(filled.values())
    short = [place for place, cell in enumerate(cells) if drawn[place] < cell.count]
    found = []
    for group in _groups(_wanting_the_same(short, codes, filled), fitting):
        for place in sorted(group):
            if missing(group - {place}) >= missing(group):
                group.remove(place)
        wanted = sum(cells[place].count for place in group)
        found.append(Conflict(tuple(sorted(group)), wanted, wanted - missing(group)))
    return found


def times(cells: Sequence[Cell], forms: int) -> list[Cell]:
    """What so many forms without a common item want from a bank."""
    return [cell.model_copy(update={"count": cell.count * forms}) for cell in cells]


def _codes(cells: Sequence[Cell], fitting: Mapping[str, Sequence[int]]) -> list[list[str]]:
    codes: list[list[str]] = [[] for _ in cells]
    for code, taken_by in fitting.items():
        for place in taken_by:
            codes[place].append(code)
    return codes


def _wanting_the_same(
    short: Sequence[int], codes: Sequence[Sequence[str]], filled: Mapping[str, int]
) -> set[int]:
    """The short cells and, step by step, the cells that hold an item one of these could take."""
    reached, todo = set(short), list(short)
    while todo:
        holders = {filled[code] for code in codes[todo.pop()]} - reached
        reached |= holders
        todo += holders
    return reached


def _groups(wanted: Iterable[int], fitting: Mapping[str, Sequence[int]]) -> list[set[int]]:
    """Split cells into groups that share no item, in the order of their first cells."""
    groups = [{place} for place in wanted]
    among = {place for group in groups for place in group}
    for taken_by in {tuple(one) for one in fitting.values()}:
        sharing = among.intersection(taken_by)
        touched = [group for group in groups if group & sharing]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched]
            groups.append(set().union(*touched))
    return sorted(groups, key=min)

"""The blueprint of an exam (双向细目表) and the test form drawn from it (R-ASM-02)."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field


class Cell(BaseModel):
    """One row of a blueprint: how many items of which topic, type and difficulty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    type: str
    difficulty: Annotated[int, Field(ge=1, le=3)] | None = None
    count: Annotated[int, Field(ge=1, le=200)]
    points: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)] = Decimal(1)

    def takes(self, item: "Drawable") -> bool:
        """Whether an item may fill this cell."""
        return (
            item.topic == self.topic
            and item.type == self.type
            and self.difficulty in (None, item.difficulty)
        )


class Drawable(Protocol):
    """What assembling needs to know of an item."""

    @property
    def code(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def difficulty(self) -> int: ...


class Shortage(BaseModel):
    """A cell that the bank cannot fill: how many it wants and how many are left for it."""

    model_config = ConfigDict(frozen=True)

    cell: Cell
    available: int


class FormItem(BaseModel):
    """One item on a test form, with its points and the seed that orders its options."""

    model_config = ConfigDict(frozen=True)

    code: str
    points: Decimal
    seed: str


def shuffled(names: Iterable[str], seed: str) -> list[str]:
    """An order that the seed alone decides, the same on every machine and Python version."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}\0{name}".encode()).digest())


def places(cells: Sequence[Cell], bank: Iterable[Drawable]) -> dict[str, list[int]]:
    """By item code, which cells an item may fill, counted from 0 in the order of the blueprint."""
    known: dict[tuple[str, str, int], list[int]] = {}
    found = {}
    for item in bank:
        facts = (item.topic, item.type, item.difficulty)
        if facts not in known:
            known[facts] = [place for place, cell in enumerate(cells) if cell.takes(item)]
        found[item.code] = known[facts]
    return found


def shortages(cells: Sequence[Cell], bank: Sequence[Drawable]) -> list[Shortage]:
    """The cells that this bank cannot fill; empty when a form can be drawn."""
    drawn = Counter(fill(cells, places(cells, bank)).values())
    return [
        Shortage(cell=cell, available=drawn[place])
        for place, cell in enumerate(cells)
        if drawn[place] < cell.count
    ]


def assemble(
    cells: Sequence[Cell], bank: Sequence[Drawable], seed: str, seen: Mapping[str, int]
) -> list[FormItem]:
    """Draw a test form: the least seen items first, the seed deciding among equals (R-REM-03).

    No form that fills the cells has fewer items that were seen: what can be on a form together
    is a transversal matroid, where taking the best item first ends with the best whole.

    Args:
        cells: a blueprint for which `shortages` is empty.
        bank: the items in use.
        seed: recorded with the attempt; the same seed and bank give the same form.
        seen: by item code, on how many earlier forms of this person it stood.
    """
    fitting = places(cells, bank)
    order = sorted(shuffled(fitting, seed), key=lambda code: seen.get(code, 0))
    filled = fill(cells, {code: fitting[code] for code in order})
    return [
        FormItem(code=code, points=cells[filled[code]].points, seed=f"{seed}/{code}")
        for code in shuffled(filled, f"{seed}/order")
    ]


def overlap(form: Sequence[FormItem], seen: Mapping[str, int]) -> Fraction:
    """The share of a form's items that stood on earlier forms of the person (R-REM-03)."""
    again = sum(seen.get(item.code, 0) > 0 for item in form)
    return Fraction(again, len(form)) if form else Fraction(0)


def fill(cells: Sequence[Cell], fitting: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Give items to cells, at most `count` each, as many as can be given (augmenting paths).

    Cells may overlap (one asks for any difficulty, another for hard ones), so an item given to
    one cell moves on to another when that lets both be filled. An item once given stays on the
    form, so items that come earlier are preferred.

    Args:
        fitting: `places`, the preferred items first.
    Returns:
        The cell of each item that is on the form.
    """
    held: list[list[str]] = [[] for _ in cells]

    def give(code: str, tried: set[int]) -> bool:
        for place in fitting[code]:
            if place in tried:
                continue
            tried.add(place)
            if len(held[place]) < cells[place].count:
                held[place].append(code)
                return True
            for other in held[place]:
                if give(other, tried):
                    held[place].remove(other)
                    held[place].append(code)
                    return True
        return False

    left = sum(cell.count for cell in cells)
    full: set[int] = set()  # a search in vain has seen all that its cells could ever move on to
    for code in fitting:
        if not left:
            break
        tried = set(full)
        if give(code, tried):
            left -= 1
        else:
            full = tried
    return {code: place for place, codes in enumerate(held) for code in codes}

"""The blueprint of an exam (双向细目表) and the test form drawn from it (R-ASM-02)."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
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


def shortages(cells: Sequence[Cell], bank: Sequence[Drawable]) -> list[Shortage]:
    """The cells that this bank cannot fill; empty when a form can be drawn."""
    filled = _fill(cells, bank)
    drawn = Counter(filled.values())
    return [
        Shortage(cell=cell, available=drawn[place])
        for place, cell in enumerate(cells)
        if drawn[place] < cell.count
    ]


def assemble(
    cells: Sequence[Cell], bank: Sequence[Drawable], seed: str, seen: Mapping[str, int]
) -> list[FormItem]:
    """Draw a test form: the least seen items first, the seed deciding among equals (R-REM-03).

    Args:
        cells: a blueprint for which `shortages` is empty.
        bank: the items in use.
        seed: recorded with the attempt; the same seed and bank give the same form.
        seen: by item code, on how many earlier forms of this person it stood.
    """
    order = sorted(shuffled({item.code for item in bank}, seed), key=lambda code: seen.get(code, 0))
    by_code = {item.code: item for item in bank}
    filled = _fill(cells, [by_code[code] for code in order])
    return [
        FormItem(code=code, points=cells[filled[code]].points, seed=f"{seed}/{code}")
        for code in shuffled(filled, f"{seed}/order")
    ]


def _fill(cells: Sequence[Cell], bank: Sequence[Drawable]) -> dict[str, int]:
    """Give items to cells, at most `count` each, as many as can be given (augmenting paths).

    Cells may overlap (one asks for any difficulty, another for hard ones), so an item given to
    one cell moves on to another when that lets both be filled. An item once given stays on the
    form, so items that come earlier in the bank are preferred.
    """
    cells_of = {
        item.code: [place for place, cell in enumerate(cells) if cell.takes(item)] for item in bank
    }
    held: list[list[str]] = [[] for _ in cells]

    def give(code: str, tried: set[int]) -> bool:
        for place in cells_of[code]:
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

    for item in bank:
        give(item.code, set())
    return {code: place for place, codes in enumerate(held) for code in codes}

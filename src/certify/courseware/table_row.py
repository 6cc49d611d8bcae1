"""What is read from a table that somebody hands in: cells as text, with what they were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from certify.domain.exchange import unguard
from certify.errors import BadInput
from certify.i18n import _

MAX_FILE = 50_000_000
"""Bytes that a file may have, and that a workbook may unpack to."""
MAX_ROWS = 100_000
MAX_COLUMNS = 50
CellKind: TypeAlias = Literal[
    "text", "number", "date", "flag", "error", "formula", "picture", "raised"
]


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell."""

    text: str
    kind: CellKind = "text"
    """What the file keeps here. A `formula` has no value beside it, and so no text; a `picture`
    stands in the cell itself; a `raised` text has raised or lowered characters, as in 10²."""

    @property
    def is_number(self) -> bool:
        """Whether the file keeps a number here, which has no leading zeros to show."""
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty, with its number in the program that shows the file."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Page:
    """One sheet of a file; a CSV file has one, without a name."""

    name: str
    rows: Iterator[Row]
    """Can be gone through once."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Row and column (from 0) of cells that reach down over others → the last row they reach."""
    pictures: tuple[int, ...] = ()
    """For each picture the row in which it begins."""


def cell_text(raw: str) -> str:
    """What a cell says, without blanks around it and without the guard against formulas."""
    return unguard(raw.strip()).strip()


def too_large(place: str) -> BadInput:
    """The refusal of a file that is larger than any list of people or questions."""
    return BadInput(
        _("The file is too large: at most {size} MB unpacked and {rows} rows.").format(
            size=MAX_FILE // 1_000_000, rows=MAX_ROWS
        ),
        place=place,
        mend=_("Split it into several files."),
    )

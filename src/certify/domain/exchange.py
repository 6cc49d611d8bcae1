"""Lists on their way out: the table every form becomes, and the contract of its writers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, ClassVar

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠'")
"""First characters that a spreadsheet may take for a formula, and the mark that guards them."""


@dataclass(frozen=True)
class Column:
    """One column: a key for programs and a heading for people, already translated."""

    key: str
    heading: str


@dataclass(frozen=True)
class Sheet:
    """One list with its header (R-FRM-04): rows are text, in the order of the columns."""

    title: str
    header: Sequence[tuple[str, str, str]]
    """Key, label and value: `number`, `time` (ISO, with offset), `author`, `filter`, `rows`."""
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]


class ExportFormat(ABC):
    """A writer of lists; stateless."""

    name: ClassVar[str]
    """What is typed after `--format`."""
    suffix: ClassVar[str]
    """End of the file's name, with its dot."""
    label: ClassVar[str]
    """Name for people; English source text, marked with `N_`."""
    is_text: ClassVar[bool] = False
    """Whether it can be read on a terminal; what cannot goes into a file."""

    @abstractmethod
    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        """Write the sheet to a binary stream, row by row."""


def guard(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguard` gives the text back (R-FRM-02).

    Some programs trim a cell before they look at it, so blanks before a formula hide nothing.
    """
    if cell[:1].isalnum():  # true of nearly every cell
        return cell
    if cell[:1] in FORMULA_STARTS or cell.lstrip()[:1] in FORMULA_STARTS:
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if cell[:1] == "'" and guard(cell[1:]) == cell else cell

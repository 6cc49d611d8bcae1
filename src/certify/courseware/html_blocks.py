"""What HTML says once its tags are read: paragraphs, lists, tables and preformatted texts."""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

BREAK = "\n"


class Lost(NamedTuple):
    """What is left of the HTML; `Loss(place, *lost)` makes the entry of a report of it."""

    message: str
    """Translated, and alike wherever the same happens."""
    is_serious: bool = False


class Piece(NamedTuple):
    """A stretch of text with one look."""

    style: str
    """`**`, `*`, a back tick, `^`, `_` or nothing."""
    text: str
    """`BREAK` for a new line."""


Inline: TypeAlias = list[Piece]


@dataclass(slots=True)
class Paragraph:
    """Text in lines."""

    inline: Inline


@dataclass(slots=True)
class Preformatted:
    """Text whose blanks count."""

    text: str


@dataclass(slots=True)
class ListItem:
    """One entry of a list."""

    level: int
    number: int | None
    """None in a list without numbers."""
    inline: Inline = field(default_factory=list)


@dataclass(slots=True)
class List:
    """A list with the lists inside it, in the order in which they are read."""

    items: list[ListItem] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Rows of cells; rows may differ in length."""

    rows: list[list[Inline]] = field(default_factory=list)


Block: TypeAlias = Paragraph | Preformatted | List | Table

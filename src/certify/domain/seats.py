"""Seats of a hall: their names, and giving one to everybody."""

from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_uppercase

ROW = 10
"""Seats in a row where nobody says how many."""


def names(per_row: int = ROW) -> Iterator[str]:
    """`A-01`, `A-02` …, then the next row: `B-01` …, after Z `AA-01`; without end.

    Args:
        per_row: 1 and more.
    """
    width = max(2, len(str(per_row)))
    for row in count():
        for number in range(1, per_row + 1):
            yield f"{_letters(row)}-{number:0{width}}"


def first_free(taken: Iterable[str], per_row: int = ROW) -> Iterator[str]:
    """The seats that nobody has yet, in their order."""
    used = set(taken)
    return (name for name in names(per_row) if name not in used)


def _letters(row: int) -> str:
    """The row as a spreadsheet names its columns: A to Z, AA, AB …"""
    found = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, len(ascii_uppercase))
        found = ascii_uppercase[letter] + found
    return found

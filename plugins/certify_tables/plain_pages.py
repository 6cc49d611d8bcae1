"""Rows by the page: one look tells whether any cell of a page needs care, and most need none.

Care cell by cell takes longer than fetching the rows and packing them together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

Row = Sequence[str]

CELL, ROW = "\x1f", "\x1e"
"""Between the cells of a plain page, and before each row; in a plain text neither can stand."""
PAGE = 200
"""Rows looked at together."""
MOST_PLAIN = 32_000
"""Characters from which on a page may hold a cell that a workbook would have to cut."""

_CARE = re.compile(
    "[\x00-\x1d\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    '\ud800-\udfff",&<>]'
)
"""What some writer cleans, quotes or escapes."""
_BEGINNING = re.compile("[\x1e\x1f][=+\\-@＝＋－＠' \u1680\u2000-\u200a\u202f\u205f\u3000]")
"""A cell that may be a formula, or begins with a blank; the blanks left out need care anyway."""


def pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, some at a time."""
    each = iter(rows)
    while page := list(islice(each, PAGE)):
        yield page


def plain(page: Sequence[Row]) -> str | None:
    """The page as one text with `CELL` and `ROW` in it; None when some cell needs care."""
    text = ROW + ROW.join([CELL.join(row) for row in page])
    width = len(page[0])
    is_plain = (
        width > 1  # an empty row and a row of one empty cell look alike
        and (len(text) < MOST_PLAIN or max(map(_longest, page)) < MOST_PLAIN)
        and text.count(CELL) == (width - 1) * len(page)
        and text.count(ROW) == len(page)
        and "_x" not in text
        and " \x1f" not in text
        and " \x1e" not in text
        and text[-1] != " "
        and not _CARE.search(text)
        and not _BEGINNING.search(text)
    )
    return text if is_plain else None


def _longest(row: Row) -> int:
    return max(map(len, row))

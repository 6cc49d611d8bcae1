"""Writes a question table as a workbook that a person can fill in."""

from collections.abc import Sequence
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]

from certify.api import _, guard
from certify_spreadsheet.headings import Heading, heading
from certify_spreadsheet.layout import DIFFICULTIES, HELP, POOLS, SHEETS, TYPES, help_rows

WIDTHS = {"stem": 48, "option": 22, "key": 20, "explanation": 40, "id": 13, "type": 12}
OTHER_WIDTH = 14
HELP_WIDTHS = (16, 60, 16, 60)
CHOSEN_ROWS = 5_000
"""Rows below the headings that offer lists to choose from."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_book(rows: Sequence[Sequence[str]], out: BinaryIO, *, title: str, language: str) -> None:
    """Write headings and rows, with a frozen first row, lists, and a sheet that explains them."""
    # The library keeps rows in a file until all are there; it goes whatever happens.
    with TemporaryDirectory(prefix="certify-") as folder:
        book = xlsxwriter.Workbook(out, {**OPTIONS, "tmpdir": folder})
        try:
            # Nothing in the file tells when it was written: the same items give the same bytes.
            book.set_properties({"title": title, "created": datetime(1980, 1, 1)})  # noqa: DTZ001
            _fill(book, book.add_worksheet(SHEETS[language]), rows, language)
            _explain(book, book.add_worksheet(HELP[language]), language)
        except BaseException:
            for page in book.worksheets():
                page.row_data_fh.close()
            raise
        book.close()


def _fill(book: Any, page: Any, rows: Sequence[Sequence[str]], language: str) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    # Text, so that no program makes a date of “1-2” or drops a zero.
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    known = [heading(text) or Heading("") for text in rows[0]]
    for place, one in enumerate(known):
        page.set_column(place, place, WIDTHS.get(one.key, OTHER_WIDTH), plain)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell:
                page.write_string(number, place, guard(cell), plain if number else bold)
    page.freeze_panes(1, 3)
    side = 0 if language == "zh" else 1
    lists = {
        "type": [both[side] for both in TYPES.values()],
        "difficulty": DIFFICULTIES,
        "pool": [both[side] for both in POOLS.values()],
    }
    last = max(CHOSEN_ROWS, len(rows))
    for place, one in enumerate(known):
        if one.key in lists:
            page.data_validation(1, place, last, place, _choice(lists[one.key]))


def _choice(values: Sequence[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(values),
        "error_title": _("Not in the list"),
        "error_message": _("Choose one of the values in the list."),
        "error_type": "warning",
    }


def _explain(book: Any, page: Any, language: str) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(HELP_WIDTHS):
        page.set_column(place, place, width, wrapped)
    for number, row in enumerate(help_rows(language)):
        for place, cell in enumerate(row):
            page.write_string(number, place, cell, wrapped if number else bold)
    page.freeze_panes(1, 0)

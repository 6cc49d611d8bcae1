"""`xlsx`: a workbook of text cells, written row by row; the same sheet gives the same bytes."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]

from certify.api import N_, ExportFormat, Refused, Sheet, _, clean, guard

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
MAX_NAME = 31
WIDTHS = (6, 60)
"""Narrowest and widest column, in characters."""
NOT_IN_XML = re.compile("[\ufffe\uffff]")
NOT_IN_NAME = str.maketrans("[]:*?/\\'", "        ")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxFormat(ExportFormat):
    """Title, header facts, an empty row, frozen bold headings, rows; every cell is guarded text."""

    name = "xlsx"
    suffix = ".xlsx"
    label = N_("Excel workbook")

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        # The library keeps rows in a file until all are there; it goes whatever happens.
        with TemporaryDirectory(prefix="certify-") as folder:
            workbook = xlsxwriter.Workbook(out, {**OPTIONS, "tmpdir": folder})
            try:
                _fill(workbook, sheet)
            except BaseException:
                for page in workbook.worksheets():
                    page.row_data_fh.close()
                raise
            workbook.close()


def _fill(workbook: Any, sheet: Sheet) -> None:
    workbook.set_properties({"title": _cell(sheet.title), "created": _created(sheet)})
    page = workbook.add_worksheet(_name(sheet.title))
    bold = workbook.add_format({"bold": True})
    _put(page, 0, [sheet.title], bold)
    for number, (_key, label, value) in enumerate(sheet.header, start=1):
        _put(page, number, [label, value])
    heading = len(sheet.header) + 2
    headings = [column.heading for column in sheet.columns]
    _put(page, heading, headings, bold)
    page.freeze_panes(heading + 1, 0)
    widths = [_width(text) for text in headings]
    for number, row in enumerate(sheet.rows, start=heading + 1):
        if number >= MAX_ROWS:
            raise Refused(
                _("A workbook holds {count} rows; the list is longer.").format(count=MAX_ROWS),
                mend=_("Choose another format."),
            )
        _put(page, number, row)
        widths = [max(old, _width(cell)) for old, cell in zip(widths, row, strict=True)]
    least, most = WIDTHS
    for place, width in enumerate(widths):
        page.set_column(place, place, min(max(width + 2, least), most))


def _put(page: Any, number: int, row: Sequence[str], style: Any = None) -> None:
    for place, cell in enumerate(row):
        page.write_string(number, place, _cell(cell), style)


def _cell(text: str) -> str:
    guarded = guard(NOT_IN_XML.sub("�", clean(text)))
    return guarded if len(guarded) <= MAX_CELL else f"{guarded[: MAX_CELL - 1]}…"


def _name(title: str) -> str:
    """A name that a sheet may have; quotes and the word History are Excel's own."""
    name = NOT_IN_XML.sub("�", clean(title)).translate(NOT_IN_NAME).replace("\n", " ")
    while name and guard(name) != name:
        name = name.strip()[1:]
    name = name[:MAX_NAME].strip()
    return "Sheet" if name.lower() in ("", "history") else name


def _created(sheet: Sheet) -> datetime:
    """The time in the header, so that nothing in the file tells when it was written again."""
    for key, _label, value in sheet.header:
        if key == "time":
            try:
                return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
            except ValueError:
                break
    return datetime(1980, 1, 1)  # noqa: DTZ001  workbooks know no time zones


def _width(text: str) -> int:
    """Columns a text takes; Chinese characters take two."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(map(_line_width, text.split("\n")))


@lru_cache(maxsize=1_000)
def _line_width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in line)

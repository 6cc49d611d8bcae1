"""Workbooks of the old kind (.xls), read by xlrd, which needs a whole sheet in memory."""

import io
from collections.abc import Iterator
from typing import Any

from certify.courseware.table_row import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Page,
    Row,
    cell_text,
    too_large,
)
from certify.courseware.workbook import EMPTY, value_cell
from certify.errors import BadInput
from certify.i18n import _

STARTS = (b"\xd0\xcf\x11\xe0", b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00")
MAX_OLD_FILE = 20_000_000
"""Bytes; xlrd takes several times as much memory."""


def pages(name: str, data: bytes) -> Iterator[Page]:
    """The sheets of a workbook in their order.

    Args:
        name: of the file, for messages.
    Raises:
        BadInput: it cannot be read, such as where it has a password.
    """
    import xlrd  # type: ignore[import-untyped]  # only who reads an old workbook needs it

    if len(data) > MAX_OLD_FILE:
        raise too_large(name)
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            yield Page(
                name=sheet.name,
                rows=_rows(name, book, sheet),
                is_hidden=sheet.visibility != 0,
                hidden_rows=frozenset(
                    row + 1 for row, one in sheet.rowinfo_map.items() if one.hidden
                ),
                merged={
                    (top + 1, left): min(bottom, MAX_ROWS)
                    for top, bottom, left, _right in sheet.merged_cells
                    if bottom > top + 1 and left < MAX_COLUMNS
                },
                pictures=(1,) * _pictures(data) if number == 0 else (),
            )
            book.unload_sheet(number)
    except BadInput:
        raise
    except Exception as problem:  # a broken workbook makes xlrd stumble in countless ways
        raise BadInput(
            _("This workbook is of an old kind or has a password."),
            place=name,
            mend=_("Save it as .xlsx without a password, or as CSV."),
        ) from problem


def _pictures(data: bytes) -> int:
    """How many pictures the file holds; xlrd does not tell where they stand."""
    return sum(data.count(start) for start in (b"\x89PNG\r\n", b"\xff\xd8\xff\xe0"))


def _rows(name: str, book: Any, sheet: Any) -> Iterator[Row]:
    if sheet.nrows > MAX_ROWS:
        raise too_large(name)
    for number in range(sheet.nrows):
        cells = [_cell(book, cell) for cell in sheet.row(number)[:MAX_COLUMNS]]
        while cells and cells[-1] is EMPTY:
            cells.pop()
        if cells:
            yield Row(number + 1, tuple(cells))


def _cell(book: Any, cell: Any) -> Cell:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
        return EMPTY
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Cell(cell_text(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return value_cell(bool(cell.value), None)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(str(xlrd.error_text_from_code.get(cell.value, "#ERROR!")), "error")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
            return value_cell(moment.time() if cell.value < 1 else moment, None)
        except (ValueError, OverflowError):
            return Cell(str(cell.value), "date")
    style = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return value_cell(float(cell.value), style.format_str if style else None)

"""Workbooks of today (.xlsx): their sheets, read row by row by openpyxl."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from certify.courseware.sheet_facts import SheetFacts, raised_strings, sheet_facts
from certify.courseware.table_row import (
    MAX_COLUMNS,
    MAX_FILE,
    MAX_ROWS,
    Cell,
    Page,
    Row,
    cell_text,
    too_large,
)
from certify.errors import BadInput
from certify.i18n import _

START = b"PK\x03\x04"
MAX_PARTS = 2_000
MAX_RATIO = 100
SMALL_PART = 1_000_000
"""A part of a workbook up to this size may be packed as tightly as it likes."""
EMPTY, FORMULA = Cell(""), Cell("", "formula")
PICTURE = ("=DISPIMG(", "=_xlfn.DISPIMG(", "_xlfn.DISPIMG(", "DISPIMG(")
"""How WPS keeps a picture that stands in a cell."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, and `_x` itself."""
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def pages(name: str, data: bytes) -> Iterator[Page]:
    """The sheets of a workbook in their order.

    Args:
        name: of the file, for messages.
    Raises:
        BadInput: it cannot be read, also while the rows are.
    """
    import openpyxl  # slow to import, and only who reads a workbook needs it

    try:
        _check_parts(name, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl does not know do not matter here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            raised = raised_strings(parts)
            sheets: list[Any] = list(book.worksheets)
            for sheet in sheets:
                facts = sheet_facts(parts, sheet._worksheet_path, raised)
                yield Page(
                    name=sheet.title,
                    rows=_rows(name, sheet, facts),
                    is_hidden=sheet.sheet_state != "visible",
                    hidden_rows=frozenset(facts.hidden_rows),
                    merged=facts.merged,
                    pictures=tuple(facts.pictures),
                )
        book.close()
    except BadInput:
        raise
    except Exception as problem:  # a broken workbook makes openpyxl stumble in countless ways
        raise _broken(name, problem) from problem


def _rows(name: str, sheet: Any, facts: SheetFacts) -> Iterator[Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
            for number, cells in enumerate(rows, start=1):
                if number > MAX_ROWS:
                    raise too_large(name)
                lacking = facts.formulas.get(number, ())
                if lacking or any(cell.value is not None for cell in cells):
                    yield Row(number, _cells(cells, lacking, facts.raised.get(number, ())))
    except BadInput:
        raise
    except Exception as problem:
        raise _broken(name, problem) from problem


def _cells(
    cells: tuple[Any, ...], lacking: Sequence[int], raised: Sequence[int]
) -> tuple[Cell, ...]:
    """The cells of a row without the empty ones at its end.

    Args:
        lacking: places of formulas without a value.
        raised: places of texts with raised or lowered characters.
    """
    found = [EMPTY if cell.value is None else _cell(cell) for cell in cells]
    for place in lacking:
        found[place] = FORMULA
    for place in raised:
        found[place] = Cell(found[place].text, "raised")
    while found and found[-1] is EMPTY:
        found.pop()
    return tuple(found)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return Cell(value, "error")
        if value.startswith(PICTURE):
            return Cell("", "picture")
        if "_x" in value:
            value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return Cell(cell_text(value))
    return value_cell(value, cell.number_format)


def value_cell(value: object, number_format: str | None) -> Cell:
    """The text of what is no text; a format of zeros like `0000` shows leading zeros."""
    if isinstance(value, bool):
        return Cell(str(value).upper(), "flag")
    if isinstance(value, datetime):
        is_day = value.time() == value.min.time()
        return Cell(value.date().isoformat() if is_day else value.isoformat(sep=" "), "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    if isinstance(value, time | timedelta):
        return Cell(str(value).removesuffix(":00"), "date")
    if isinstance(value, int | float):
        return _number_cell(value, number_format or "")
    return Cell(cell_text(str(value)))


def _number_cell(value: float, number_format: str) -> Cell:
    if percent := _PERCENT.fullmatch(number_format):
        return Cell(f"{value * 100:.{len(percent[1] or '')}f}%", "number")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    if isinstance(value, int) and number_format and set(number_format) == {"0"}:
        padded = str(value).zfill(len(number_format))
        return Cell(padded, "number" if len(number_format) == 1 else "text")
    return Cell(str(value) if isinstance(value, int) else f"{value:.15g}", "number")


def _check_parts(name: str, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_FILE:
            raise too_large(name)
        for part in listed:
            if part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size):
                raise too_large(name)
        for part in listed:
            content = parts.read(part)  # never more than the size that was just checked
            if any(mark in content for mark in _DOCTYPES):
                raise BadInput(
                    _("The workbook holds a document type declaration, which none needs."),
                    place=f"{name}: {part.filename}",
                    mend=_("Save it as .xlsx again in a spreadsheet program."),
                )


def _broken(name: str, problem: Exception) -> BadInput:
    return BadInput(
        _("The workbook cannot be read: {reason}").format(
            reason=f"{type(problem).__name__}: {problem}"
        ),
        place=name,
        mend=_("Open it in a spreadsheet program and save it as .xlsx again, or as CSV."),
    )

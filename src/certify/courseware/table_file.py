"""Reads a table that somebody hands in: CSV, XLSX or XLS, as text, row by row as it is shown.

Such a file is not trusted: sizes are checked before anything is unpacked, and a workbook whose
XML declares a document type (the way to an entity bomb) is refused without being parsed. What a
file is tells its content, never its name.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from certify.courseware import old_workbook, workbook
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

__all__ = [
    "MAX_ROWS",
    "Cell",
    "Page",
    "Row",
    "Table",
    "csv_rows",
    "is_workbook",
    "pages",
    "read_table",
]

DELIMITERS = (",", "\t", ";")


@dataclass(frozen=True)
class Table:
    """The row of headings and the rows below it; what stands above is not kept."""

    headings: Row
    rows: list[Row]
    digest: str
    """SHA-256 of the file."""


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, of today's kind or of the old one."""
    return data.startswith((workbook.START, *old_workbook.STARTS))


def pages(name: str, data: bytes) -> Iterator[Page]:
    """The sheets of a workbook in their order; the rows of one are to be read before the next.

    Args:
        name: of the file, for messages.
    Raises:
        BadInput: it cannot be read, also while the rows are.
    """
    if len(data) > MAX_FILE:
        raise too_large(name)
    if data.startswith(workbook.START):
        yield from workbook.pages(name, data)
    else:
        yield from old_workbook.pages(name, data)


def csv_rows(place: str, text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a CSV text, empty ones left out.

    Args:
        place: name of the file, for messages.
    Raises:
        BadInput: its quotes do not match, or it is too large.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        # A spreadsheet counts records, not lines: a cell with a line break stays in its row.
        for number, texts in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise too_large(place)
            cells = tuple(Cell(cell_text(text)) for text in texts[:MAX_COLUMNS])
            if any(cell.text for cell in cells):
                yield Row(number, cells)
    except csv.Error as problem:
        raise BadInput(
            _("The quotes of this CSV file do not match: {reason}").format(reason=problem),
            place=f"{place}:{reader.line_num}",
            mend=_("Put text with quotes in quotes and double those inside."),
        ) from problem


def read_table(path: Path, is_heading: Callable[[Row], bool]) -> Table | None:
    """Read a table from its heading on; None when no row is one. Of a workbook the first sheet.

    Args:
        is_heading: whether a row is the row of headings; it also tells which delimiter is right.
    Raises:
        BadInput: the file cannot be read, or is no table.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
    except OSError as problem:
        raise BadInput(
            _("The file cannot be read: {reason}").format(reason=problem.strerror or problem),
            place=str(path),
            mend=_("Check its name and that you may read it."),
        ) from problem
    if data is None:
        raise too_large(str(path))
    if is_workbook(data):
        first = next(pages(str(path), data), None)
        return _table(data, first.rows, is_heading) if first else None
    text = _decoded(path, data)
    first_problem = None
    for delimiter in DELIMITERS:
        try:
            if table := _table(data, csv_rows(str(path), text, delimiter), is_heading):
                return table
        except BadInput as problem:
            first_problem = first_problem or problem
    if first_problem is not None:
        raise first_problem
    return None


def _table(data: bytes, found: Iterator[Row], is_heading: Callable[[Row], bool]) -> Table | None:
    rows = (row for row in found if any(cell.text for cell in row.cells))
    headings = next((row for row in rows if is_heading(row)), None)
    if headings is None:
        return None
    return Table(headings, list(rows), hashlib.sha256(data).hexdigest())


def _decoded(path: Path, data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030 as Chinese programs write it."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        _("The file is neither text in UTF-8 or GB18030 nor a workbook."),
        place=str(path),
        mend=_("Save it as .xlsx or as CSV in UTF-8."),
    )

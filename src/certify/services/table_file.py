"""Reads a table that somebody hands in: CSV or XLSX, as text, row by row as the program shows it.

Such a file is not trusted: sizes are checked before anything is unpacked, and a workbook whose
XML declares a document type (the way to an entity bomb) is refused without being parsed.
"""

import csv
import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from certify.domain.exchange import unguard
from certify.errors import BadInput
from certify.i18n import _

MAX_FILE = 50_000_000
"""Bytes that a file may have, and that a workbook may unpack to."""
MAX_PARTS = 2_000
MAX_RATIO = 100
SMALL_PART = 1_000_000
"""A part of a workbook up to this size may be packed as tightly as it likes."""
MAX_ROWS = 100_000
MAX_COLUMNS = 50
DELIMITERS = (",", "\t", ";")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, and `_x` itself."""
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Cell:
    """The text of one cell."""

    text: str
    is_number: bool = False
    """Whether the file keeps a number here, which has no leading zeros to show."""


@dataclass(frozen=True)
class Row:
    """One row that is not empty, with its number in the program that shows the file."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The row of headings and the rows below it; what stands above is not kept."""

    headings: Row
    rows: list[Row]
    digest: str
    """SHA-256 of the file."""


def read_table(path: Path, is_heading: Callable[[Row], bool]) -> Table | None:
    """Read a table from its heading on; None when no row is one.

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
        raise _too_large(path)
    if data.startswith(b"PK\x03\x04"):
        return _table(data, _workbook(path, data), is_heading)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            _("This workbook is of an old kind or has a password."),
            place=str(path),
            mend=_("Save it as .xlsx without a password, or as CSV."),
        )
    text = _decoded(path, data)
    first_problem = None
    for delimiter in DELIMITERS:
        try:
            if table := _table(data, _csv(path, text, delimiter), is_heading):
                return table
        except BadInput as problem:
            first_problem = first_problem or problem
    if first_problem is not None:
        raise first_problem
    return None


def _table(
    data: bytes, found: Iterator[tuple[int, list[Cell]]], is_heading: Callable[[Row], bool]
) -> Table | None:
    rows = (
        Row(number, tuple(cells)) for number, cells in found if any(cell.text for cell in cells)
    )
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


def _csv(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        # A spreadsheet counts records, not lines: a cell with a line break stays in its row.
        for number, texts in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise _too_large(path)
            yield number, [Cell(_text(text)) for text in texts[:MAX_COLUMNS]]
    except csv.Error as problem:
        raise BadInput(
            _("The quotes of this CSV file do not match: {reason}").format(reason=problem),
            place=f"{path}:{reader.line_num}",
            mend=_("Put text with quotes in quotes and double those inside."),
        ) from problem


def _workbook(path: Path, data: bytes) -> Iterator[tuple[int, list[Cell]]]:
    import openpyxl  # slow to import, and only who reads a workbook needs it

    try:
        _check_parts(path, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl does not know do not matter here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                page = book.worksheets[0]
                page.reset_dimensions()
                rows = page.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
                for number, cells in enumerate(rows, start=1):
                    if number > MAX_ROWS:
                        raise _too_large(path)
                    if any(cell.value is not None for cell in cells):
                        yield number, [_value(cell.value, cell.number_format) for cell in cells]
            finally:
                book.close()
    except BadInput:
        raise
    except Exception as problem:  # a broken workbook makes openpyxl stumble in countless ways
        raise BadInput(
            _("The workbook cannot be read: {reason}").format(
                reason=f"{type(problem).__name__}: {problem}"
            ),
            place=str(path),
            mend=_("Open it in a spreadsheet program and save it as .xlsx again, or as CSV."),
        ) from problem


def _check_parts(path: Path, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_FILE:
            raise _too_large(path)
        for part in listed:
            if part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size):
                raise _too_large(path)
        for part in listed:
            content = parts.read(part)  # never more than the size that was just checked
            if any(mark in content for mark in _DOCTYPES):
                raise BadInput(
                    _("The workbook holds a document type declaration, which none needs."),
                    place=f"{path}: {part.filename}",
                    mend=_("Save it as .xlsx again in a spreadsheet program."),
                )


def _value(value: object, number_format: str | None) -> Cell:
    """The text of a workbook's cell; a format of zeros like `0000` shows leading zeros."""
    if value is None:
        return Cell("")
    if isinstance(value, datetime):
        is_day = value.time() == value.min.time()
        return Cell(value.date().isoformat() if is_day else value.isoformat(sep=" "))
    if isinstance(value, date):
        return Cell(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and number_format and set(number_format) == {"0"}:
            padded = str(value).zfill(len(number_format))
            return Cell(padded, is_number=len(number_format) == 1)
        return Cell(str(value), is_number=True)
    return Cell(_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))))


def _text(raw: str) -> str:
    """What a cell says, without blanks around it and without the guard against formulas."""
    return unguard(raw.strip()).strip()


def _too_large(path: Path) -> BadInput:
    return BadInput(
        _("The file is too large: at most {size} MB unpacked and {rows} rows.").format(
            size=MAX_FILE // 1_000_000, rows=MAX_ROWS
        ),
        place=str(path),
        mend=_("Split it into several files."),
    )

"""`csv`: RFC 4180 in UTF-8 with byte order mark, so that Excel reads Chinese (R-FRM-02)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from certify.api import N_, ExportFormat, Sheet, clean, guard
from certify_tables.plain_pages import CELL, ROW, pages, plain


class CsvFormat(ExportFormat):
    """Title, header facts, an empty row, headings, rows; every cell guarded against formulas."""

    name = "csv"
    suffix = ".csv"
    label = N_("CSV for spreadsheets")
    is_text = True

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
        try:
            writer = csv.writer(text)  # the default dialect is RFC 4180: CRLF, doubled quotes
            _carefully(writer, _head(sheet))
            for page in pages(sheet.rows):
                if (found := plain(page)) is not None:
                    text.write(found[1:].replace(CELL, ",").replace(ROW, "\r\n"))
                    text.write("\r\n")
                else:
                    _carefully(writer, page)
            text.flush()
        finally:
            text.detach()


def _carefully(writer: Any, rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        writer.writerow([guard(clean(cell)) for cell in row])


def _head(sheet: Sheet) -> Iterator[Sequence[str]]:
    yield [sheet.title]
    for _key, label, value in sheet.header:
        yield [label, value]
    yield []
    yield [column.heading for column in sheet.columns]

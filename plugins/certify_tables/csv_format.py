"""`csv`: RFC 4180 in UTF-8 with byte order mark, so that Excel reads Chinese (R-FRM-02)."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from certify.api import N_, ExportFormat, Sheet, clean, guard


class CsvFormat(ExportFormat):
    """Title, header facts, an empty row, headings, rows; every cell guarded against formulas."""

    name = "csv"
    suffix = ".csv"
    label = N_("CSV for spreadsheets")

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
        try:
            writer = csv.writer(text)  # the default dialect is RFC 4180: CRLF, doubled quotes
            for row in _lines(sheet):
                writer.writerow([guard(clean(cell)) for cell in row])
            text.flush()
        finally:
            text.detach()


def _lines(sheet: Sheet) -> Iterator[Sequence[str]]:
    yield [sheet.title]
    for _key, label, value in sheet.header:
        yield [label, value]
    yield []
    yield [column.heading for column in sheet.columns]
    yield from sheet.rows

"""The three kinds of files; what a file is tells its content, so all are read by one reader."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from certify.api import (
    N_,
    BankFile,
    BankItem,
    Entry,
    ItemFormat,
    Loss,
    NotTaken,
    _,
    clean,
    clean_line,
    guard,
    table_file,
)
from certify_spreadsheet.item_row import can_hold, row_of
from certify_spreadsheet.layout import fields_for
from certify_spreadsheet.reader import read

MAX_CELL = 32_000
"""Characters that a cell can hold; a workbook has room for some more."""


class _TableFormat(ItemFormat):
    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        return read(file, language)


class XlsFormat(_TableFormat):
    """Workbooks of the old kind; programs also give this ending to other tables."""

    name = "xls"
    label = N_("Old Excel workbook")
    suffixes = (".xls", ".et")


class CsvFormat(_TableFormat):
    """Comma, tab, semicolon or bar; written in UTF-8 with its mark, every cell guarded."""

    name = "csv"
    label = N_("CSV table of questions")
    suffixes = (".csv", ".tsv")
    can_write = True

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        rows, losses = table_of(items, language)
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
        try:
            csv.writer(text).writerows([guard(cell) for cell in row] for row in rows)
            text.flush()
        finally:
            text.detach()
        return losses


class XlsxFormat(_TableFormat):
    """A workbook to fill in: lists to choose from, and a second sheet that explains the columns."""

    name = "xlsx"
    label = N_("Excel workbook")
    suffixes = (".xlsx", ".xlsm")
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        return table_file.is_workbook(file.data)

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        from certify_spreadsheet.book import write_book  # its library is slow to import

        rows, losses = table_of(items, language)
        write_book(rows, out, title=title, language=language)
        return losses


def template(language: str) -> list[list[str]]:
    """The rows of an empty table: its headings."""
    return table_of((), language)[0]


def table_of(
    items: Iterable[BankItem], language: str
) -> tuple[list[list[str]], list[Loss | NotTaken]]:
    """Headings and rows, and what they do not hold."""
    losses: list[Loss | NotTaken] = []
    held = []
    for item in items:
        if can_hold(item):
            held.append(item)
        else:
            losses.append(_refused(item, _("A table has no form for this type of item.")))
    fields = fields_for(held)
    rows = [[field.heading(language) for field in fields]]
    for item in held:
        row = [clean(cell) for cell in row_of(item, fields, language)]
        if any(len(cell) > MAX_CELL for cell in row):
            losses.append(_refused(item, _("A text is longer than a cell can be.")))
            continue
        rows.append(row)
        if item.source:
            losses.append(Loss(item.place, _("The source kept beside the item is not written.")))
    return rows, losses


def _refused(item: BankItem, reason: str) -> NotTaken:
    name = item.code or item.name
    return NotTaken(
        item.place, "rejected", name or clean_line(item.block.stem)[:80], reason,
        _("Export it in another format, such as Markdown."), item.type,
    )  # fmt: skip

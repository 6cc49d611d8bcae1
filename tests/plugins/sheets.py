"""Tables made by hand for the tests of the spreadsheet formats."""

import io
import struct
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from certify.api import BankFile, BankItem, Entry, NotTaken, Remark
from certify_spreadsheet.formats import CsvFormat, XlsFormat, XlsxFormat

HEADINGS = ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"]
SINGLE = [
    "单选题",
    "多少小时内给出方案？",
    "12 小时",
    "24 小时",
    "36 小时",
    "48 小时",
    "B",
    "见标准。",
]


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> openpyxl.Workbook:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*rows: Sequence[Any], name: str = "Sheet1") -> list[Entry]:
    """What a workbook of one sheet gives."""
    return read(saved(workbook({name: rows})))


def read(data: bytes, language: str = "zh") -> list[Entry]:
    """What the bytes of a workbook give."""
    return list(XlsxFormat().read(BankFile("bank.xlsx", data), language))


def read_csv(text: str | bytes, language: str = "zh") -> list[Entry]:
    """What a CSV text gives."""
    data = text.encode() if isinstance(text, str) else text
    return list(CsvFormat().read(BankFile("bank.csv", data), language))


def read_xls(data: bytes) -> list[Entry]:
    """What an old workbook gives."""
    return list(XlsFormat().read(BankFile("bank.xls", data), "zh"))


def taken(entries: Sequence[Entry]) -> list[BankItem]:
    """The items among entries."""
    return [entry for entry in entries if isinstance(entry, BankItem)]


def not_taken(entries: Sequence[Entry]) -> list[NotTaken]:
    """The questions that did not become items."""
    return [entry for entry in entries if isinstance(entry, NotTaken)]


def remarks(entries: Sequence[Entry]) -> list[Remark]:
    """What is said of the file."""
    return [entry for entry in entries if isinstance(entry, Remark)]


def only(entries: Sequence[Entry]) -> BankItem:
    """The one item that there is, and nothing that was refused."""
    (item,) = taken(entries)
    assert not not_taken(entries)
    return item


def refused(entries: Sequence[Entry]) -> NotTaken:
    """The one question that was rejected, where there is no item."""
    (one,) = not_taken(entries)
    assert not taken(entries)
    assert (one.kind, bool(one.reason), bool(one.mend)) == ("rejected", True, True)
    return one


def key_of(item: BankItem) -> str:
    """The letters of the right options."""
    return "".join(
        letter
        for letter, (_text, mark) in zip("ABCDEFGHI", item.block.options, strict=False)
        if mark
    )


def old_workbook(
    rows: Sequence[Sequence[Any]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[int] = (),
) -> bytes:
    """A workbook of the old kind (BIFF8) with one sheet, record by record.

    Args:
        merged: first and last row, first and last column, from 0.
        hidden: rows, from 0.
    """

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def text(value: str, size: str) -> bytes:
        return struct.pack(f"<{size}B", len(value), 1) + value.encode("utf-16-le")

    cells = bytearray()
    for row, values in enumerate(rows):
        cells += record(
            0x0208, struct.pack("<HHHHHHI", row, 0, 50, 255, 0, 0, 0x20 * (row in hidden))
        )
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 16 if isinstance(value, date) else 15)
            if isinstance(value, bool):
                cells += record(0x0205, place + struct.pack("<BB", value, 0))
            elif isinstance(value, date):
                days = (value - date(1899, 12, 30)).days
                cells += record(0x0203, place + struct.pack("<d", days))
            elif isinstance(value, int | float):
                cells += record(0x0203, place + struct.pack("<d", value))
            elif value:
                cells += record(0x0204, place + text(value, "H"))
    ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
    sheet = (
        begin(0x0010)
        + cells
        + record(0x00E5, struct.pack("<H", len(merged)) + ranges)
        + record(0x000A, b"")
    )
    fonts = record(
        0x0031, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + text("A", "B")
    )
    styles = b"".join(
        record(
            0x00E0, struct.pack("<HHHBBBBIIH", 0, 14 if one == 16 else 0, kind, 0, 0, 0, 0, 0, 0, 0)
        )
        for one, kind in enumerate([0xFFF5] * 15 + [1, 1])
    )
    name = text("Sheet1", "B")
    head = begin(0x0005) + record(0x0042, struct.pack("<H", 1200)) + fonts * 4 + styles
    start = len(head) + 4 + 6 + len(name) + 4
    return (
        head + record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + record(0x000A, b"") + sheet
    )

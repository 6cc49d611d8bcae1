"""Lists of the worst texts: nothing becomes a formula, an order to a terminal, or another text."""

import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from certify.api import Column, ExportFormat, Sheet, clean, guard, unguard
from certify.domain.clean import FORBIDDEN
from certify_tables import plain_pages
from certify_tables.csv_format import CsvFormat
from certify_tables.json_format import JsonFormat
from certify_tables.markdown_format import MarkdownFormat
from certify_tables.pdf_format import PdfFormat
from certify_tables.xlsx_format import MAX_CELL, XlsxFormat

FORMATS = (CsvFormat(), XlsxFormat(), JsonFormat(), MarkdownFormat(), PdfFormat())
GROUPS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "naughty_strings.json").read_text(encoding="utf-8")
)
NAUGHTY = [text for group in GROUPS.values() for text in group]
STARTS = set("=+-@＝＋－＠\t\r\n\0")

unhurried = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
texts = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(max_size=12),
    st.sampled_from(["", "王小兰", "0001", "2024-03-04", "客服部", "92.50", "PQ-2024-000001-5"]),
)


def sheet(rows: Sequence[Sequence[str]], title: str = "名单", head: str = "") -> Sheet:
    width = len(rows[0]) if rows else 2
    columns = [Column(f"c{place}", head or f"列{place}") for place in range(width)]
    header = [("time", "时间", "2024-03-04T12:00:00+08:00"), ("author", head, head)]
    return Sheet(title, header, columns, rows)


def written(form: ExportFormat, what: Sheet) -> bytes:
    out = io.BytesIO()
    form.write(what, out)
    return out.getvalue()


def shown(form: ExportFormat, data: bytes) -> str:
    """All text of a file."""
    if form.name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    if form.name == "pdf":
        found = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in found]
        found.close()
        return "".join(pages).replace("\r", "").replace("\ufffe", "")  # a hyphen of its own
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def in_columns() -> list[list[str]]:
    """Every text in the first, in the last and alone among the columns of a row."""
    return [[text, "甲", text] for text in NAUGHTY] + [["", text, ""] for text in NAUGHTY]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_no_control_byte_leaves_in_any_column(form: ExportFormat) -> None:
    text = shown(form, written(form, sheet(in_columns())))

    assert FORBIDDEN.search(text) is None
    assert "\t" not in text
    kinds = {unicodedata.category(one) for one in set(text) - {"\n"}}
    assert not kinds & {"Cc", "Cs"}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_no_control_byte_leaves_in_title_label_value_and_heading(form: ExportFormat) -> None:
    for text in NAUGHTY[:: 1 if form.name != "pdf" else 9]:
        said = shown(form, written(form, sheet([["a", "b"]], title=text, head=text)))
        assert FORBIDDEN.search(said) is None


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number_and_its_name_is_none() -> None:
    for title in NAUGHTY:
        book = openpyxl.load_workbook(
            io.BytesIO(written(XlsxFormat(), sheet([["a", "b"]], title, title)))
        )
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert guard(book.sheetnames[0]) == book.sheetnames[0]

    rows = in_columns()
    book = openpyxl.load_workbook(io.BytesIO(written(XlsxFormat(), sheet(rows))))
    found = list(book.worksheets[0].iter_rows(min_row=6))
    assert len(found) == len(rows)
    for said, row in zip(rows, found, strict=True):
        for text, cell in zip(said, row, strict=True):
            assert cell.data_type in ("s", "n" if cell.value is None else "s")
            assert not cell.hyperlink
            kept = clean(text).replace("\ufffe", "�").replace("\uffff", "�")
            assert unguard(unescape(str(cell.value or ""))) == kept


def test_every_text_of_a_csv_comes_back_and_none_begins_like_a_formula() -> None:
    rows = in_columns()
    data = written(CsvFormat(), sheet(rows)).decode("utf-8-sig")

    found = list(csv.reader(io.StringIO(data, newline=""), strict=True))[5:]
    assert [[unguard(cell) for cell in row] for row in found] == [
        [clean(cell) for cell in row] for row in rows
    ]
    assert not [cell for row in found for cell in row if cell.lstrip()[:1] in STARTS]


def test_a_line_of_a_csv_ends_as_rfc_4180_has_it() -> None:
    data = written(CsvFormat(), sheet([[text, ""] for text in NAUGHTY])).decode("utf-8-sig")
    bare = data.replace("\r\n", "")

    assert "\r" not in bare
    quoted = "".join(bare.split('"')[1::2])
    assert bare.count("\n") == quoted.count("\n")


@pytest.mark.parametrize("length", [MAX_CELL - 1, MAX_CELL, MAX_CELL + 1])
def test_a_cell_as_long_as_excel_takes_is_whole_and_a_longer_one_is_cut(length: int) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(written(XlsxFormat(), sheet([["长" * length, "b"], ["c", "d"]])))
    )

    value = str(book.worksheets[0]["A6"].value)
    assert len(value) == min(length, MAX_CELL)
    assert value.endswith("…") == (length > MAX_CELL)


@unhurried
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(texts, min_size=n, max_size=n))))
@example([["", ""]] * 3)
@example([[""]] * 3)
@example([["a", "b"]] * 450)
def test_what_is_written_by_the_page_is_what_is_written_by_the_cell(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[guard(clean(cell)) for cell in row] for row in rows])

    data = written(CsvFormat(), sheet(rows)).decode("utf-8-sig")
    if rows:
        assert data.split("\r\n", 5)[5] == out.getvalue()
    book = openpyxl.load_workbook(io.BytesIO(written(XlsxFormat(), sheet(rows))))
    found = [list(row) for row in book.worksheets[0].iter_rows(min_row=6, values_only=True)]
    for said, row in zip(rows, found, strict=False):
        texts_ = [unescape(str(cell or "")) for cell in row[: len(said)]]
        wanted = [guard(clean(cell)).replace("\ufffe", "�").replace("\uffff", "�") for cell in said]
        assert texts_ == wanted


def test_ordinary_rows_are_written_by_the_page() -> None:
    """Else every list would take three times as long, and nobody would notice."""
    rows = [
        [
            "000001",
            "王小兰",
            "客服部",
            "",
            "92.50",
            "首次合格",
            "2024-03-04",
            "PQ-2024-000001-5",
            "",
        ],
        ["E1001", "O’Neil", "Customer service", "L1", "", "", "", "有效", "a; b"],
    ]

    assert plain_pages.plain(rows) is not None
    assert all(plain_pages.plain([[text, "a"]]) is None for text in GROUPS["formula"])
    assert all(plain_pages.plain([["a", text]]) is None for text in GROUPS["controls"])

"""The writers of lists: what is read back is what was written, and nothing becomes a formula."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from openpyxl.utils.escape import unescape

from certify.api import Column, ExportFormat, Refused, Sheet, clean, guard, unguard
from certify.hooks import registry
from certify_tables import xlsx_format
from certify_tables.csv_format import CsvFormat
from certify_tables.json_format import JsonFormat
from certify_tables.markdown_format import MarkdownFormat
from certify_tables.xlsx_format import XlsxFormat

FORMATS = (CsvFormat(), XlsxFormat(), JsonFormat(), MarkdownFormat())
HEADER = (
    ("number", "编号", "EXP-2024-000001"),
    ("time", "时间", "2024-03-04T12:00:00+08:00"),
    ("author", "制表人", "H0001 人事"),
)
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    " =1+1",
    "\u3000=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "'",
    "'quoted",
    "''=1",
    '=HYPERLINK("http://evil.example","click")',
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "http://example.org/x",
    "internal:Sheet1!A1",
    "mailto:a@example.org",
    "0001",
    "1E5",
    "2024-03-04",
    'a "quoted" word',
    "a,b;c|d",
    "two\nlines",
    "\x1b[31mred\x1b]52;c;AAAA\x07",
    "\u202eright to left",
    "\ufeffmark",
    "\ufffe\uffff",
    "half a \ud800 pair",
    "_x0041_",
    "<b>&amp;</b>",
    "李[CN]*雷*",
    "",
)

unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The time a writer takes says nothing on a machine that has other things to do."""

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
rows_of_texts = st.lists(st.tuples(texts, texts), max_size=6)


def sheet(
    rows: Iterable[Sequence[str]], title: str = "上岗资格认证名单", headings: Sequence[str] = "甲乙"
) -> Sheet:
    columns = [Column(f"c{place}", heading) for place, heading in enumerate(headings)]
    return Sheet(title, HEADER, columns, rows)


def written(form: ExportFormat, what: Sheet) -> bytes:
    out = io.BytesIO()
    form.write(what, out)
    assert not out.closed, "the stream belongs to whoever opened it"
    return out.getvalue()


def workbook_rows(data: bytes) -> list[list[Any]]:
    """The cells of the only page of a workbook."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]


def csv_rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_plugin_gives_csv_xlsx_json_md_and_pdf() -> None:
    loaded = registry.load(["tables"])

    assert set(loaded.export_formats) == {"csv", "xlsx", "json", "md", "pdf"}
    assert loaded.status["tables"].problem == ""


@unhurried
@given(st.text())
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", NASTY[:19])
def test_a_cell_that_looks_like_a_formula_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


def test_csv_is_utf_8_with_mark_crlf_lines_and_the_header_first() -> None:
    data = written(CsvFormat(), sheet([("0001", 'says "hi"'), ("E2", "two\nlines")]))

    assert (
        data
        == (
            "\ufeff上岗资格认证名单\r\n编号,EXP-2024-000001\r\n时间,2024-03-04T12:00:00+08:00\r\n"
            "制表人,H0001 人事\r\n\r\n甲,乙\r\n"
            '0001,"says ""hi"""\r\nE2,"two\nlines"\r\n'
        ).encode()
    )


@unhurried
@given(rows_of_texts)
@example([(text, text) for text in NASTY])
def test_csv_gives_every_text_back_and_no_cell_begins_like_a_formula(
    rows: list[tuple[str, str]],
) -> None:
    found = csv_rows(written(CsvFormat(), sheet(rows)))[len(HEADER) + 3 :]

    assert [[unguard(cell) for cell in row] for row in found] == [
        [clean(cell) for cell in row] for row in rows
    ]
    assert not [cell for row in found for cell in row if cell.lstrip()[:1] in set("=+-@＝＋－＠")]


@unhurried
@given(rows_of_texts)
@example([(text, text) for text in NASTY])
def test_xlsx_gives_every_text_back_and_has_no_formula_and_no_link(
    rows: list[tuple[str, str]],
) -> None:
    data = written(XlsxFormat(), sheet(rows))

    found = workbook_rows(data)
    cells = [cell for row in found for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    for said, row in zip(rows, found[len(HEADER) + 3 :], strict=False):
        for text, cell in zip(said, row, strict=True):
            kept = unescape(cell.value or "")
            assert unguard(kept) == clean(text).replace("\ufffe", "�").replace("\uffff", "�")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_nothing_dangerous_stands_in_titles_headers_and_headings(form: ExportFormat) -> None:
    for text in NASTY:
        columns = [Column("a", text), Column("b", text)]
        what = Sheet(text, [("number", text, text)], columns, [])

        data = written(form, what)

        if form.name == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            types = {c.data_type for row in book.worksheets[0].iter_rows() for c in row if c.value}
            assert types <= {"s"}
            assert guard(book.sheetnames[0]) == book.sheetnames[0]
        else:
            assert "\x1b" not in data.decode()
            assert "\u202e" not in data.decode()


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_sheet_written_twice_gives_the_same_bytes(form: ExportFormat) -> None:
    first, second = (written(form, sheet([("a", "b")])) for _ in range(2))

    assert first == second


def test_a_workbook_has_bold_frozen_headings_and_columns_as_wide_as_chinese_needs() -> None:
    data = written(
        XlsxFormat(), sheet([("0001", "客服部客服部"), ("2", "x" * 500)], headings="甲乙")
    )

    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert page.freeze_panes == "A7"
    assert page["A6"].font.bold
    assert page["A7"].value == "0001"
    assert page.column_dimensions["B"].width < 65
    narrow = openpyxl.load_workbook(
        io.BytesIO(written(XlsxFormat(), sheet([("客服部客服部", "abcdef")])))
    ).worksheets[0]
    assert narrow.column_dimensions["A"].width == narrow.column_dimensions["B"].width + 6


def test_the_time_in_a_workbook_is_the_time_in_its_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(XlsxFormat(), sheet([]))))

    assert book.properties.created is not None
    assert book.properties.created.isoformat() == "2024-03-04T04:00:00"


@pytest.mark.parametrize("title", ["History", "", "''", "a/b:c*d?e[f]g\\h", "长" * 40, "=1+1"])
def test_a_page_of_a_workbook_gets_a_name_that_excel_takes(title: str) -> None:
    name = openpyxl.load_workbook(io.BytesIO(written(XlsxFormat(), sheet([], title)))).sheetnames[0]

    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")
    assert name.lower() != "history"
    assert guard(name) == name


def test_a_text_too_long_for_a_workbook_ends_with_an_ellipsis() -> None:
    found = workbook_rows(written(XlsxFormat(), sheet([("x" * 40_000, "")])))

    value = found[-1][0].value
    assert len(value) == 32_767
    assert value.endswith("…")


def test_a_list_too_long_for_a_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_format, "MAX_ROWS", 10)

    with pytest.raises(Refused):
        written(XlsxFormat(), sheet([("a", "b")] * 20))


def test_json_has_form_header_columns_and_rows_and_is_not_escaped() -> None:
    data = written(JsonFormat(), sheet([("0001", "李雷"), ("=1+1", "\x1b[1m")]))

    assert "李雷" in data.decode()
    assert json.loads(data) == {
        "form": "上岗资格认证名单",
        "header": {
            "number": "EXP-2024-000001",
            "time": "2024-03-04T12:00:00+08:00",
            "author": "H0001 人事",
        },
        "columns": [{"key": "c0", "heading": "甲"}, {"key": "c1", "heading": "乙"}],
        "rows": [{"c0": "0001", "c1": "李雷"}, {"c0": "=1+1", "c1": "�[1m"}],
    }


@unhurried
@given(rows_of_texts)
def test_json_gives_every_text_back(rows: list[tuple[str, str]]) -> None:
    found = json.loads(written(JsonFormat(), sheet(rows)))["rows"]

    assert found == [{"c0": clean(first), "c1": clean(second)} for first, second in rows]


def test_markdown_has_a_title_a_list_and_a_table() -> None:
    data = written(MarkdownFormat(), sheet([("0001", "a|b"), ("E2", "two\nlines")]))

    assert data.decode() == (
        "# 上岗资格认证名单\n\n- 编号: EXP-2024-000001\n- 时间: 2024-03-04T12:00:00+08:00\n"
        "- 制表人: H0001 人事\n\n| 甲 | 乙 |\n| --- | --- |\n"
        "| 0001 | a\\|b |\n| E2 | two<br>lines |\n"
    )


@unhurried
@given(rows_of_texts)
@example([(text, text) for text in NASTY])
def test_markdown_shows_every_text_as_it_is(rows: list[tuple[str, str]]) -> None:
    source = written(MarkdownFormat(), sheet(rows)).decode()

    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source))
    cells = [node for node in tree.walk() if node.type == "td"]
    assert [shown(cell) for cell in cells] == [
        " ".join(clean(text).split()) for row in rows for text in row
    ]


def shown(cell: SyntaxTreeNode) -> str:
    """The text of a table cell; anything but text in it is an error."""
    parts = []
    for node in cell.children[0].children if cell.children else ():
        if node.type == "html_inline":
            assert node.content == "<br>"
            parts.append(" ")
        else:
            assert node.type in ("text", "text_special"), node.type
            parts.append(node.content)
    return " ".join("".join(parts).split())


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_memory_stays_flat_as_rows_grow(form: ExportFormat) -> None:
    def many(count: int) -> Iterator[Sequence[str]]:
        return ((f"{number:06}", "客服专员") for number in range(count))

    class Sink(io.RawIOBase):
        """Swallows what is written, so that only the writer's own memory counts."""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            return len(data)

    form.write(sheet(many(10)), Sink())  # type: ignore[arg-type]
    peaks = []
    for count in (500, 10_000):
        tracemalloc.start()
        form.write(sheet(many(count)), Sink())  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_list_that_breaks_off_leaves_nothing_open(form: ExportFormat) -> None:
    def broken() -> Iterator[Sequence[str]]:
        yield "a", "b"
        raise RuntimeError("no more rows")

    with pytest.raises(RuntimeError):
        written(form, sheet(broken()))

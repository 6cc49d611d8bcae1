"""What only workbooks hold: merged and hidden cells, dates, formulas, pictures, several sheets."""

import io
import zipfile
from datetime import date, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from certify.api import BadInput, BankFile
from certify_spreadsheet.formats import XlsFormat, XlsxFormat
from tests.plugins.sheets import (
    HEADINGS,
    SINGLE,
    key_of,
    not_taken,
    old_workbook,
    only,
    read,
    read_xls,
    refused,
    remarks,
    saved,
    taken,
    workbook,
    xlsx,
)

TRUE = ["判断题", "投诉要当天登记。", "", "", "", "", "√", ""]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cf500f0003830181a2d39d9f0000000049454e44ae426082"
)


def test_every_sheet_is_read_and_its_name_may_be_a_type_or_a_topic() -> None:
    plain = ["题干", "A", "B", "答案"]
    book = workbook(
        {
            "单选题": [plain, ["几小时？", "12", "24", "B"]],
            "判断": [["题干", "答案"], ["要登记。", "对"]],
            "投诉处理": [plain, ["几天？", "一", "二", "A"]],
            "封面": [["某公司"], ["题库"]],
            "空": [],
        }
    )

    entries = read(saved(book))

    assert [(one.type, one.topic) for one in taken(entries)] == [
        ("single", ""),
        ("truefalse", ""),
        ("single", "投诉处理"),
    ]
    (cover,) = not_taken(entries)
    assert (cover.kind, cover.place) == ("skipped", "封面")


def test_stems_merged_over_rows_take_an_option_from_each() -> None:
    rows: list[list[Any]] = [
        ["序号", "题型", "题干", "选项", "答案"],
        [1, "单选题", "几小时？", "A. 12", "B"],
        [None, None, None, "B. 24", None],
        [None, None, None, "C. 48", None],
        [2, "多选题", "哪些？", "A. 一", "AB"],
        [None, None, None, "B. 二", None],
        [None, None, None, "C. 三", None],
    ]
    book = workbook({"Sheet1": rows})
    for column in "ABCE":
        book.worksheets[0].merge_cells(f"{column}2:{column}4")
        book.worksheets[0].merge_cells(f"{column}5:{column}7")

    first, second = taken(read(saved(book)))

    assert (first.place, second.place) == ("Sheet1!C2", "Sheet1!C5")
    assert [text for text, _mark in first.block.options] == ["12", "24", "48"]
    assert (key_of(first), key_of(second)) == ("B", "AB")


def test_rows_that_go_on_need_no_merged_cells() -> None:
    entries = xlsx(
        ["题干", "选项", "答案"],
        ["几小时？", "A. 12", "B"],
        ["", "B. 24", ""],
        ["几天？\n", "", "A"],
        ["A. 一", "", ""],
        ["B. 二", "", ""],
    )

    assert [key_of(item) for item in taken(entries)] == ["B", "A"]
    assert not_taken(entries) == []


def test_a_type_merged_over_rows_holds_for_each() -> None:
    rows = [
        HEADINGS,
        TRUE,
        ["", "甲。", "", "", "", "", "×", ""],
        ["", "乙。", "", "", "", "", "√", ""],
    ]
    book = workbook({"Sheet1": [[cell or None for cell in row] for row in rows]})
    book.worksheets[0].merge_cells("A2:A4")

    assert [item.source_type for item in taken(read(saved(book)))] == ["判断题"] * 3


def test_a_hidden_row_and_a_hidden_sheet_are_read_and_said() -> None:
    book = workbook({"Sheet1": [HEADINGS, SINGLE, TRUE], "Sheet2": [HEADINGS, SINGLE]})
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[1].sheet_state = "hidden"

    entries = read(saved(book))

    assert [len(item.losses) for item in taken(entries)] == [0, 1, 1]
    assert [remark.place for remark in remarks(entries)] == ["Sheet2"]


@pytest.mark.parametrize("value", [date(2026, 1, 2), time(1, 2)])
def test_an_option_that_became_a_date_is_a_serious_loss_with_its_cell(value: object) -> None:
    item = only(xlsx(HEADINGS, [*SINGLE[:3], value, *SINGLE[4:]]))

    assert [(loss.place, loss.is_serious) for loss in item.losses] == [("Sheet1!D2", True)]


def test_a_key_that_became_a_date_is_rejected() -> None:
    assert refused(xlsx(HEADINGS, [*SINGLE[:6], date(2026, 1, 2), ""])).place == "Sheet1!G2"


def test_numbers_are_read_as_the_spreadsheet_shows_them() -> None:
    book = workbook({"Sheet1": [HEADINGS, ["单选题", "多少？", 0.9, 7, 0.1 + 0.2, 24.0, "A", ""]]})
    book.worksheets[0]["C2"].number_format = "0%"
    book.worksheets[0]["D2"].number_format = "000"

    item = only(read(saved(book)))

    assert [text for text, _mark in item.block.options] == ["90%", "007", "0.3", "24"]


@pytest.mark.parametrize("place", ["B2", "D2", "G2"])
def test_a_formula_without_a_value_is_rejected_with_its_cell(place: str) -> None:
    book = workbook({"Sheet1": [HEADINGS, SINGLE]})
    book.worksheets[0][place] = "=UPPER(A1)"

    assert refused(read(saved(book))).place == f"Sheet1!{place}"


def test_formulas_that_only_number_the_rows_do_no_harm() -> None:
    rows = [["序号", *HEADINGS], ["=ROW()", *SINGLE], ["=ROW()", *TRUE], ["=ROW()"]]
    entries = read(saved(workbook({"Sheet1": rows})))

    assert len(taken(entries)) == 2
    assert [(one.kind, one.place) for one in not_taken(entries)] == [("skipped", "Sheet1!C4")]


def test_an_error_in_a_cell_is_rejected() -> None:
    assert refused(xlsx(HEADINGS, [*SINGLE[:6], "#REF!", ""])).place == "Sheet1!G2"


def test_a_picture_is_a_serious_loss_of_the_question_beside_it() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Sheet1")
    for number, row in enumerate([["题库"], HEADINGS, SINGLE, TRUE]):
        page.write_row(number, 0, row)
    page.insert_image("I4", "a.png", {"image_data": io.BytesIO(PNG)})
    page.insert_image("A1", "b.png", {"image_data": io.BytesIO(PNG)})
    book.close()

    entries = read(out.getvalue())

    first, second = taken(entries)
    assert first.losses == ()
    assert [(loss.place, loss.is_serious) for loss in second.losses] == [("Sheet1!B4", True)]
    assert [remark.place for remark in remarks(entries)] == ["Sheet1!A1"]


def test_a_picture_in_a_cell_is_one_too() -> None:
    item = only(xlsx(HEADINGS, [*SINGLE[:7], '_xlfn.DISPIMG("ID_1",1)']))

    assert [(loss.place, loss.is_serious) for loss in item.losses] == [("Sheet1!H2", True)]


@pytest.mark.parametrize("is_inline", [False, True])
def test_raised_characters_are_a_serious_loss_with_their_cell(is_inline: bool) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": is_inline})
    page = book.add_worksheet("Sheet1")
    page.write_row(0, 0, HEADINGS)
    page.write_row(1, 0, SINGLE)
    page.write_row(2, 0, SINGLE[:3])
    page.write_rich_string(2, 3, "10", book.add_format({"font_script": 1}), "2")
    page.write_row(2, 4, SINGLE[4:])
    book.close()

    plain, raised = taken(read(out.getvalue()))

    assert plain.losses == ()
    assert raised.block.options[1] == ("102", True)
    assert [(loss.place, loss.is_serious) for loss in raised.losses] == [("Sheet1!D3", True)]


def test_an_old_workbook_is_read_with_its_kinds_of_cells() -> None:
    data = old_workbook(
        [
            HEADINGS,
            SINGLE,
            ["判断题", "要登记。", "", "", "", "", True],
            ["", "几天？", date(2026, 1, 2), 24.0, 0.5, "", 2],
        ],
        hidden=[2],
    )

    single, truefalse, dated = taken(read_xls(data))

    assert (single.place, key_of(single)) == ("Sheet1!B2", "B")
    assert truefalse.block.options[0] == ("正确", True)
    assert len(truefalse.losses) == 1
    assert [text for text, _mark in dated.block.options[1:]] == ["24", "0.5"]
    assert [(loss.place, loss.is_serious) for loss in dated.losses] == [("Sheet1!C4", True)]


def test_an_old_workbook_may_have_merged_stems() -> None:
    rows = [["题干", "选项", "答案"], ["几小时？", "A. 12", "B"], ["", "B. 24", ""]]

    item = only(read_xls(old_workbook(rows, merged=[(1, 2, 0, 0), (1, 2, 2, 2)])))

    assert key_of(item) == "B"


def test_what_a_file_is_tells_its_content() -> None:
    new, old = saved(workbook({"Sheet1": [HEADINGS, SINGLE]})), old_workbook([HEADINGS, SINGLE])
    text = ("\t".join(HEADINGS) + "\n" + "\t".join(SINGLE)).encode("utf-16")

    assert [key_of(only(read_xls(data))) for data in (new, old, text)] == ["B", "B", "B"]
    assert key_of(only(read(old))) == "B"
    assert not XlsxFormat().recognises(BankFile("a.xlsx", text))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        old_workbook([HEADINGS, SINGLE])[:300],
        b"",
    ],
)
def test_a_broken_workbook_is_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput) as bad:
        list(XlsFormat().read(BankFile("bank.xls", data), "zh"))
    assert (bad.value.place, bool(bad.value.mend)) == ("bank.xls", True)


def test_a_workbook_with_a_broken_sheet_is_bad_input() -> None:
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(saved(workbook({"Sheet1": [HEADINGS, SINGLE]}))))
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[:-30] if name.endswith("sheet1.xml") else data)

    with pytest.raises(BadInput):
        read(out.getvalue())


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    out = io.BytesIO()
    source = zipfile.ZipFile(
        io.BytesIO(saved(workbook({"Sheet1": [HEADINGS, [*SINGLE[:7], "=A1"]]})))
    )
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                assert b'<c r="H2"><f>A1</f>' in data
                data = data.replace(b'<c r="H2">', b'<c r="H2" t="str">')
            target.writestr(name, data)

    assert only(read(out.getvalue())).block.explanation == ""


def test_merged_cells_without_end_cost_no_time() -> None:
    book = workbook({"Sheet1": [HEADINGS, SINGLE, TRUE]})
    data = saved(book)
    out = io.BytesIO()
    merges = "".join(f'<mergeCell ref="J{row}:XFD1048576"/>' for row in range(1, 3000))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        source = zipfile.ZipFile(io.BytesIO(data))
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                whole = f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
                content = content.replace(b"</sheetData>", whole)
            target.writestr(name, content)

    assert len(taken(read(out.getvalue()))) == 2


def test_the_template_of_openpyxl_is_not_needed_for_empty_books() -> None:
    with pytest.raises(BadInput):
        read(saved(openpyxl.Workbook()))

"""Items on their way out and back, and the workbook that a trainer fills in."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from certify.api import BankFile, BankItem, ItemBlock, ItemFormat, Loss, NotTaken
from certify.courseware import item_bank
from certify.courseware.finding import Finding
from certify_spreadsheet.formats import CsvFormat, XlsxFormat, template
from certify_spreadsheet.layout import HELP, TYPES
from tests.platforms import COURSES
from tests.plugins.sheets import not_taken, taken

FORMATS = [XlsxFormat(), CsvFormat()]


def bank() -> list[BankItem]:
    """The items of our own courses."""
    return [item for path in sorted(COURSES.glob("*/items/*.md")) for item in read_file(path)]


def read_file(path: Path) -> list[BankItem]:
    if path.name.endswith(".en.md"):
        return []
    findings: list[Finding] = []
    wording = item_bank.read_bank_file(
        path.with_suffix(".en.md"), has_keys=False, findings=findings
    )
    english = {one.code: one.block for one in wording}
    return [
        BankItem(
            place=f"{path.name}:{one.line}",
            type=one.attributes["type"],
            block=one.block,
            code=one.code,
            topic=one.attributes["topic"],
            difficulty=int(one.attributes["difficulty"]),
            facts=split(one.attributes.get("fact", "")),
            standards=split(one.attributes.get("standard", "")),
            pool=one.attributes.get("pool", "exam"),
            wordings={"en": english[one.code]} if one.code in english else {},
        )
        for one in item_bank.read_bank_file(path, has_keys=True, findings=findings)
    ]


def split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def written(
    way: ItemFormat, items: list[BankItem], language: str = "zh"
) -> tuple[bytes, list[Loss | NotTaken]]:
    out = io.BytesIO()
    losses = list(way.write(items, out, title="客服", language=language))
    return out.getvalue(), losses


def there_and_back(way: ItemFormat, items: list[BankItem], language: str = "zh") -> list[BankItem]:
    """The items that come back, as if they stood where they were written from."""
    data, _losses = written(way, items, language)
    entries = list(way.read(BankFile(f"bank{way.suffixes[0]}", data), language))
    assert not_taken(entries) == []
    back = taken(entries)
    return [
        replace(one, place=item.place, source_type="", name=item.name)
        for one, item in zip(back, items, strict=True)
    ]


@pytest.mark.parametrize("way", FORMATS, ids=["xlsx", "csv"])
def test_all_items_of_our_courses_come_back_equal_but_scenarios(way: ItemFormat) -> None:
    items = bank()
    held = [item for item in items if item.type != "scenario"]

    _data, losses = written(way, items)

    assert there_and_back(way, held) == held
    assert {item.type for item in held} == set(TYPES)
    assert len(losses) == len(items) - len(held) > 0
    assert all(isinstance(loss, NotTaken) and loss.mend for loss in losses)


NASTY = [
    "=1+1",
    "'quoted",
    "1. eins",
    "+49",
    "A. 甲 B. 乙",
    "时限是（A）。",
    "**fett** 和 `code`",
    "- 一\n- 二",
    "一\\\n二",
    "一\n\n二",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "_x0041_",
    "1\\. eins \\*",
    "trailing\\\\",
    "＝ 1",
    "{{a}}",
    "题干",
    "单选题",
    "说明",
]


@pytest.mark.parametrize("way", FORMATS, ids=["xlsx", "csv"])
@pytest.mark.parametrize("stem", NASTY)
def test_a_stem_comes_back_as_it_was_whatever_it_says(way: ItemFormat, stem: str) -> None:
    options = (("A. 是", True), ("=否", False), ("1-2", False), ("'x", True))
    item = BankItem("1", "multiple", ItemBlock(stem, options, stem))

    assert there_and_back(way, [item]) == [item]


@pytest.mark.parametrize("way", FORMATS, ids=["xlsx", "csv"])
def test_pairs_and_criteria_may_hold_the_sign_that_parts_them(way: ItemFormat) -> None:
    rows = (("式 = 左", "右"), ("a = b", "c=d"), ("", "e"), ("x", "y ＝ z"))
    items = [
        BankItem("1", "matching", ItemBlock("配", (), "", rows=rows)),
        BankItem("2", "essay", ItemBlock("写", (), "", rows=(("评分点", "分值"), ("a=b", "2.5")))),
    ]

    assert there_and_back(way, items) == items


@pytest.mark.parametrize("way", FORMATS, ids=["xlsx", "csv"])
def test_an_english_bank_comes_back_with_its_chinese_wording(way: ItemFormat) -> None:
    chinese = ItemBlock("几小时？", (("一", None), ("二", None)), "见标准")
    own = ItemBlock("How many hours?", (("One", False), ("Two", True)), "See the standard.")
    item = BankItem("1", "single", own, code="CMP-0014", wordings={"zh": chinese})

    assert there_and_back(way, [item], "en") == [item]


def test_an_edited_cell_changes_only_its_item() -> None:
    items = [item for item in bank() if item.type == "single"][:3]
    data, _losses = written(XlsxFormat(), items)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    page["C3"] = "改过的题干？"
    out = io.BytesIO()
    book.save(out)

    back = taken(list(XlsxFormat().read(BankFile("bank.xlsx", out.getvalue()), "zh")))

    assert [one.block == item.block for one, item in zip(back, items, strict=True)] == [
        True,
        False,
        True,
    ]
    assert (back[1].code, back[1].block.stem) == (items[1].code, "改过的题干？")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_helps_to_fill_it_in(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(XlsxFormat(), [], language)[0]))
    page, explained = book.worksheets

    assert [cell.value for cell in page[1]] == template(language)[0]
    assert page.freeze_panes == "D2"
    lists = [one.formula1 for one in page.data_validations.dataValidation]
    assert len(lists) == 3
    assert any(TYPES["single"][language == "en"] in one for one in lists)
    assert page.column_dimensions["C"].width > 40
    assert explained.title == HELP[language]
    texts = [str(cell.value) for row in explained.iter_rows() for cell in row]
    assert any("必填" in text for text in texts)
    assert any("Needed" in text for text in texts)


def test_the_same_items_give_the_same_bytes() -> None:
    items = bank()[:20]

    assert written(XlsxFormat(), items) == written(XlsxFormat(), items)


def test_an_empty_template_has_headings_and_no_question() -> None:
    for way in FORMATS:
        data, losses = written(way, [])
        assert list(way.read(BankFile("new", data), "zh")) == losses == []


def test_what_is_too_long_or_kept_beside_an_item_is_said() -> None:
    options = (("甲", True), ("乙", False))
    long = BankItem("1", "single", ItemBlock("长" * 40_000, options, ""))
    foreign = BankItem("2", "single", ItemBlock("短", options, ""), source="<item/>")

    _data, (first, second) = written(XlsxFormat(), [long, foreign])

    assert isinstance(first, NotTaken)
    assert isinstance(second, Loss)

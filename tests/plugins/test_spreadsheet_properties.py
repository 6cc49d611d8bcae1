"""What holds for every table: nothing is lost, nothing crashes, and time grows with the rows."""

import csv
import io
import random
import time
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, ItemBlock, NotTaken
from certify_spreadsheet.formats import CsvFormat, XlsFormat, XlsxFormat
from certify_spreadsheet.headings import WORDS
from tests.plugins.sheets import key_of, not_taken, read_csv, saved, taken, workbook
from tests.plugins.test_spreadsheet_writing import there_and_back

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADS: dict[str, list[str]] = {
    "type": ["题型", "试题类型", "类型", "Type", "question type"],
    "stem": ["题干", "题目", "试题", "问题", "内容", "Question", "stem"],
    "key": ["答案", "正确答案", "标准答案", "参考答案", "Key", "Answer"],
    "explanation": ["解析", "答案解析", "Explanation"],
    "difficulty": ["难度", "难易度", "Difficulty"],
    "topic": ["知识点", "考点", "章节", "分类", "Topic"],
    "number": ["题号", "序号", "No."],
}
OPTION_FORMS = ["选项{}", "{}", "{}选项", "Option {}", "answer{}"]
DRESSED = ["{}", "{}：", "*{}", "{}（必填）", " {} ", "【{}】", "{}*"]


@st.composite
def tables(draw: Any) -> tuple[list[list[str]], list[dict[str, str]]]:
    """A table in a drawn order of columns and choice of words, and what its rows say."""
    count = draw(st.integers(2, 6))
    form = draw(st.sampled_from(OPTION_FORMS))
    columns = {key: draw(st.sampled_from(words)) for key, words in HEADS.items()}
    columns |= {letter: form.format(letter) for letter in "ABCDEF"[:count]}
    order = draw(st.permutations(list(columns)))
    dress = draw(st.sampled_from(DRESSED))
    rows = []
    for number in range(draw(st.integers(1, 5))):
        right = draw(st.sets(st.sampled_from("ABCDEF"[:count]), min_size=1))
        row = {letter: f"选 {letter} {number}" for letter in "ABCDEF"[:count]}
        row |= {
            "type": draw(st.sampled_from(["", "选择题", "多选题" if len(right) > 1 else "单选题"])),
            "stem": f"第{number}问是什么？",
            "key": draw(st.sampled_from(["", "、", ",", " "])).join(sorted(right)),
            "explanation": draw(st.sampled_from(["", "见标准。"])),
            "difficulty": str(draw(st.integers(1, 3))),
            "topic": draw(st.sampled_from(["", "投诉"])),
            "number": str(number + 1),
        }
        rows.append(row)
    heading = [dress.format(columns[key]) for key in order]
    return [heading, *([row[key] for key in order] for row in rows)], rows


@QUICK
@given(tables())
def test_the_same_items_come_from_every_order_and_wording_of_headings(
    drawn: tuple[list[list[str]], list[dict[str, str]]],
) -> None:
    table, rows = drawn
    out = io.StringIO()
    csv.writer(out).writerows(table)
    book = XlsxFormat().read(BankFile("a.xlsx", saved(workbook({"Sheet1": table}))), "zh")

    for entries in (read_csv(out.getvalue()), list(book)):
        items = taken(entries)

        assert not_taken(entries) == []
        assert [item.block.stem for item in items] == [row["stem"] for row in rows]
        for item, row in zip(items, rows, strict=True):
            assert key_of(item) == "".join(letter for letter in row["key"] if letter.isalpha())
            assert item.type == ("single" if len(key_of(item)) == 1 else "multiple")
            assert str(item.difficulty) == row["difficulty"]
            assert (item.topic, item.name) == (row["topic"], row["number"])
            assert item.block.explanation == row["explanation"]


WORDS_OF_CELLS = (
    "单选题 多选 判断题 填空题 简答 一、单选题 A ABD √ 错 1 B.24 题干 答案 ____ 注： 选项A "
    "{{a|b}} 说明 A.甲B.乙 甲=乙"
)
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(WORDS_OF_CELLS.split()),
    st.text(max_size=12),
)


@QUICK
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=12))
def test_every_row_is_an_entry_or_goes_on_with_the_one_above(rows: list[list[str]]) -> None:
    """Each row has a number of its own, so that none goes on with the one above."""
    heading = ["题号", "题型", "题干", "选项A", "选项B", "选项C", "答案"]
    numbered = [[str(number), *row[1:]] for number, row in enumerate(rows, start=1)]
    out = io.StringIO()
    csv.writer(out).writerows([heading, *numbered])

    entries = read_csv(out.getvalue().encode("utf-8", "replace"))

    found = [entry for entry in entries if isinstance(entry, BankItem | NotTaken)]
    assert len(found) == len(numbered)
    for entry in not_taken(entries):
        assert entry.place
        assert entry.reason
        assert entry.mend or entry.kind == "skipped"


@QUICK
@given(st.binary(max_size=400), st.sampled_from([XlsxFormat(), XlsFormat(), CsvFormat()]))
@example(b"PK\x03\x04", XlsxFormat())
@example(b"\x09\x08\x10\x00", XlsFormat())
@example("题干,答案\n\x00,\ud7ff\n".encode(), CsvFormat())
def test_no_bytes_do_more_than_bad_input(data: bytes, way: Any) -> None:
    good = saved(workbook({"Sheet1": [["题干", "答案"], ["要登记。", "对"]]}))
    starts = (
        b"",
        "题干,选项A,选项B,答案\n".encode(),
        good[:-60],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    )
    for start in starts:
        try:
            entries = list(way.read(BankFile("any", start + data), "zh"))
        except BadInput:
            continue
        assert all(entry.place for entry in entries)


@QUICK
@given(
    st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=9, unique=True),
    st.text(min_size=1, max_size=60),
    st.data(),
)
def test_what_is_written_comes_back(options: list[str], stem: str, data: Any) -> None:
    tidy = [" ".join(option.split()) for option in options]
    if len(set(tidy)) != len(tidy) or not all(tidy) or not stem.strip():
        return
    if not (stem + "".join(tidy)).isprintable() or stem != stem.strip():
        return
    right = data.draw(st.sets(st.integers(0, len(tidy) - 1), min_size=2))
    block = ItemBlock(stem, tuple((text, at in right) for at, text in enumerate(tidy)), "")
    item = BankItem("1", "multiple", block)

    for way in (XlsxFormat(), CsvFormat()):
        assert there_and_back(way, [item]) == [item]


def test_time_grows_with_the_rows_and_not_faster() -> None:
    def seconds(count: int) -> float:
        chance = random.Random(1)
        rows = [
            f"{number},第{number}问？,一,二,三,{chance.choice('ABC')}" for number in range(count)
        ]
        text = "题号,题干,A,B,C,答案\n" + "\n".join(rows)
        begin = time.perf_counter()
        assert len(taken(read_csv(text))) == count
        return time.perf_counter() - begin

    seconds(100)
    assert seconds(8_000) < 40 * max(seconds(1_000), 0.01)


def test_long_cells_of_one_sign_cost_no_time() -> None:
    begin = time.perf_counter()
    for sign in '([【 A_.;|、=1\n"{（第':
        cell = sign.replace('"', '""') * 30_000
        for name in ("单选题", "填空题", "匹配题", "简答题", "", "判断题"):
            row = ",".join(f'"{text}"' for text in (name, cell, cell, cell, cell))
            read_csv(f"题型,题干,选项,选项B,答案\n{row}\n")
    assert time.perf_counter() - begin < 20


def test_no_heading_word_means_two_things() -> None:
    words = [word for listed in WORDS.values() for word in listed.split()]

    assert len(words) == len(set(words))

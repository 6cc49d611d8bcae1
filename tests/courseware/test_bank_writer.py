"""What is written into the bank reads back exactly, and edits leave every other byte alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.courseware.bank_edit import add_section, replace_section
from certify.courseware.bank_writer import Unwritable, flattened, same_kind, section
from certify.courseware.item_bank import read_bank_text
from certify.courseware.plain_markdown import plain_markdown
from certify.domain.question_type import ItemBlock

NASTY = some.sampled_from(
    [
        *("- ", "* ", "+ ", "1. ", "2) ", "# ", "## CMP-001", "> ", "| ", "|---|", "+++", "---"),
        *("{{", "}}", "`", "```", "``", "&amp;", "&#x202e;", "&lt;", "<b>", "</div>", "<!-- "),
        *(
            "[ ] ",
            "[x] ",
            "[a](b)",
            "![p](q)",
            "[a]: b",
            "= ",
            "! ",
            "＝",
            "！",
            "\\",
            "\\\\",
            "\\|",
        ),
        *(
            "  ",
            "    ",
            "汉字",
            "「引」",
            "😀",
            "a_b_c",
            "*粗*",
            "~~",
            "$x^2$",
            "x" * 2000,
            "=",
            ".",
        ),
        *("http://a.b", "<http://a>", ":---:", "1986. ", "100%", "\u3000", "\u00a0", "'", '"'),
    ]
)
LINES = some.lists(some.one_of(NASTY, some.text(max_size=12)), min_size=1, max_size=5).map("".join)


def _tidy(text: str) -> str:
    from certify.domain.clean import tidy_line

    return tidy_line(text) or "x"


PLAIN = LINES.map(_tidy)
STEMS = (
    some.lists(LINES, min_size=1, max_size=4)
    .map("\n".join)
    .map(lambda text: plain_markdown("\n".join(map(_tidy, text.split("\n")))))
)
GIVEN = {"type": "single", "difficulty": "2", "topic": "greeting"}


def read(text: str, *, has_keys: bool = True) -> ItemBlock:
    findings: list[object] = []
    (found,) = read_bank_text(Path("a.md"), text, has_keys=has_keys, findings=findings)  # type: ignore[arg-type]
    assert findings == []
    return same_kind(found.block)


@given(STEMS, some.lists(some.tuples(PLAIN, some.booleans()), min_size=2, max_size=9), STEMS)
def test_a_choice_reads_back_as_it_was(
    stem: str, options: list[tuple[str, bool | None]], explanation: str
) -> None:
    block = ItemBlock(stem, tuple(options), explanation)

    assert read(section("CMP-001", GIVEN, block)) == block


@given(STEMS, some.lists(PLAIN, min_size=2, max_size=8))
def test_an_ordering_and_a_wording_read_back_as_they_were(stem: str, texts: list[str]) -> None:
    block = ItemBlock(stem, tuple((text, None) for text in texts), "")

    assert read(section("CMP-001", GIVEN, block)) == block
    assert read(section("CMP-001", {}, block, has_keys=False), has_keys=False) == block


@given(STEMS, some.lists(some.tuples(PLAIN, PLAIN), min_size=2, max_size=8))
def test_a_table_reads_back_as_it_was(stem: str, rows: list[tuple[str, str]]) -> None:
    block = ItemBlock(stem, (), "", rows=(*rows, ("", rows[0][1])))

    assert read(section("CMP-001", GIVEN, block)) == block


@given(STEMS, some.lists(some.tuples(some.sampled_from("=!"), PLAIN), min_size=1, max_size=5))
def test_lines_of_answers_read_back_as_they_were(stem: str, lines: list[tuple[str, str]]) -> None:
    block = ItemBlock(stem, (), "", lines=tuple(f"{sign} {text}" for sign, text in lines))

    assert read(section("CMP-001", GIVEN, block)) == block


@given(some.lists(LINES, min_size=1, max_size=4).map("\n".join))
def test_whatever_stands_in_a_stem_is_written_alike_or_refused(stem: str) -> None:
    block = ItemBlock(stem, (("a", True), ("b", False)), "")
    try:
        text = section("CMP-001", GIVEN, block)
    except Unwritable:
        return
    assert read(text) == block


def test_a_list_in_a_stem_is_refused_and_can_be_written_as_lines() -> None:
    block = ItemBlock("哪些？\n\n- 甲\n- 乙\n\n请选。", (("a", True), ("b", False)), "")

    with pytest.raises(Unwritable):
        section("CMP-001", GIVEN, block)

    flat = flattened(block)
    assert read(section("CMP-001", GIVEN, flat)) == flat
    assert "甲" in flat.stem


def test_a_trainer_can_read_what_is_written() -> None:
    block = ItemBlock(
        "依据 CS-003，最迟多少小时内给出方案？",
        (("12 小时", False), ("24 小时", True), ("-5 °C", False)),
        "24 小时内给出方案。\n\n另见 CS-004。",
    )

    assert section("LIM-014", {"type": "single", "difficulty": "2"}, block) == (
        "## LIM-014 {type=single difficulty=2}\n\n"
        "依据 CS-003，最迟多少小时内给出方案？\n\n"
        "- [ ] 12 小时\n- [x] 24 小时\n- [ ] -5 °C\n\n"
        "> 24 小时内给出方案。\n>\n> 另见 CS-004。\n"
    )


FILE = (
    "\ufeff# 我的题库\r\n\r\n## CMP-001   {type=single  topic=a}\r\n\r\n甲？\r\n\r\n- [x] 一\r\n"
    "- [ ] 二\r\n\r\n\r\n\r\n## CMP-002 {type=truefalse}\r\n\r\n乙。\r\n\r\n"
    "- [x] 正确\r\n- [ ] 错误"
)
NEW = "## CMP-001 {type=single}\n\n丙？\n\n- [x] 三\n- [ ] 四\n"


def test_a_replaced_section_leaves_every_other_byte_of_its_file() -> None:
    data = FILE.encode()

    edited = replace_section(data, "CMP-001", NEW).decode()

    assert edited == (
        FILE[: FILE.index("## CMP-001")]
        + NEW.strip().replace("\n", "\r\n")
        + FILE[FILE.index("\r\n\r\n\r\n\r\n## CMP-002") :]
    )
    last = replace_section(data, "CMP-002", NEW).decode()
    assert last == FILE[: FILE.index("## CMP-002")] + NEW.strip().replace("\n", "\r\n")


def test_a_section_is_added_below_an_empty_line() -> None:
    assert add_section(b"", "## A\n") == b"## A\n"
    assert add_section(b"x\r\ny", "## A\n") == b"x\r\ny\r\n\r\n## A\r\n"
    assert add_section(b"x\n\n", "## A\n") == b"x\n\n## A\n"


def test_a_heading_in_a_code_block_is_no_item() -> None:
    data = b"## CMP-001 {type=single}\n\n```\n## CMP-002 {type=single}\n```\n"

    assert replace_section(data, "CMP-002", NEW) == data

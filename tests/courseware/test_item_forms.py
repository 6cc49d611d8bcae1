"""The Markdown forms of the item types, and what is found when one is not kept."""

import shutil
from pathlib import Path

import pytest

from certify.courseware.loader import load_course
from tests.courseware.conftest import SAMPLE, TYPES, CourseFolder

MANIFEST, BANK, WORDING = "course.toml", "items/kinds.md", "items/kinds.en.md"


@pytest.fixture
def kinds(tmp_path: Path) -> CourseFolder:
    """The course with items of every type, free of findings until a test changes it."""
    folder = CourseFolder(tmp_path / "kinds")
    shutil.copytree(SAMPLE.with_name("kinds"), folder.path)
    return folder


def test_the_course_of_every_type_is_free_of_findings(kinds: CourseFolder) -> None:
    assert kinds.findings() == []


def test_each_part_of_an_item_is_cut_from_its_markdown(kinds: CourseFolder) -> None:
    blocks = {item.code: item.text.block for item in load_course(kinds.path, TYPES).items}

    assert blocks["KIN-001"].options[1] == ("判断投诉类型与紧急程度", None)
    assert blocks["KIN-002"].rows[0] == ("步骤", "岗位")
    assert blocks["KIN-002"].rows[-1] == ("", "运营总监")
    assert blocks["KIN-003"].lines == ("= 24 ± 0 小时 | h", "= 1440 ± 0 分钟 | min", "= 1 天 | 日")
    assert blocks["KIN-006"].lines[-1] == "! 不知道 | 不清楚 | don't know | no idea"
    assert blocks["KIN-008"].options == ()
    assert blocks["KIN-008"].stem.startswith("案例：\n\n- 王先生")
    assert blocks["KIN-008"].stem.endswith("处理过程。")
    assert len(blocks["KIN-008"].rows) == 5


def test_a_table_in_the_middle_of_a_stem_stays_in_the_stem(kinds: CourseFolder) -> None:
    table = "| 日 | 单 |\n|---|---|\n| 周一 | 40 |\n\n"
    kinds.replace(BANK, "本月发货 40 单", f"{table}本月发货 40 单")
    kinds.replace(WORDING, "40 orders are", f"{table}40 orders are")

    items = {item.code: item for item in load_course(kinds.path, TYPES).items}

    assert kinds.findings() == []
    assert items["KIN-005"].content.model_dump()["stem"]["zh"].startswith("| 日 | 单 |")


def test_full_width_signs_begin_an_answer_too(kinds: CourseFolder) -> None:
    kinds.replace(BANK, "= 98 ± 0.5 %", "＝ 98 ± 0.5 ％")
    kinds.replace(BANK, "! 不知道", "！ 不知道")

    items = {item.code: item for item in load_course(kinds.path, TYPES).items}

    assert kinds.findings() == []
    assert items["KIN-004"].text.block.lines == ("= 98 ± 0.5 ％",)
    assert items["KIN-006"].content.model_dump()["key"]["forbidden"][0] == "不知道"


def test_a_key_in_one_paragraph_with_the_stem_is_found_and_shown_to_nobody(
    kinds: CourseFolder,
) -> None:
    kinds.replace(BANK, "不低于多少？\n\n=", "不低于多少？\n=")

    line = kinds.line(BANK, "CS-001 要求响应率")
    messages = [one.message for one in kinds.findings() if one.line == line]
    codes = [item.code for item in load_course(kinds.path, TYPES).items]

    assert any("one paragraph" in message for message in messages)
    assert "KIN-004" not in codes


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("type=ordering", "type=matching", "KIN-001", "takes a table, not a list"),
        ("type=matching", "type=single", "KIN-002", "takes a list of answers, not a table"),
        ("type=numeric", "type=cloze", "KIN-003", "nothing below its stem, not lines"),
        ("type=essay", "type=text", "KIN-008", "lines that begin with “=”, not a table"),
        ("pool=practice", "pool=exams", "KIN-005", "“exams” is no pool"),
        ("! 不知道", "! 抱歉", "KIN-006", "required and holds the forbidden"),
        ("{{24|二十四|twenty-four}}", "{{24}", "KIN-007", "one of them is missing"),
        ("| 先安抚，再记录姓名、电话、内容和订单号 | 3 |", "| 先安抚 | 三 |", "KIN-008", "points"),
        ("依据 CS-003，收到", "收到", "KIN-003", "names no source"),
        ("= 98 ± 0.5 %", "= 约 98 %", "KIN-004", "is no number"),
        ("= 98 ± 0.5 %", "= 98 +- 0.5 %", "KIN-004", "is no number"),
        ("type=ordering", "type＝ordering", "KIN-001", "no attribute"),
        ("type=ordering", "type=ordering type=ordering", "KIN-001", "stands twice"),
        ("type=ordering ", "", "KIN-001", "The type is missing"),
    ],
)
def test_a_departure_from_the_form_of_a_type_is_found_at_its_item(
    kinds: CourseFolder, old: str, new: str, where: str, says: str
) -> None:
    kinds.replace(BANK, old, new)

    found = [one for one in kinds.findings() if one.line == kinds.line(BANK, where)]

    assert any(says in one.message for one in found), kinds.findings()


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("= hours | hour", "= 24 hours", "KIN-003", "unit only"),
        ("Apologise before", "Apologise.\n\n= sorry\n\n> Apologise before", "KIN-006", ""),
        ("| Criterion |\n|---|\n| Calms", "| C | P |\n|---|---|\n| Calms", "KIN-008", "no points"),
        ("within {{}} hours", "within {{24}} hours", "KIN-007", "empty"),
        ("| | Operations director |", "| Closing | Operations director |", "KIN-002", "rows"),
        ("5. Call the customer back and record how satisfied they are\n", "", "KIN-001", "4 lines"),
    ],
)
def test_a_wording_file_that_holds_keys_or_another_shape_is_found_there(
    kinds: CourseFolder, old: str, new: str, code: str, says: str
) -> None:
    kinds.replace(WORDING, old, new)

    found = [one for one in kinds.findings() if one.path == kinds.path / WORDING]

    assert any(code in one.message or "would be lost" in one.message for one in found)
    assert any(says in one.message for one in found)


def test_an_item_that_waits_for_its_mend_is_not_called_a_shortage_of_the_bank(
    kinds: CourseFolder,
) -> None:
    kinds.replace(BANK, "type=ordering", "type=orderings")

    (found,) = kinds.findings()

    assert (found.path, found.line) == (kinds.path / BANK, kinds.line(BANK, "KIN-001"))


def test_a_second_rubric_is_found_before_it_is_shown_to_candidates(kinds: CourseFolder) -> None:
    head = "| 评分点 | 分值 |"
    kinds.replace(BANK, head, f"{head}\n|---|---|\n| 甲 | 1 |\n\n{head}")

    found = [one for one in kinds.findings() if "Two tables follow" in one.message]

    assert [one.line for one in found] == [kinds.line(BANK, "| 评分点 | 分值 |")]


def test_an_explanation_is_asked_for_in_every_language(kinds: CourseFolder) -> None:
    text = (kinds.path / WORDING).read_text(encoding="utf-8")
    quote = next(line for line in text.split("\n") if line.startswith("> "))
    kinds.replace(WORDING, f"{quote}\n", "")

    (found,) = kinds.findings()

    assert found.path == kinds.path / WORDING
    assert "explanation is missing" in found.message


def test_a_heading_inside_an_item_is_told_once(kinds: CourseFolder) -> None:
    kinds.replace(BANK, "## KIN-002", "### KIN-002")

    found = [one for one in kinds.findings() if one.path == kinds.path / BANK]

    assert [(one.line, one.message) for one in found] == [
        (kinds.line(BANK, "### KIN-002"), "A heading stands inside an item.")
    ]


def test_a_unit_that_stands_in_the_wording_file_alone_is_missing(kinds: CourseFolder) -> None:
    kinds.replace(BANK, "= 98 ± 0.5 %", "= 98 ± 0.5")
    kinds.replace(WORDING, "> The target of CS-001", "= percent\n\n> The target of CS-001")

    (found,) = kinds.findings()

    assert "has no unit" in found.message
    assert found.line == kinds.line(WORDING, "KIN-004")


def test_a_practical_exam_that_draws_what_nobody_can_watch_is_found(kinds: CourseFolder) -> None:
    kinds.replace(MANIFEST, "minutes =", 'part = "practical"\nminutes =')

    found = [one for one in kinds.findings() if "nobody can watch" in one.message]

    assert kinds.line(MANIFEST, 'type = "ordering"') == found[0].line
    assert all("“practical”." not in one.message for one in found)


def test_a_written_exam_of_practical_tasks_alone_is_a_warning(kinds: CourseFolder) -> None:
    file = kinds.path / MANIFEST
    text = file.read_text(encoding="utf-8")
    first, *_between, last = text.split("[[exams.blueprint]]")
    file.write_text(f"{first}[[exams.blueprint]]{last}", encoding="utf-8")

    (found,) = kinds.findings()

    assert (found.severity, 'part = "practical"' in found.mend) == ("warning", True)


def test_an_unknown_type_in_a_blueprint_is_no_shortage_of_the_bank(kinds: CourseFolder) -> None:
    kinds.replace(MANIFEST, 'type = "ordering"', 'type = "orderings"')

    (found,) = kinds.findings()

    assert found.line == kinds.line(MANIFEST, "orderings")
    assert "not known" in found.message


def test_items_of_the_practice_pool_fill_no_cell_of_an_exam(kinds: CourseFolder) -> None:
    kinds.replace("course.toml", 'type = "numeric"\ncount = 2', 'type = "numeric"\ncount = 3')

    (found,) = kinds.findings()

    assert "needs 3 items, the bank has 2" in found.message
    kinds.replace(BANK, " pool=practice", "")
    assert kinds.findings() == []


@pytest.mark.parametrize("spoilt", ["![图](a.png) 把", "<b>把</b>"])
def test_what_is_not_allowed_in_a_stem_is_told_once_and_alone(
    kinds: CourseFolder, spoilt: str
) -> None:
    kinds.replace(BANK, "把", spoilt)

    (found,) = kinds.findings()

    assert "not allowed" in found.message

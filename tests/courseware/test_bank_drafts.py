"""Drafts and wordings that are still to come: they are said and hold nothing up (R-CAT-01)."""

import pytest

from certify.courseware.loader import load_course
from tests.courseware.conftest import TYPES, CourseFolder

BANK, WORDING = "items/greeting.md", "items/greeting.en.md"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("topic=greeting ", "", "topic is missing"),
        ("difficulty=2 ", "", "difficulty is missing"),
        (" fact=S2-ST3-03", "", "no fact or standard"),
        ("第 1 位客户来电，应当先做什么？", "我们必须多快响应？", "names no source"),
    ],
)
def test_what_a_draft_lacks_is_a_warning_that_says_it_is_a_draft(
    course: CourseFolder, old: str, new: str, says: str
) -> None:
    course.replace("course.toml", "count = 2", "count = 1")
    course.replace(BANK, "GRE-001 {", "GRE-001 {state=draft ")
    course.replace(BANK, old, new)

    found = course.findings()
    item = next(one for one in load_course(course.path, TYPES).items if one.code == "GRE-001")

    assert {(one.severity, one.line) for one in found} == {("warning", 1)}
    assert all(says in one.message and "As a draft" in one.mend for one in found)
    assert item.is_draft
    assert item.difficulty == 2


def test_an_explanation_may_come_later_in_a_draft_alone(course: CourseFolder) -> None:
    course.replace(BANK, "> 先问候。\n", "")
    assert [one.severity for one in course.findings()] == ["error"]

    course.replace(BANK, "GRE-001 {", "GRE-001 {state=draft ")
    assert [one.severity for one in course.findings()] == ["warning"]


def test_a_draft_fills_no_cell_of_a_blueprint(course: CourseFolder) -> None:
    course.replace("course.toml", "count = 2", "count = 5")
    assert course.findings() == []

    course.replace(BANK, "GRE-001 {", "GRE-001 {state=draft ")

    assert any("the bank has 4" in one.message for one in course.findings())


def test_an_essay_in_draft_may_be_without_its_criteria(course: CourseFolder) -> None:
    heading = "## GRE-900 {type=essay difficulty=1 topic=greeting fact=S2-ST3-03%s}"
    text = f"\n{heading}\n\n请写一段问候。\n\n> 先问候。\n"
    course.add(WORDING, "\n## GRE-900\n\nWrite a greeting.\n\n> Greet first.\n")
    course.add(BANK, text % " state=draft")

    (found,) = course.findings()
    assert (found.severity, "no criteria" in found.message) == ("warning", True)

    course.replace(BANK, " state=draft", "")
    assert [one.severity for one in course.findings()] == ["error"]


def test_authors_of_an_item_are_named_in_its_heading(course: CourseFolder) -> None:
    course.replace(BANK, "GRE-001 {", "GRE-001 {author=000004,T0012 ")

    items = {one.code: one.authors for one in load_course(course.path, TYPES).items}

    assert course.findings() == []
    assert items["GRE-001"] == ("000004", "T0012")
    assert items["GRE-002"] == ()


def test_a_missing_wording_is_a_warning_and_the_other_language_is_loaded(
    course: CourseFolder,
) -> None:
    course.replace(WORDING, "## GRE-001", "## GRE-001\n\n## GRE-009")
    text = (course.path / WORDING).read_text(encoding="utf-8")
    (course.path / WORDING).write_text(text[text.index("## GRE-002") :], encoding="utf-8")

    (found,) = course.findings()

    assert (found.severity, found.line) == ("warning", course.line(BANK, "GRE-001"))
    assert "wording in “en” is missing" in found.message
    first = next(one for one in load_course(course.path, TYPES).items if one.code == "GRE-001")
    assert first.content.model_dump()["stem"].keys() == {"zh"}


def test_a_missing_wording_file_is_a_warning(course: CourseFolder) -> None:
    (course.path / WORDING).unlink()

    (found,) = course.findings()

    assert (found.path, found.severity) == (course.path / BANK, "warning")


def test_what_stands_beside_the_bank_and_is_not_read_is_no_stranger(course: CourseFolder) -> None:
    course.add("kept/GRE-001.xml", "<item/>")
    course.add("items/ids.txt", "GRE-005\n")

    assert course.findings() == []

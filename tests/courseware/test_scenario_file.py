"""Scenario files of a course: read with their items, and every fault has file and line."""

import re
import shutil
from pathlib import Path

import pytest

from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.courseware.loader import load_course
from certify.courseware.scenario_file import read_scenario
from certify.hooks import registry
from certify.i18n import speaking

PLAYED = Path(__file__).parents[1] / "courses" / "played"
TYPES = registry.load(("choice", "scenario")).question_types
FILE, ITEMS = "scenarios/phone.toml", "items/phone.md"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course with a scenario that a test may spoil."""
    return Path(shutil.copytree(PLAYED, tmp_path / "played"))


def change(course: Path, name: str, old: str, new: str) -> None:
    file = course / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def line(course: Path, name: str, text: str) -> int:
    lines = (course / name).read_text(encoding="utf-8").split("\n")
    return next(number for number, one in enumerate(lines, start=1) if text in one)


def findings(course: Path) -> list[Finding]:
    with speaking("en"):
        return check_course(course, TYPES).findings


def places(course: Path) -> list[tuple[str, int, str]]:
    return [
        (one.path.relative_to(course).as_posix(), one.line, one.severity)
        for one in findings(course)
        if one.path.name != "course.toml"  # its exam then lacks the item
    ]


def test_the_course_with_a_scenario_is_free_of_findings_and_its_item_holds_it(course: Path) -> None:
    assert findings(course) == []
    [item] = load_course(course, TYPES).items
    assert item.type == "scenario"
    assert item.content.scenario.title["zh"] == "一个电话"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("starts = [", "starts = ", "starts = ", "TOML"),
        ("format = 1", "format = 2", "format = 2", "“format” cannot be"),
        ("begins = 2024-03-07T09:00:00", "begins = 2024-03-07T09:00:00Z", "begins", "begins"),
        ('at_most = "120 s"', 'at_most = "2 days"', "at_most", "24 h 1 min"),
        ('end = "answered"', 'end = "replied"', 'end = "replied"', "“replied”"),
        ('next = "close"', 'next = "closed"', "[[nodes.ask.choices]]", "“closed”"),
        ('next = "close"', 'next = "ring"', "[nodes.ring]", "back to itself"),
        ("[nodes.over]", "[nodes.lost]\nends = true\ntext = { zh = '甲', en = 'A' }\n[nodes.over]",
         "[nodes.lost]", "No way leads to"),
        ('text = { zh = "电话响了。", en = "The phone rings." }', 'text = { zh = "电话响了。" }',
         'text = { zh = "电话响了。" }', "“en”"),
        ('needs = ["recorded"]', 'needs = ["record"]', 'needs = ["record"]', "“record”"),
        ('zh = "我要投诉！"', 'zh = "我要\\u202e投诉"', "\\u202e", "U+202E"),
        ('takes = "120 s"', 'takes = "121 s"', "starts = ", "earns all"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_line_of_the_scenario_file(
    course: Path, old: str, new: str, at: str, says: str
) -> None:
    change(course, FILE, old, new)

    found = [one for one in findings(course) if one.path.name == "phone.toml"]

    assert says in f"{found[0].message} {found[0].mend}"
    if at != "[[nodes.ask.choices]]":
        assert found[0].line == line(course, FILE, at)
    assert all(one.severity == "error" for one in found)


def test_an_item_that_names_no_scenario_or_one_that_is_not_there_is_a_finding(
    course: Path,
) -> None:
    change(course, ITEMS, "scenario=phone", "scenario=fone")
    assert (ITEMS, 1, "error") in places(course)
    assert (FILE, 1, "warning") in places(course), "nobody plays it now"

    change(course, ITEMS, " scenario=fone", "")
    assert (ITEMS, 1, "error") in places(course)


def test_an_item_of_a_faulty_scenario_is_not_blamed_itself(course: Path) -> None:
    change(course, FILE, 'next = "close"', 'next = "closed"')

    assert {file for file, _line, _severity in places(course)} == {FILE}


def test_a_wording_that_the_scenario_lacks_is_a_finding_of_the_wording(course: Path) -> None:
    text = (course / FILE).read_text(encoding="utf-8")
    (course / FILE).write_text(re.sub(r', en = "[^"]*"', "", text), encoding="utf-8")

    assert places(course) == [(ITEMS.replace(".md", ".en.md"), 1, "error")]


def test_answers_in_the_item_have_no_place_beside_a_scenario(course: Path) -> None:
    change(course, ITEMS, "> 先问候", "- [x] 一\n- [ ] 二\n\n> 先问候")

    assert (ITEMS, 1, "error") in places(course)


def test_other_files_beside_the_scenarios_are_not_read_and_said_so(course: Path) -> None:
    (course / "scenarios" / "notes.txt").write_text("x")
    (course / "scenarios" / "old").mkdir()
    (course / "scenarios" / "old" / "phone.toml").write_text("x")

    assert places(course) == [
        ("scenarios/notes.txt", 1, "warning"),
        ("scenarios/old/phone.toml", 1, "warning"),
    ]


def test_a_file_that_is_too_large_or_no_text_is_a_finding(tmp_path: Path) -> None:
    for data in (b"#" * 300_000, b"\xff\xfe"):
        found: list[Finding] = []
        (tmp_path / "big.toml").write_bytes(data)
        assert read_scenario(tmp_path / "big.toml", found) is None
        assert found


def test_working_days_of_a_year_without_a_calendar_are_monday_to_friday_with_a_warning(
    course: Path,
) -> None:
    change(course, FILE, 'takes = "1 h"', 'takes = "1 working day"')
    [warning] = findings(course)
    assert warning.severity == "warning"
    assert "2024" in warning.message

    change(course, FILE, "[documents.note]", "[calendar]\nyears = [2024]\n\n[documents.note]")
    assert findings(course) == []

"""Self-checks in lessons: which may stand there, and that they keep the sequence of blocks."""

import shutil
from pathlib import Path

import pytest

from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.courseware.self_check import checks_of
from certify.hooks import registry
from tests.platforms import COURSES

BUNDLED = Path(__file__).parents[2] / "courses"
TYPES = registry.load(("choice", "order", "written", "rubric", "scenario", "tables")).question_types
LESSON = "01-calls.md"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The course with a practice pool, where a test can edit it."""
    copy = tmp_path / "practised"
    shutil.copytree(COURSES / "practised", copy)
    return copy


def add(course: Path, text: str, *languages: str) -> None:
    """Put a block at the end of the first lesson."""
    for language in languages or ("zh", "en"):
        path = course / language / LESSON
        path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n{text}\n", "utf-8")


def findings(course: Path) -> list[Finding]:
    """What was not there before the test put something in."""
    return [one for one in check_course(course, TYPES).findings if one.path.name == LESSON]


def test_practice_items_of_the_same_course_may_stand_in_a_lesson(course: Path) -> None:
    add(course, "{check=PRA-001}")
    add(course, "{check=PRA-002, PRA-003}")
    assert findings(course) == []
    body = (course / "zh" / LESSON).read_text(encoding="utf-8").split("+++\n")[2]
    *_texts, first, second = sorted(checks_of(body).items())
    assert (first[1], second[1]) == (("PRA-001",), ("PRA-002", "PRA-003"))
    assert second[0] == first[0] + 1


@pytest.mark.parametrize(
    "text",
    [
        "{check=PEX-001}",  # its key would be told
        "{check=PRA-001,PEX-002}",
        "{check=NOT-001}",
        "先看题 {check=PRA-001}",
        "{check=}",
        "- {check=PRA-001}",
        "{check=pra-001}",
    ],
)
def test_what_cannot_be_a_self_check_is_found_in_each_language_at_its_line(
    course: Path, text: str
) -> None:
    add(course, text)
    found = [one for one in findings(course) if one.severity == "error"]
    assert {one.path.parent.name for one in found} == {"zh", "en"}
    for one in found:
        assert "check=" in one.path.read_text(encoding="utf-8").split("\n")[one.line - 1]


def test_each_language_places_the_same_items_at_the_same_blocks(course: Path) -> None:
    add(course, "{check=PRA-001}", "zh")
    add(course, "{check=PRA-002}", "en")
    [found] = findings(course)
    assert (found.path.parent.name, found.severity) == ("en", "error")


def test_code_that_looks_like_a_self_check_is_none(course: Path) -> None:
    add(course, "```\n{check=PEX-001}\n```")
    assert findings(course) == []


@pytest.mark.parametrize("folder", sorted(BUNDLED.iterdir()), ids=lambda path: path.name)
def test_every_bundled_course_has_self_checks_in_both_languages(folder: Path) -> None:
    loaded = check_course(folder, TYPES)
    assert loaded.findings == []
    for language in ("zh", "en"):
        checks = [checks_of(texts[language].body) for texts in loaded.lessons]
        assert sum(map(len, checks)) >= 2

"""Each departure from the course format is found, with its file and its line (R-PLT-06)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from certify.courseware.checker import check_course
from tests.courseware.conftest import TYPES, CourseFolder

ROOT = Path(__file__).parents[2]
TOML, BANK, WORDING = "course.toml", "items/greeting.md", "items/greeting.en.md"
LESSON, TRANSLATION = "zh/01-lesson.md", "en/01-lesson.md"
ITEM = """
## GRE-900 {type=single difficulty=2 topic=greeting fact=S2-ST3-03}

客户来电，应当先做什么？

- [x] 问候
- [ ] 等候
- [ ] 离开

> 先问候。
"""
ITEM_WORDING = """
## GRE-900

A customer calls. What comes first?

- Greet
- Wait
- Leave

> Greet first.
"""
Change = Callable[[CourseFolder], object]


@pytest.mark.parametrize(
    "folder",
    [*sorted(path.parent for path in (ROOT / "courses").glob("*/course.toml"))],
    ids=lambda path: path.name,
)
def test_every_bundled_course_is_free_of_findings(folder: Path) -> None:
    course = check_course(folder, TYPES)

    assert course.findings == []
    assert course.manifest is not None
    assert set(course.manifest.title) == {"zh", "en"}
    assert all(set(texts) == {"zh", "en"} for texts in course.lessons)


def test_the_bundled_courses_are_as_large_as_they_are_promised_to_be() -> None:
    sizes = {}
    for path in (ROOT / "courses").glob("*/course.toml"):
        course = check_course(path.parent, TYPES)
        sizes[path.parent.name] = (len(course.lessons) >= 6, len(course.items) >= 45)
    onboarding = check_course(ROOT / "courses" / "onboarding-service-foundations", TYPES)

    assert set(sizes.values()) == {(True, True)}
    assert len(sizes) == 3
    assert len(onboarding.lessons) >= 8
    assert len(onboarding.items) >= 60


def test_the_sample_course_is_free_of_findings(course: CourseFolder) -> None:
    assert course.findings() == []


# What is changed, the file and the text on the line that the finding must name, its message.
MANIFEST: dict[str, tuple[Change, str, str]] = {
    "broken TOML": (
        lambda c: c.replace(TOML, 'kind = "onboarding"', "kind = onboarding"),
        "kind = onboarding",
        "Invalid value",
    ),
    "TOML that ends in the middle": (
        lambda c: c.add(TOML, "\n[[exams]]\nminutes = [1,"),
        "minutes = [1,",
        "",
    ),
    "a key twice": (
        lambda c: c.replace(TOML, "hours = 1", "hours = 1\nhours = 2"),
        "hours = 2",
        "Cannot overwrite",
    ),
    "points with three decimals": (
        lambda c: c.replace(TOML, "points = 1", "points = 1.125"),
        "points = 1.125",
        "Write at most 2 decimals.",
    ),
    "no hours at all": (
        lambda c: c.replace(TOML, "hours = 1", "hours = 0"),
        "hours = 0",
        "It must be more than 0.",
    ),
    "a missing key": (
        lambda c: c.replace(TOML, 'track = "service"\n', ""),
        "format = 1",
        "“track” is missing",
    ),
    "an unknown key": (
        lambda c: c.replace(TOML, "hours = 1", "hours = 1\nhuors = 1"),
        "huors",
        "“huors” is not known",
    ),
    "another format": (
        lambda c: c.replace(TOML, "format = 1", "format = 2"),
        "format = 2",
        "“format” cannot be “2”",
    ),
    "a kind that does not exist": (
        lambda c: c.replace(TOML, '"onboarding"', '"onboardin"'),
        'kind = "onboardin"',
        "“kind” cannot be “onboardin”",
    ),
    "a code with capitals": (
        lambda c: c.replace(TOML, '"sample"', '"Sample"'),
        'code = "Sample"',
        "“code” cannot be",
    ),
    "a version that is none": (
        lambda c: c.replace(TOML, '"1.0.0"', '"1.0"'),
        'version = "1.0"',
        "“version”",
    ),
    "hours that are none": (
        lambda c: c.replace(TOML, "hours = 1", "hours = 0"),
        "hours = 0",
        "“hours”",
    ),
    "onboarding without a phase": (
        lambda c: c.replace(TOML, 'phase = "department"\n', ""),
        'kind = "onboarding"',
        "needs a phase",
    ),
    "a language that does not exist": (
        lambda c: c.replace(TOML, 'zh = "示例课程"', 'zh = "示例课程"\nfr = "Exemple"'),
        'fr = "Exemple"',
        "“title.fr",
    ),
    "a title without the course's own language": (
        lambda c: c.replace(TOML, 'zh = "示例课程"\n', ""),
        "[title]",
        "name in “zh” is missing",
    ),
    "a topic without a name": (
        lambda c: c.replace(TOML, 'zh = "时限"\nen = "Limits"\n', ""),
        "[[topics]]",
        "name in “zh” is missing",
    ),
    "a control character behind a TOML escape": (
        lambda c: c.replace(TOML, "示例课程", "\\u001b]0;owned"),
        "owned",
        "U+001B",
    ),
    "a topic twice": (
        lambda c: c.add(TOML, '\n[[topics]]\ncode = "limits"\nzh = "又"\n'),
        "",
        "“limits” is given twice",
    ),
    "an unknown topic in the blueprint": (
        lambda c: c.replace(
            TOML, 'topic = "limits"\ntype = "multiple"', 'topic = "limit"\ntype = "multiple"'
        ),
        'topic = "limit"',
        "Topic “limit” is not among",
    ),
    "a wrong number in the blueprint": (
        lambda c: c.replace(TOML, "count = 2", "count = 0"),
        "count = 0",
        "exams.0.blueprint.0.count",
    ),
    "a blueprint the bank cannot fill": (
        lambda c: c.replace(TOML, "count = 2", "count = 6"),
        "[[exams.blueprint]]",
        "topic “greeting”, type “single” needs 6 items, the bank has 5",
    ),
    "onboarding without a case lesson": (
        lambda c: c.replace("zh/02-lesson.md", '"case"', '"lecture"'),
        "format = 1",
        "No lesson has method “case”",
    ),
    "nested so deeply that a parser may fall over": (
        lambda c: c.add(TOML, "\nx = " + "[" * 60_000),
        "",
        "",
    ),
}


@pytest.mark.parametrize("name", MANIFEST)
def test_a_fault_in_course_toml_is_found_on_its_line(course: CourseFolder, name: str) -> None:
    change, on_line, message = MANIFEST[name]
    change(course)

    _is_found(course, TOML, on_line, message)


LESSONS: dict[str, tuple[Change, str, str, str]] = {
    "no facts between +++": (
        lambda c: c.replace(LESSON, "+++\n", ""),
        LESSON,
        "",
        "between two “+++” lines",
    ),
    "facts that do not end": (
        lambda c: c.replace(LESSON, "+++\n\n##", "\n##"),
        LESSON,
        "+++",
        "between two “+++” lines",
    ),
    "broken TOML in the facts": (
        lambda c: c.replace(LESSON, "minutes = 5", "minutes ="),
        LESSON,
        "minutes =",
        "Invalid value",
    ),
    "a missing fact": (
        lambda c: c.replace(LESSON, "minutes = 5\n", ""),
        LESSON,
        "",
        "“minutes” is missing",
    ),
    "an unknown fact": (
        lambda c: c.replace(LESSON, "minutes = 5", "minutes = 5\nlevel = 1"),
        LESSON,
        "level = 1",
        "“level” is not known",
    ),
    "a method that does not exist": (
        lambda c: c.replace(LESSON, '"lecture"', '"lektion"'),
        LESSON,
        '"lektion"',
        "“method” cannot be “lektion”",
    ),
    "a topic that does not exist": (
        lambda c: c.replace(LESSON, '["greeting"]', '["greetings"]'),
        LESSON,
        "",
        "Topic “greetings”",
    ),
    "a fact id that is none": (
        lambda c: c.replace(LESSON, "S2-CT-01", "page 12"),
        LESSON,
        "",
        "“page 12” is no fact id",
    ),
    "an id twice": (
        lambda c: [c.replace(f"{x}/02-lesson.md", "lesson-2", "lesson-1") for x in ("zh", "en")],
        "zh/02-lesson.md",
        "",
        "“lesson-1” is used twice",
    ),
    "facts in a translation": (
        lambda c: c.replace(TRANSLATION, 'id = "lesson-1"', 'id = "lesson-1"\nminutes = 5'),
        TRANSLATION,
        "minutes = 5",
        "“minutes” is not known",
    ),
    "a translation with another id": (
        lambda c: c.replace(TRANSLATION, "lesson-1", "lesson-9"),
        TRANSLATION,
        "",
        "another id",
    ),
    "a translation of nothing": (
        lambda c: c.add("en/09-lesson.md", '+++\nid = "lesson-9"\ntitle = "9"\n+++\n\nText.\n'),
        "en/09-lesson.md",
        "+++",
        "There is no “zh/09-lesson.md”",
    ),
    "an empty translation": (
        lambda c: (c.path / TRANSLATION).write_text('+++\nid = "lesson-1"\ntitle = "1"\n+++\n'),
        TRANSLATION,
        "",
        "",
    ),
    "a heading of the first level": (
        lambda c: c.add(LESSON, "\n# 太大\n"),
        LESSON,
        "# 太大",
        "start at “##”",
    ),
    "raw HTML": (
        lambda c: c.add(LESSON, "\n<script>alert(1)</script>\n"),
        LESSON,
        "<script>",
        "Raw HTML",
    ),
    "raw HTML inside a line": (
        lambda c: c.add(LESSON, "\n先 <b>问候</b>。\n"),
        LESSON,
        "<b>",
        "Raw HTML",
    ),
    "a picture": (
        lambda c: c.add(LESSON, "\n![图](https://example.org/x.png)\n"),
        LESSON,
        "![",
        "Pictures",
    ),
    "a link to a file": (
        lambda c: c.add(LESSON, "\n[看](../../etc/passwd)\n"),
        LESSON,
        "[看]",
        "may not lead to “../../etc/passwd”",
    ),
    "a link that logs in somewhere": (
        lambda c: c.add(LESSON, "\n<ssh://host/>\n"),
        LESSON,
        "<ssh:",
        "may not lead to",
    ),
    "a link defined elsewhere": (
        lambda c: c.add(LESSON, "\n[看][1]\n\n[1]: /etc/passwd\n"),
        LESSON,
        "[看]",
        "may not lead to",
    ),
    "a title with a control character behind an escape": (
        lambda c: c.replace(LESSON, "第 1 课", "\\u202e课"),
        LESSON,
        "title",
        "U+202E",
    ),
    "a bidirectional mark behind an entity": (
        lambda c: c.add(LESSON, "\n先问候&#x202e;客户。\n"),
        LESSON,
        "&#x202e;",
        "U+202E",
    ),
}


@pytest.mark.parametrize("name", LESSONS)
def test_a_fault_in_a_lesson_is_found_on_its_line(course: CourseFolder, name: str) -> None:
    change, file, on_line, message = LESSONS[name]
    change(course)

    _is_found(course, file, on_line, message)


ITEMS: dict[str, tuple[Change, str, str, str]] = {
    "an unknown type": (
        lambda c: c.replace(BANK, "type=single", "type=singel"),
        BANK,
        "type=singel",
        "“singel” is not known",
    ),
    "no type": (lambda c: c.replace(BANK, "type=single ", ""), BANK, "GRE-001", "type"),
    "no difficulty": (
        lambda c: c.replace(BANK, "difficulty=2 ", ""),
        BANK,
        "GRE-001",
        "difficulty is missing",
    ),
    "a difficulty of 4": (
        lambda c: c.replace(BANK, "difficulty=2", "difficulty=4"),
        BANK,
        "GRE-001",
        "not 1, 2 or 3",
    ),
    "an unknown topic": (
        lambda c: c.replace(BANK, "topic=greeting", "topic=greetings"),
        BANK,
        "GRE-001",
        "topic “greetings”",
    ),
    "no topic": (
        lambda c: c.replace(BANK, "topic=greeting ", ""),
        BANK,
        "GRE-001",
        "R-CAT-08",
    ),
    "no fact and no standard": (
        lambda c: c.replace(BANK, " fact=S2-ST3-03", ""),
        BANK,
        "GRE-001",
        "no fact or standard",
    ),
    "a fact that is none": (
        lambda c: c.replace(BANK, "S2-ST3-03", "S2-ST3"),
        BANK,
        "GRE-001",
        "“S2-ST3” is no fact",
    ),
    "a standard that is none": (
        lambda c: c.replace(BANK, "fact=S2-ST3-03", "standard=cs-1"),
        BANK,
        "GRE-001",
        "“cs-1” is no fact or standard",
    ),
    "an unknown attribute": (
        lambda c: c.replace(BANK, "difficulty=2", "difficulty=2 points=3"),
        BANK,
        "GRE-001",
        "“points=3”",
    ),
    "an attribute twice": (
        lambda c: c.replace(BANK, "difficulty=2", "difficulty=2 difficulty=3"),
        BANK,
        "GRE-001",
        "“difficulty=…” stands twice",
    ),
    "a heading without id": (
        lambda c: c.replace(BANK, "## GRE-002", "## Greeting"),
        BANK,
        "## Greeting",
        "is no item heading",
    ),
    "an empty heading": (
        lambda c: c.add(BANK, "\n##\n\n文字。\n"),
        BANK,
        "##",
        "is no item heading",
    ),
    "an id twice in one file": (
        lambda c: (c.add(BANK, ITEM + ITEM), c.add(WORDING, ITEM_WORDING)),
        BANK,
        "GRE-900",
        "GRE-900 is used twice",
    ),
    "an id twice in two files": (
        lambda c: (
            c.add("items/more.md", ITEM.replace("GRE-900", "GRE-001")),
            c.add("items/more.en.md", ITEM_WORDING.replace("GRE-900", "GRE-001")),
        ),
        "items/more.md",
        "GRE-001",
        "GRE-001 is used twice",
    ),
    "a state that does not exist": (
        lambda c: c.replace(BANK, "difficulty=2", "difficulty=2 state=done"),
        BANK,
        "GRE-001",
        "“done” is no state",
    ),
    "an unknown topic in a draft": (
        lambda c: c.replace(BANK, "topic=greeting", "topic=greetings state=draft"),
        BANK,
        "GRE-001",
        "topic “greetings”",
    ),
    "a draft whose form is wrong": (
        lambda c: c.replace(BANK, "type=single", "type=multiple state=draft"),
        BANK,
        "GRE-001",
        "two or more “[x]”",
    ),
    "a wording of nothing": (
        lambda c: c.add(WORDING, ITEM_WORDING),
        WORDING,
        "GRE-900",
        "no item GRE-900",
    ),
    "a wording twice": (
        lambda c: c.add(WORDING, ITEM_WORDING.replace("GRE-900", "GRE-001")),
        WORDING,
        "GRE-001",
        "GRE-001 is used twice",
    ),
    "a wording file of nothing": (
        lambda c: c.add("items/lost.en.md", ITEM_WORDING),
        "items/lost.en.md",
        "",
        "There is no “items/lost.md”",
    ),
    "keys in a wording file": (
        lambda c: c.replace(WORDING, "- Greet and", "- [x] Greet and"),
        WORDING,
        "[x]",
        "holds no keys",
    ),
    "attributes in a wording file": (
        lambda c: c.replace(WORDING, "## GRE-001", "## GRE-001 {type=single}"),
        WORDING,
        "GRE-001",
        "gives only ids",
    ),
    "two keys in single": (
        lambda c: c.replace(BANK, "- [ ] 请客户稍候", "- [x] 请客户稍候"),
        BANK,
        "GRE-001",
        "exactly one “[x]”, not 2",
    ),
    "no key": (
        lambda c: c.replace(BANK, "- [x]", "- [ ]"),
        BANK,
        "GRE-001",
        "exactly one “[x]”, not 0",
    ),
    "an option without its box": (
        lambda c: c.replace(BANK, "- [ ] 请客户稍候", "- 请客户稍候"),
        BANK,
        "GRE-001",
        "begins with “[ ]” or “[x]”",
    ),
    "a box without a blank": (
        lambda c: c.replace(BANK, "- [ ] 请客户稍候", "- []请客户稍候"),
        BANK,
        "GRE-001",
        "begins with “[ ]” or “[x]”",
    ),
    "one option": (
        lambda c: c.replace(BANK, "- [ ] 先问候，再请客户说明来意\n- [ ] 请客户稍候\n", ""),
        BANK,
        "GRE-001",
        "2 to 9 options",
    ),
    "two options alike": (
        lambda c: c.replace(BANK, "先问候，再请客户说明来意", "请客户稍候"),
        BANK,
        "GRE-001",
        "alike",
    ),
    "an option with more than a paragraph": (
        lambda c: c.replace(BANK, "- [ ] 请客户稍候", "- [ ] 请客户稍候\n\n  再等"),
        BANK,
        "请客户稍候",
        "one paragraph",
    ),
    "an option with a list of its own": (
        lambda c: c.replace(BANK, "- [ ] 请客户稍候", "- [ ] 请客户稍候\n  - [ ] 里面"),
        BANK,
        "请客户稍候",
        "one paragraph",
    ),
    "options that differ in number": (
        lambda c: c.replace(WORDING, "- Ask the customer to wait\n", ""),
        WORDING,
        "GRE-001",
        "2 options in en, 3 in the own language",
    ),
    "no explanation": (
        lambda c: c.replace(BANK, "> 先问候。\n", ""),
        BANK,
        "GRE-001",
        "explanation is missing",
    ),
    "text after the answers": (
        lambda c: c.replace(BANK, "> 先问候。", "迷路的一句。\n\n> 先问候。"),
        BANK,
        "迷路的一句。",
        "would be lost",
    ),
    "text after the explanation": (
        lambda c: c.replace(BANK, "> 先问候。\n", "> 先问候。\n\n迷路的一句。\n"),
        BANK,
        "迷路的一句。",
        "would be lost",
    ),
    "a second list": (
        lambda c: c.replace(BANK, "> 先问候。", "* [ ] 另一个\n\n> 先问候。"),
        BANK,
        "另一个",
        "would be lost",
    ),
    "a second quote": (
        lambda c: c.replace(BANK, "> 先问候。\n", "> 先问候。\n\n---\n\n> 又。\n"),
        BANK,
        "---",
        "would be lost",
    ),
    "a smaller heading inside an item": (
        lambda c: c.replace(BANK, "- [x]", "### 小标题\n\n- [x]"),
        BANK,
        "### 小标题",
        "heading stands inside an item",
    ),
    "text before the first item": (
        lambda c: c.replace(BANK, "## GRE-001", "迷路的一句。\n\n## GRE-001"),
        BANK,
        "迷路的一句。",
        "belongs to no item",
    ),
    "code before the first item": (
        lambda c: c.replace(BANK, "## GRE-001", "```\n迷路\n```\n\n## GRE-001"),
        BANK,
        "```",
        "belongs to no item",
    ),
    "an item inside a quote": (
        lambda c: c.replace(BANK, "> 先问候。\n", "> 先问候。\n\n文\n\n> ## GRE-009\n>\n> 文\n"),
        BANK,
        "文",
        "would be lost",
    ),
    "raw HTML in an item": (
        lambda c: c.replace(BANK, "请客户稍候", "请<b>客户</b>稍候"),
        BANK,
        "<b>",
        "Raw HTML",
    ),
    "story 4: a number asked without its source": (
        lambda c: c.replace(BANK, "第 1 位客户来电，应当先做什么？", "我们必须多快响应？"),
        BANK,
        "GRE-001",
        "GRE-001 (zh): asks for a number and names no source (R-CAT-02)",
    ),
    "story 4: a number asked without its source in the translation only": (
        lambda c: c.replace(
            WORDING, "Customer 1 calls. What comes first?", "How fast must we answer?"
        ),
        BANK,
        "GRE-001",
        "GRE-001 (en): asks for a number",
    ),
    "a number in a statement without its source": (
        lambda c: c.replace("items/limits.md", "依据 CS-001，电话应在 10", "电话应在 10"),
        "items/limits.md",
        "LIM-201",
        "LIM-201 (zh): asks for a number",
    ),
    "a number whose source is not one of the item's own": (
        lambda c: c.replace(
            "items/limits.md", "依据 CS-001，电话应在 10", "依据 CS-009，电话应在 10"
        ),
        "items/limits.md",
        "LIM-201",
        "LIM-201 (zh): asks for a number",
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_a_fault_in_the_bank_is_found_on_its_line(course: CourseFolder, name: str) -> None:
    change, file, on_line, message = ITEMS[name]
    change(course)

    _is_found(course, file, on_line, message)


def _is_found(course: CourseFolder, file: str, on_line: str, message: str) -> None:
    findings = [one for one in course.findings() if one.severity == "error"]
    lines = (course.path / file).read_text(encoding="utf-8").split("\n")

    assert any(
        one.path == course.path / file
        and message in f"{one.message} {one.mend}"
        and on_line in lines[one.line - 1]
        for one in findings
    ), [str(one) for one in findings]


def test_story_4_the_same_question_passes_when_it_names_its_standard(course: CourseFolder) -> None:
    for name, old, new in (
        (BANK, "第 1 位客户来电，应当先做什么？", "依据 CS-001，必须多快响应？"),
        (BANK, "fact=S2-ST3-03", "standard=CS-001"),
        (WORDING, "Customer 1 calls. What comes first?", "Under CS-001, how fast must we respond?"),
    ):
        course.replace(name, old, new)

    assert course.findings() == []


def test_a_source_may_be_named_in_place_of_a_standard(course: CourseFolder) -> None:
    course.replace(BANK, "第 1 位客户来电，应当先做什么？", "《服务标准与操作流程》要求多快响应？")
    course.replace(
        WORDING,
        "Customer 1 calls. What comes first?",
        "How fast must we respond under the Service Standard and Procedure?",
    )

    assert course.findings() == []


def test_a_translation_with_other_blocks_is_a_warning_only(course: CourseFolder) -> None:
    course.add(TRANSLATION, "\nOne paragraph more.\n")

    (found,) = course.findings()

    assert (found.severity, found.path) == ("warning", course.path / TRANSLATION)
    assert re.search(r"\d+ blocks here, \d+ in the other", found.message)


def test_a_lesson_that_is_not_translated_is_a_warning_only(course: CourseFolder) -> None:
    (course.path / TRANSLATION).unlink()

    (found,) = course.findings()

    assert (found.severity, found.path) == ("warning", course.path / LESSON)


def test_a_course_in_one_language_alone_is_free_of_findings(course: CourseFolder) -> None:
    for path in [*(course.path / "en").iterdir(), *(course.path / "items").glob("*.en.md")]:
        path.unlink()
    (course.path / "en").rmdir()

    assert course.findings() == []


def test_a_course_without_lessons_is_refused(course: CourseFolder) -> None:
    for path in [*(course.path / "zh").iterdir(), *(course.path / "en").iterdir()]:
        path.unlink()

    assert (TOML, 1, "error") in course.found()


def test_everything_wrong_is_told_at_once_in_the_order_of_files_and_lines(
    course: CourseFolder,
) -> None:
    course.replace(LESSON, '"lecture"', '"lektion"')
    course.replace(BANK, "type=single", "type=singel")
    course.replace("items/limits.md", "topic=limits", "topic=limit")

    found = course.found()

    assert {LESSON, BANK, "items/limits.md"} <= {file for file, _line, _severity in found}
    assert found == sorted(found)


@pytest.mark.parametrize("name", [TOML, LESSON, TRANSLATION, BANK, WORDING])
def test_control_characters_are_found_in_every_file(course: CourseFolder, name: str) -> None:
    for character in ("\x1b", "\x00", "\x9b", "\u202e", "\u2028", "\ufeff"):
        file = course.path / name
        whole = file.read_text(encoding="utf-8")
        line = course.add(name, f"# 注{character}意\n" if name == TOML else f"\n注{character}意\n")

        lines = [one.line for one in course.findings() if f"U+{ord(character):04X}" in one.message]

        assert lines == [line if name == TOML else line + 1]
        file.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("name", [TOML, LESSON, TRANSLATION, BANK, WORDING])
def test_a_file_that_is_not_utf8_is_named_with_the_line(course: CourseFolder, name: str) -> None:
    path = course.path / name
    good = path.read_bytes()
    path.write_bytes(good + b"\n\xff\xfe\n")

    found = [one for one in course.findings() if "UTF-8" in one.message]

    assert [(one.path, one.line) for one in found] == [(path, good.count(b"\n") + 2)]


@pytest.mark.parametrize("name", [TOML, LESSON, BANK])
def test_a_file_that_is_too_large_is_named(course: CourseFolder, name: str) -> None:
    course.add(name, "# " + "长" * 100_000)

    assert any(
        one.path == course.path / name and "256 KB" in one.message for one in course.findings()
    )


def test_a_symbolic_link_anywhere_in_the_folder_is_refused(course: CourseFolder) -> None:
    (course.path / "items" / "stolen.md").symlink_to("/etc/passwd")

    (found,) = course.findings()

    assert "Symbolic links" in found.message
    assert "stolen.md" in found.message


def test_a_link_to_a_folder_is_refused_too(course: CourseFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (course.path / "fr").symlink_to(tmp_path / "elsewhere")

    assert any("Symbolic links" in one.message for one in course.findings())


def test_a_folder_with_thousands_of_files_is_refused(course: CourseFolder) -> None:
    for number in range(2001):
        (course.path / "items" / f"{number}.md").touch()

    (found,) = course.findings()

    assert "2000 files" in found.message


@pytest.mark.parametrize("name", ["no-such-folder", "course.toml", "items"])
def test_what_is_no_course_folder_is_told_so(course: CourseFolder, name: str) -> None:
    other = CourseFolder(course.path / name)

    (found,) = other.findings()

    assert "course.toml" in found.message


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(course: CourseFolder) -> None:
    for path in course.path.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert course.findings() == []


def test_text_that_markdown_would_swallow_as_a_link_definition_is_found(
    course: CourseFolder,
) -> None:
    line = course.add("zh/01-lesson.md", "\n[注意]: 一定要核对身份证\n") + 1

    assert ("zh/01-lesson.md", line, "error") in course.found()


def test_a_line_that_would_be_glued_to_an_option_is_found(course: CourseFolder) -> None:
    course.replace(BANK, "- [ ] 请客户稍候\n", "- [ ] 请客户稍候\n请选一项。\n")

    assert (BANK, course.line(BANK, "请选一项"), "error") in course.found()


def test_a_heading_without_its_space_is_found(course: CourseFolder) -> None:
    line = course.add("zh/01-lesson.md", "\n##没有空格\n") + 1

    assert ("zh/01-lesson.md", line, "error") in course.found()


def test_a_file_with_no_place_in_a_course_is_named(course: CourseFolder) -> None:
    course.add("zh-CN/01-lesson.md", "## 先问候\n")

    assert ("zh-CN/01-lesson.md", 1, "warning") in course.found()


def test_a_course_that_is_its_own_prerequisite_is_refused(course: CourseFolder) -> None:
    course.replace("course.toml", "hours = 1", 'hours = 1\nprerequisites = ["sample"]')

    assert ("course.toml", course.line("course.toml", "prerequisites"), "error") in course.found()


def test_chinese_quotes_in_toml_are_named_with_the_mend(course: CourseFolder) -> None:
    course.replace("course.toml", 'code = "sample"', "code = “sample”")

    (found,) = course.findings()

    assert found.line == 2
    assert "“ ”" in found.message
    assert "keyboard" in found.mend


def test_a_type_that_a_person_must_mark_is_a_finding_at_each_item(
    course: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    single = TYPES["single"]
    monkeypatch.setattr(type(single), "score", lambda *_given: None)

    found = course.findings()

    assert found
    assert {one.severity for one in found} == {"error"}
    assert all("it has no criteria" in one.message for one in found)
    assert len({one.line for one in found if one.path.name == "greeting.md"}) == len(
        [one for one in found if one.path.name == "greeting.md"]
    )

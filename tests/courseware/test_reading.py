"""What is read from a good course folder, and that nothing read makes the program fall over."""

import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from certify.courseware.checker import check_course
from certify.courseware.loader import load_course, own_front, source_hash
from certify.courseware.toml_place import line_of
from tests.courseware.conftest import SAMPLE, TYPES, CourseFolder

SECONDS = 3.0
"""No file of an honest size may take longer, on a busy machine too (one second alone, G12)."""


def test_an_item_is_read_with_its_key_its_wordings_and_what_it_rests_on(
    course: CourseFolder,
) -> None:
    items = {item.code: item for item in load_course(course.path, TYPES).items}

    item = items["LIM-101"]
    content = item.content.model_dump()
    assert (item.type, item.topic, item.difficulty) == ("multiple", "limits", 2)
    assert (item.facts, item.standards) == (("S2-CT-01",), ("CS-001",))
    assert content["key"] == ("a", "b")
    assert content["options"]["c"] == {"zh": "60 秒内接听", "en": "Pick up within 60 s"}
    assert content["explanation"]["en"] == "CS-001 says 10 s and 30 s."
    assert items["LIM-202"].content.model_dump()["key"] == ("f",)


def test_a_stem_may_have_paragraphs_a_list_of_facts_and_code(course: CourseFolder) -> None:
    course.replace(
        "items/greeting.md",
        "第 1 位客户来电，应当先做什么？",
        "第一段。\n\n| 步骤 | 人 |\n|---|---|\n| 接听 | 客服 |\n\n"
        "```\n- [x] 不是答案\n```\n\n先做什么？",
    )

    loaded = load_course(course.path, TYPES)

    item = next(item for item in loaded.items if item.code == "GRE-001")
    assert loaded.findings == []
    assert item.text.block.stem.startswith("第一段。\n\n| 步骤")
    assert item.text.block.stem.endswith("先做什么？")
    assert "- [x] 不是答案" in item.text.block.stem


def test_an_explanation_keeps_its_paragraphs_without_the_marks_of_the_quote(
    course: CourseFolder,
) -> None:
    course.replace("items/greeting.md", "> 先问候。", "> 先问候。\n>\n> 再倾听。")

    item = load_course(course.path, TYPES).items[0]

    assert item.text.block.explanation == "先问候。\n\n再倾听。"


def test_lessons_come_in_the_order_of_their_file_names(course: CourseFolder) -> None:
    for language in ("zh", "en"):
        (course.path / language / "01-lesson.md").rename(course.path / language / "04-lesson.md")

    lessons = load_course(course.path, TYPES).lessons

    assert [own_front(texts).id for texts in lessons] == ["lesson-2", "lesson-3", "lesson-1"]


def test_the_hash_of_a_course_changes_with_any_byte_or_name_of_its_files(
    course: CourseFolder,
) -> None:
    first = source_hash(course.path)
    (course.path / "notes.txt").write_text("not part of the course")
    assert source_hash(course.path) == first

    seen = {first}
    course.add("zh/01-lesson.md", " ")
    seen.add(source_hash(course.path))
    (course.path / "zh/03-lesson.md").rename(course.path / "zh/3.md")
    seen.add(source_hash(course.path))
    (course.path / "zh/3.md").unlink()
    seen.add(source_hash(course.path))
    assert len(seen) == 4


def test_the_hash_does_not_depend_on_where_the_folder_lies(
    course: CourseFolder, tmp_path: Path
) -> None:
    shutil.copytree(course.path, tmp_path / "elsewhere")

    assert source_hash(tmp_path / "elsewhere") == source_hash(course.path)


def test_the_line_of_a_value_is_that_of_the_nearest_key_that_stands_there() -> None:
    text = (
        'a = 1\n[title]\nzh = "x"\n'
        "[[exams]]\nminutes = 1\n[[exams]]\n[[exams.blueprint]]\ncount = 2\n"
    )

    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("title", "zh")) == 3
    assert line_of(text, ("title", "en")) == 2
    assert line_of(text, ("exams", 0, "minutes")) == 5
    assert line_of(text, ("exams", 1)) == 6
    assert line_of(text, ("exams", 1, "blueprint", 0, "count")) == 8
    assert line_of(text, ("nowhere",)) == 1


pieces = st.sampled_from(
    [
        "## GRE-001 {type=single difficulty=2 topic=greeting fact=S2-ST3-03}\n",
        "## GRE-002",
        "## ",
        "# ",
        "> ## GRE-003 {}\n",
        "- ## GRE-004\n",
        "- [x] 甲\n",
        "- [ ] 乙\n",
        "  - [ ] 丙\n",
        "* ",
        "1. ",
        "> ",
        ">> ",
        "\n",
        "\n\n",
        "---\n",
        "===\n",
        "```\n",
        "~~~",
        "    ",
        "\t",
        "| a | b |\n|---|---|\n| c |\n",
        "[x]: /etc/passwd\n",
        "[x]",
        "](",
        "<b>",
        "<!--",
        "&#27;",
        "&#x202e;",
        "\\",
        "*a **b",
        "`",
        "![",
        "{",
        "}",
        "type=single ",
        "+++\n",
        'id = "x"\n',
        "title = ",
        "\x1b]0;",
        "文字",
        "x",
    ]
)
markdown = st.lists(pieces | st.text(max_size=8), max_size=40).map("".join)
toml_pieces = st.sampled_from(
    [
        "[[exams]]\n",
        "[[exams.blueprint]]\n",
        "[exams]\n",
        "[title]\n",
        "[",
        "]\n",
        "[[topics]]\n",
        'code = "x"\n',
        "code = 1\n",
        "count = -1\n",
        "points = 1e400\n",
        "points = nan\n",
        "hours = inf\n",
        'zh = "\\u001b"\n',
        "topics = []\n",
        "x = {a = {b = [1, {c = 2}]}}\n",
        "a.b.c = 1\n",
        '"a b" = 1\n',
        "d = 2024-02-30\n",
        "d = 2024-02-29T00:00:00Z\n",
        "'''",
        '"""',
        "=",
        "#",
        "\n",
    ]
)
toml = st.lists(toml_pieces | st.text(max_size=8), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        ["zh/01-lesson.md", "en/01-lesson.md", "items/greeting.md", "items/greeting.en.md"]
    ),
    markdown,
    st.booleans(),
)
def test_no_markdown_makes_a_check_fail_or_take_long(name: str, text: str, after: bool) -> None:
    _check_with(name, text, after)


@settings(max_examples=150, deadline=None)
@given(toml, st.booleans())
def test_no_toml_makes_a_check_fail_or_take_long(text: str, after: bool) -> None:
    _check_with("course.toml", text, after)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["course.toml", "zh/01-lesson.md", "items/limits.md"]), st.data())
def test_no_single_changed_place_of_a_good_course_makes_a_check_fail(
    name: str, data: st.DataObject
) -> None:
    good = (SAMPLE / name).read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 30)))
    _check_bytes(name, good[:start] + data.draw(st.binary(max_size=6)) + good[end:])


def test_texts_made_to_be_slow_are_checked_quickly() -> None:
    size = 20_000
    for part in ("[", "![", "*a **a", "`a``b", "> ", "- ", "<", "[a](", "[\n", "&#", "a  \n"):
        text = part * (size // len(part))
        _check_with("items/greeting.md", text, after=False)
        _check_with("zh/01-lesson.md", text, after=True)
    for text in (
        "| a " * 10_000 + "\n" + "|---" * 10_000,
        "## GRE-001 {" + "a=b " * 10_000 + "}",
        "## GRE-001\n\n" + "- [x] a\n" * 5_000,
        "[a]: https://b\n" * 3_000,
    ):
        _check_with("items/greeting.md", text, after=False)


_folder = tempfile.TemporaryDirectory()
shutil.copytree(SAMPLE, Path(_folder.name) / "sample")


def _check_with(name: str, text: str, after: bool) -> None:
    good = (SAMPLE / name).read_text(encoding="utf-8") if after else ""
    _check_bytes(name, (good + text).encode("utf-8", "surrogatepass"))


def _check_bytes(name: str, data: bytes) -> None:
    folder = Path(_folder.name) / "sample"
    (folder / name).write_bytes(data)
    started = time.process_time()
    try:
        course = check_course(folder, TYPES)
    finally:
        shutil.copyfile(SAMPLE / name, folder / name)
    assert time.process_time() - started < SECONDS
    for found in course.findings:
        assert found.line >= 1
        assert found.message

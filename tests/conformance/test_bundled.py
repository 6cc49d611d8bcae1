"""The bundled plugins keep what plugins promise, each on what it would meet."""

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from certify.conformance import check_plugin, question_types
from certify.hooks import registry
from certify.hooks.registry import Plugins
from tests.plugins.sheets import old_workbook, saved, workbook

COURSES = Path(__file__).parents[2] / "courses"
SAMPLES = Path(__file__).parent / "samples"
TABLE: Sequence[Sequence[str]] = (
    ("题型", "题干", "选项A", "选项B", "选项C", "答案", "知识点"),
    ("单选题", "投诉首先要做什么？", "解释", "倾听", "记录", "B", "投诉"),
    ("判断题", "投诉可以不记录。", "", "", "", "错", "投诉"),
)
PAGE = ("一、单选题", "1. 投诉首先要做什么？（ B ）", "A. 解释", "B. 倾听", "C. 记录")


def giving(kind: str) -> list[str]:
    """The bundled plugins that give something of a kind."""
    found = registry.load().status.values()
    return [one.name for one in found if any(gift.startswith(kind) for gift in one.gives)]


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    """Everything that is installed."""
    return registry.load()


@pytest.mark.parametrize("name", giving("question type"))
def test_every_bundled_question_type_keeps_its_promises_on_the_bundled_courses(
    name: str, plugins: Plugins
) -> None:
    kind, gives = "question type ", plugins.status[name].gives
    types = [gift.removeprefix(kind) for gift in gives if gift.startswith(kind)]
    checked = [
        (type_, list(question_types.check(plugins, [type_], course / "items")))
        for type_ in types
        for course in sorted(COURSES.iterdir())
    ]

    untried = "samples/*.md"
    assert [f for _type, faults in checked for f in faults if untried not in f.message] == []
    assert {type_ for type_, faults in checked if faults == []} == set(types)


@pytest.mark.parametrize("name", giving("item format"))
def test_every_bundled_item_format_keeps_its_promises(
    name: str, plugins: Plugins, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SAMPLES, tmp_path / "samples"))
    (folder / "cards.xlsx").write_bytes(saved(workbook({"题库": TABLE})))
    (folder / "cards.xls").write_bytes(old_workbook(TABLE))
    page = docx.Document()
    for line in PAGE:
        page.add_paragraph(line)
    out = io.BytesIO()
    page.save(out)
    (folder / "cards.docx").write_bytes(out.getvalue())

    assert list(check_plugin(plugins, name, folder)) == []


@pytest.mark.parametrize(
    "name", [*giving("export format"), *giving("course"), *giving("evaluation scheme")]
)
def test_every_bundled_export_format_course_and_scheme_keeps_its_promises(
    name: str, plugins: Plugins
) -> None:
    assert list(check_plugin(plugins, name)) == []

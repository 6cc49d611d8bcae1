"""A new course checks clean, whatever its trainer calls it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.courseware import scaffold
from certify.courseware.checker import check_course
from certify.courseware.scaffold import NewCourse
from certify.domain.clean import FORBIDDEN
from certify.hooks import registry

TYPES = registry.load(("choice",)).question_types
NAMES = st.text(min_size=1, max_size=30).filter(
    lambda text: text.strip() and not FORBIDDEN.search(text) and "\n" not in text
)


@pytest.mark.parametrize("name", ["<b>", "![x](y)", "a*b*c", "[x]: y", "&amp;", '"q" \\ {x}'])
def test_a_name_with_signs_of_markdown_or_toml_stays_a_name(name: str, tmp_path: Path) -> None:
    scaffold.write(new_course(topics=[{"zh": name}], title={"zh": name}), tmp_path / "new")

    assert check_course(tmp_path / "new", TYPES).findings == []


def new_course(**given: object) -> NewCourse:
    facts: dict[str, object] = {
        "code": "parcel-counter",
        "kind": "special",
        "phase": None,
        "language": "zh",
        "title": {"zh": "快递柜台", "en": "Parcel counter"},
        "topics": [{"zh": "取件", "en": "Handing out"}, {"zh": "寄件"}],
    }
    return NewCourse(**{**facts, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["onboarding", "in-service", "special"])
def test_a_new_course_of_every_kind_checks_clean(kind: str, language: str, tmp_path: Path) -> None:
    phase = "department" if kind == "onboarding" else None
    topics = [{language: "one"}, {language: "two"}]
    title = {language: "Name"}
    course = new_course(kind=kind, phase=phase, language=language, topics=topics, title=title)

    scaffold.write(course, tmp_path / "new")
    checked = check_course(tmp_path / "new", TYPES)

    assert checked.findings == []
    assert len(checked.lessons) == (3 if kind == "onboarding" else 1)
    assert len(checked.items) == 2


def test_a_course_in_two_languages_has_every_file_in_both(tmp_path: Path) -> None:
    scaffold.write(new_course(), tmp_path / "new")

    checked = check_course(tmp_path / "new", TYPES)

    assert checked.findings == []
    assert all(set(texts) == {"zh", "en"} for texts in checked.lessons)
    assert all(item.others for item in checked.items)


@settings(max_examples=60)
@given(title=NAMES, topics=st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_no_name_breaks_the_files(
    title: str, topics: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("course")
    course = new_course(title={"zh": title}, topics=[{"zh": topic} for topic in topics])

    scaffold.write(course, folder)
    checked = check_course(folder, TYPES)

    assert checked.errors == []
    assert checked.manifest is not None
    assert checked.manifest.title["zh"] == title
    assert [topic.zh for topic in checked.manifest.topics] == topics


def test_the_ids_of_its_items_begin_like_those_of_no_other_course() -> None:
    first = new_course()

    assert first.prefix == "PC"
    assert new_course(taken={"PC"}).prefix == "PAR"
    assert new_course(taken={"PC", "PAR"}).prefix == "PAR2"
    assert new_course(code="x1").prefix == "XX"

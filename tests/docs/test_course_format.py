"""The page on the course format names what the check looks for."""

import re
from pathlib import Path

import pytest

from certify.courseware.finding import Finding
from certify.courseware.item_bank import read_bank_file
from certify.domain.number_words import ASKS_NUMBER, NUMBER
from certify.hooks import registry
from tests.docs.pages import DOCS, blocks

PAGE = (DOCS / "reference" / "course-format.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("### Items that ask for a number")[2].partition("\n### ")[0]
TYPES = registry.load().question_types
OTHER_CODE = {*TYPES, "standard", "CS-003", "[[sources]]", "几"}
EXAMPLES = [one.body for one in blocks(PAGE) if one.language == "markdown" and "{type=" in one.body]


def test_the_page_has_the_patterns_of_the_check() -> None:
    shown = next(block.body for block in blocks(PAGE) if block.language == "regex")
    assert shown.splitlines() == [ASKS_NUMBER.pattern, NUMBER.pattern]


@pytest.mark.parametrize(
    "words", sorted(set(re.findall(r"`([^`]+)`", SECTION.partition("| number |")[0])) - OTHER_CODE)
)
def test_every_word_on_the_page_asks_for_a_number(words: str) -> None:
    assert ASKS_NUMBER.search(words)


@pytest.mark.parametrize(
    "text",
    ["3 天", "两个工作日", "十%", "三声内", "5 working days", "twenty minutes", "7 per cent"],
)
def test_a_number_with_a_unit_is_found(text: str) -> None:
    assert NUMBER.search(text)


def test_the_example_of_the_readme_is_that_of_the_page() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    item = next(block.body for block in blocks(readme) if block.language == "markdown")
    assert item.splitlines()[0] in PAGE


def test_every_example_on_the_page_is_an_item_of_its_type(tmp_path: Path) -> None:
    seen = set()
    for number, example in enumerate(EXAMPLES):
        file = tmp_path / f"{number}.md"
        file.write_text(example, encoding="utf-8")
        findings: list[Finding] = []
        for item in read_bank_file(file, has_keys=True, findings=findings):
            kind = TYPES[item.attributes["type"]]
            content = kind.from_markdown({"zh": item.block})
            assert not kind.check(content)
            seen.add(kind.name)
        assert findings == []

    assert {"single", "ordering", "matching", "numeric", "text", "cloze", "essay"} <= seen


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE

"""The reference pages made from the code say what the code says, and the code says something."""

import inspect
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from certify.cli.command import Option
from certify.policy import Policy
from docs.generate import PAGES, REFERENCE
from docs.images.make import PICTURE
from docs.pages import commands, policy, words
from tests.docs.pages import DOCS, blocks


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


def test_a_policy_value_without_words_is_refused() -> None:
    class Silent(BaseModel):
        """A section with a value that says nothing."""

        value: int = 1

    with pytest.raises(words.NoWords, match=r"Silent\.value"):
        policy._fields("Silent", Silent, has_defaults=True)


def test_an_option_without_words_is_refused() -> None:
    command = click.Command("silent", params=[Option(["--loud"])])
    with pytest.raises(words.NoWords, match="silent loud"):
        list(commands._parameters(click.Context(command, info_name="silent"), command))


@pytest.mark.parametrize("text", [None, "", "  ", "(R-ASM-03)"])
def test_nothing_is_no_documentation(text: str | None) -> None:
    with pytest.raises(words.NoWords, match="hook x"):
        words.said(text, "hook x")


def test_requirement_numbers_are_left_out() -> None:
    assert words.said("The mark (R-ASM-03), cut (G14).", "mark") == "The mark, cut."


def test_fields_without_a_docstring_are_found() -> None:
    class Two:
        said: int
        """A word."""
        silent: int

    assert words.attribute_docs(Two) == {"said": "A word.", "silent": ""}


def test_the_defaults_shown_are_the_defaults() -> None:
    page = (REFERENCE / "policy.md").read_text(encoding="utf-8")
    shown = next(block.body for block in blocks(page) if block.language == "toml")
    assert Policy.model_validate(tomllib.loads(shown)) == Policy()


def test_every_command_is_on_the_page() -> None:
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    for context, _command in commands.tree():
        assert f"\n## {context.command_path}\n" in page


def test_the_examples_of_hooks_are_python() -> None:
    page = (REFERENCE / "hooks.md").read_text(encoding="utf-8")
    for block in blocks(page):
        if block.language == "python" and block.body.startswith("@hookimpl"):
            compile(block.body, "example", "exec")


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    for folder in ("tutorial", "how-to", "reference", "explanation"):
        for page in (DOCS / folder).glob("*.md"):
            assert f"({folder}/{page.name})" in index


def test_the_picture_shows_an_exam_with_an_answer_saved() -> None:
    picture = PICTURE.read_text(encoding="utf-8")
    assert "✓" in picture
    assert "textLength" in picture
    assert "@font-face" not in picture


@pytest.mark.parametrize("page", PAGES.values())
def test_a_page_is_made_by_a_documented_function(page: Callable[[], str]) -> None:
    assert inspect.getdoc(page)
    assert Path(inspect.getfile(page)).parent == DOCS / "pages"

"""Every command line of the pages is one that certify understands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from certify.cli.main import certify
from tests.docs.pages import PAGES, ROOT, blocks, name_of

MAKE_TARGET = re.compile(r"\bmake ([a-z-]+)")
OPERATORS = re.compile(r"\s*(?:[|>]|&&|;).*")


def _shown(page: Path) -> list[str]:
    """Command lines: after `$ `, and lines that begin with the program's name."""
    found = []
    for block in blocks(page.read_text(encoding="utf-8")):
        for line in block.body.splitlines():
            typed = line.removeprefix("$ ")
            is_marked = block.language == "console" and typed != line
            if (is_marked or not block.language) and typed.startswith("certify "):
                found.append(OPERATORS.sub("", typed))
    return found


SHOWN = [
    pytest.param(line, id=f"{name_of(page)}: {line}")
    for page in PAGES
    if page.name != "commands.md"
    for line in _shown(page)
]


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_line_that_is_shown_is_understood(line: str) -> None:
    context = certify.make_context("certify", shlex.split(line)[1:])
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        if not rest:
            assert context.command.invoke_without_command
            break
        name, command, rest = context.command.resolve_command(context, rest)
        assert command is not None
        context = command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_make_target_that_is_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    code = [block.body for block in blocks(text)] + re.findall(r"`([^`\n]+)`", text)
    for part in code:
        for line in part.splitlines():
            if found := MAKE_TARGET.match(line.strip()):
                assert found[1] in targets, line


def test_the_readme_shows_commands() -> None:
    assert len(_shown(ROOT / "README.md")) >= 5

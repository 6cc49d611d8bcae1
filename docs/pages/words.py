"""What all generated pages share: docstrings, tables, and the refusal of what has no words."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

REQUIREMENT = re.compile(r"\s*\((?:R-[A-Z]+|G\d)[A-Z0-9,\s–…-]*\)")
"""The number of a requirement, which says something to developers only."""
SECTION = re.compile(r"(Args|Returns|Raises|Example):")


class NoWords(Exception):
    """Something that people use has no explanation in the code."""


def said(text: str | None, what: str) -> str:
    """An explanation without requirement numbers.

    Raises:
        NoWords: there is none.
    """
    cleaned = REQUIREMENT.sub("", inspect.cleandoc(text or "")).strip()
    if not cleaned:
        raise NoWords(f"{what} has no documentation: write its docstring or help")
    return cleaned


def head(title: str, source: str, *paragraphs: str) -> list[str]:
    """The beginning of a page."""
    note = f"<!-- Made by `make docs` from {source}. Change it there. -->"
    return [f"# {title}", note, *paragraphs]


def joined(parts: Iterable[str]) -> str:
    """A page from its blocks."""
    return "\n\n".join(parts) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table."""
    body = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(map(cell, row)) + " |" for row in body)


def cell(text: str) -> str:
    """A text that stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str, language: str = "") -> str:
    """A code block."""
    return f"```{language}\n{text.strip()}\n```"


def attribute_docs(cls: type) -> dict[str, str]:
    """The docstrings under the fields of a class, by field; empty where there is none."""
    body = _class_body(cls)
    found: dict[str, str] = {}
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            text = after.value if isinstance(after, ast.Expr) else None
            found[node.target.id] = str(text.value) if isinstance(text, ast.Constant) else ""
    return found


def _class_body(cls: type) -> list[ast.stmt]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)  # noqa: S101  the source of a class
    return tree.body


def signature(function: Callable[..., object]) -> str:
    """A function as it is written, without `self`."""
    written = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(written, ast.FunctionDef)  # noqa: S101  the source of a function
    written.args.args = [one for one in written.args.args if one.arg != "self"]
    result = f" -> {ast.unparse(written.returns)}" if written.returns else ""
    return f"def {written.name}({ast.unparse(written.args)}){result}"


def field_lines(cls: type) -> str:
    """The fields of a class as they are written, each below its docstring as a comment."""
    docs = attribute_docs(cls)
    lines = []
    for node in _class_body(cls):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            doc = " ".join(REQUIREMENT.sub("", docs[node.target.id]).split())
            lines += [*textwrap.wrap(f"# {doc}", 96, subsequent_indent="# ")] if doc else []
            lines.append(ast.unparse(node))
    return "\n".join(lines)


def prose(doc: str) -> Iterator[str]:
    """A docstring as Markdown: `Example:` becomes code, `Args:` and `Raises:` lists."""
    for part in re.split(r"\n(?=(?:Args|Returns|Raises|Example):)", doc):
        title = SECTION.match(part)
        if title is None:
            yield part.strip()
            continue
        body = textwrap.dedent(part[title.end() :].strip("\n"))
        if title[1] == "Example":
            yield "Example:"
            yield code(body, "python")
        else:
            entries = re.sub(r"\n\s+", " ", body).splitlines()
            yield f"{title[1]}:"
            yield "\n".join(f"- {_entry(entry)}" for entry in entries)


def _entry(text: str) -> str:
    name, colon, rest = text.partition(": ")
    names = ", ".join(f"`{part}`" for part in name.rstrip(":").split(", "))
    return f"{names}: {rest}" if colon else names

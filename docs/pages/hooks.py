"""`reference/hooks.md`: what a plugin may implement, and the contracts it meets there."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from types import FunctionType

from certify import api
from certify.api import (
    Column,
    Criterion,
    ExportFormat,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
    Sheet,
)
from certify.hooks import events, hookspecs
from docs.pages.words import (
    attribute_docs,
    code,
    field_lines,
    head,
    joined,
    prose,
    said,
    signature,
    table,
)


def page() -> str:
    """The page."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield from head(
        "Hooks",
        "`src/certify/hooks/hookspecs.py` and `src/certify/api.py`",
        "A plugin is an installed Python package with an entry point in the group `certify`. It "
        "implements the hooks it needs as functions marked with `certify.api.hookimpl`. It "
        "imports `certify.api` and, in `widget.py`, `certify.tui.question_widget`; nothing else "
        "of certify.",
        code('[project.entry-points.certify]\nour-products = "certify_our_products"', "toml"),
        "A plugin that raises an error, implements an unknown hook or gives a name that is taken "
        "is disabled for the run; `certify plugin list` names it with the reason. The others "
        "work. The setting `plugins` limits which plugins may be loaded.",
    )
    for group in (hookspecs.Registering, hookspecs.Hearing):
        yield f"## {group.__name__}"
        yield said(group.__doc__, group.__name__)
        for name, hook in _methods(group):
            yield f"### {name}"
            yield code(signature(hook), "python")
            yield from prose(said(hook.__doc__, f"hook {name}"))
    yield "## What listeners receive"
    yield said(events.__doc__, "events")
    for summary in _summaries():
        yield f"### {summary.__name__}"
        yield said(summary.__doc__, summary.__name__)
        yield code(field_lines(summary), "python")
    for contract, given in (
        (QuestionType, (ItemBlock, Score, Criterion, SampleAnswer)),
        (ExportFormat, (Sheet, Column)),
    ):
        yield from _contract(contract)
        for one in given:
            yield f"### {one.__name__}"
            yield said(one.__doc__, one.__name__)
            yield code(field_lines(one), "python")
    yield "## Names in certify.api"
    yield table(
        ["Name", "What it is"],
        [[f"`{name}`", _what(name)] for name in sorted(api.__all__, key=str.lower)],
    )


def _what(name: str) -> str:
    if name == "hookimpl":  # an object of pluggy, whose docstring is about its class
        return "Marks a function of a plugin as the implementation of a hook."
    return said(getattr(api, name).__doc__, name).partition("\n")[0]


def _contract(contract: type) -> Iterator[str]:
    yield f"## {contract.__name__}"
    yield from prose(said(contract.__doc__, contract.__name__))
    rows = [
        [f"`{name}`", said(text, f"{contract.__name__}.{name}")]
        for name, text in attribute_docs(contract).items()
        if text
    ]
    yield table(["Attribute", "What it is"], rows)
    for name, method in _methods(contract):
        yield f"### {contract.__name__}.{name}"
        yield code(signature(method), "python")
        yield from prose(said(method.__doc__, f"{contract.__name__}.{name}"))


def _methods(cls: type) -> list[tuple[str, FunctionType]]:
    return [(name, one) for name, one in vars(cls).items() if isinstance(one, FunctionType)]


def _summaries() -> list[type]:
    return [one for one in vars(events).values() if isinstance(one, type) and is_dataclass(one)]

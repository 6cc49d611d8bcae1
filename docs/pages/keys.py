"""`reference/keys.md`: the keys of every screen, from the bindings that the screens have."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

import certify.tui
from certify.tui.app import CertifyApp
from certify.tui.page import Page
from certify.tui.widgets.key_line import key_name
from docs.pages.words import head, joined, said, table

TITLES = {
    "AnswerField": "A field that an answer is typed into",
    "AskNumber": "Asking for a number",
    "ChoiceList": "A question with options",
    "Choices": "A choice among a few values",
    "Choose": "Choosing from a short list",
    "Confirm": "Yes or no",
    "Done": "A report",
    "Fields": "A form",
    "Form": "Leaving a form",
    "ListPage": "Lists that can be searched",
    "Notice": "A message",
    "Paper": "A text: lesson, rules, result",
    "QuestionWidget": "Any question",
    "Rows": "A list",
    "StartCode": "A start code",
    "WrittenWidget": "A question that is answered in writing",
}
"""Plain words for parts whose class names say little; other parts have the class name in words."""


def page() -> str:
    """The page."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield from head(
        "Keys",
        "the bindings in `src/certify/tui/`",
        "The keys that work now stand on the last line of the screen. F1 explains the screen. "
        "Nothing needs a mouse.",
        "## Everywhere",
        _keys([CertifyApp, Page]),
        "## Screens",
    )
    found = sorted(_classes(), key=_title)
    screens = [one for one in found if vars(one).get("HELP") and not issubclass(one, ModalScreen)]
    for one in screens:
        yield f"### {_title(one)}"
        yield str(vars(one)["HELP"])
        yield _keys([one])
    parts = [one for one in found if one not in screens and not issubclass(one, App | Page)]
    small = [one for one in parts if issubclass(one, ModalScreen)]
    for title, kinds in (
        ("Small questions and messages", small),
        ("Parts of screens", [one for one in parts if not issubclass(one, Screen)]),
    ):
        yield f"## {title}"
        for one in kinds:
            yield f"### {_title(one)}"
            yield _keys([one])


def _classes() -> Iterator[type[DOMNode]]:
    """Every class of the screens that binds keys of its own."""
    for module in pkgutil.walk_packages(certify.tui.__path__, "certify.tui."):
        for one in vars(importlib.import_module(module.name)).values():
            if (
                isinstance(one, type)
                and issubclass(one, DOMNode)
                and one.__module__ == module.name
                and vars(one).get("BINDINGS")
            ):
                yield one


def _title(one: type) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", one.__name__.removesuffix("Screen"))
    return TITLES.get(one.__name__, words.capitalize())


def _keys(owners: Sequence[type[DOMNode]]) -> str:
    rows: dict[tuple[str, str], list[str]] = {}
    for owner in owners:
        for one in owner.BINDINGS:
            assert isinstance(one, Binding)  # noqa: S101  certify writes no others
            what = said(one.description, f"key {one.key} of {owner.__name__}")
            action = one.action.partition("(")[0]
            rows.setdefault((what, action), []).extend(one.key.split(","))
    return table(["Key", "What it does"], [[_list(keys), what] for (what, _), keys in rows.items()])


def _list(keys: list[str]) -> str:
    """The keys as they are printed on a keyboard; a row of digits in short."""
    digits = [key for key in keys if key.isdecimal()]
    names = [f"`{key_name(key)}`" for key in keys if key not in digits]
    if digits:
        first, last = f"`{digits[0]}`", f"`{digits[-1]}`"
        names.insert(0, first if first == last else f"{first} … {last}")
    return ", ".join(names)

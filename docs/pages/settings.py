"""`reference/settings.md`: where an installation finds its things and how it looks."""

from collections.abc import Iterator
from dataclasses import MISSING, fields

import click

from certify.cli.main import certify
from certify.settings import Settings
from docs.pages.words import attribute_docs, code, head, joined, said, table


def page() -> str:
    """The page."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield from head(
        "Settings",
        "`src/certify/settings.py`",
        "Settings say where things are and how the screens look. Company rules are in the "
        "[policy](policy.md).",
        "A setting is taken from the command line; if it is not given there, from the "
        "environment; if it is not there either, from `settings.toml` in the home; else the "
        "default holds.",
    )
    docs = attribute_docs(Settings)
    options = {option.name: option.opts[0] for option in _options()}
    yield table(
        ["Setting", "Command line", "Environment", "In settings.toml", "Default", "Meaning"],
        [
            [
                f"`{one.name}`",
                f"`{options[one.name]}`" if one.name in options else "–",
                f"`CERTIFY_{one.name.upper()}`",
                f"`{one.name}`" if one.name != "home" else "–",
                _default(one.default),
                said(docs[one.name], f"setting {one.name}"),
            ]
            for one in fields(Settings)
        ],
    )
    yield "The file holds only what differs from the defaults, for example:"
    yield code('lang = "zh"\ntheme = "light"', "toml")
    yield (
        "The screens write language and theme there when somebody switches them with F2 and F3. "
        "A name that is not in this table is refused."
    )
    yield "## Files in the home"
    yield table(
        ["File or folder", "What it holds"],
        [
            ["`certify.db`", "The SQLite database, with `-wal` and `-shm` beside it while in use."],
            ["`settings.toml`", "The settings above."],
            ["`policy.toml`", "The company's rules; see [Policy](policy.md)."],
            ["`courses/`", "Course folders of your own; loaded like those of a plugin."],
            ["`exports/`", "Where exports go that are given no other place."],
            ["`certify.log`", "Warnings and faults; made with the first of them."],
        ],
    )


def _default(value: object) -> str:
    if value is MISSING:
        return "the user's data folder"
    return f"`{value}`" if value else "empty"


def _options() -> list[click.Option]:
    return [one for one in certify.params if isinstance(one, click.Option)]

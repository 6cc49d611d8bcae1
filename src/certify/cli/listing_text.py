"""Lists on standard output: aligned columns for people, JSON for programs."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import click

from certify.cli.command import option
from certify.cli.text import table
from certify.domain.clean import FORBIDDEN, clean_line
from certify.i18n import N_

json_option = option("--json", "as_json", is_flag=True, help=N_("As JSON, for programs."))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows below their headings, or say that there are none."""
    cells = [[clean_line("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not cells:
        click.echo(empty)
        return
    for line in table(columns, cells):
        click.echo(line)


def print_json(value: object) -> None:
    """Print data as UTF-8 JSON, whatever the terminal's own encoding is.

    What a terminal would obey is written as `\\u009b`; programs read the same from it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    text = FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")

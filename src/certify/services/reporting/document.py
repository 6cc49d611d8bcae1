"""A report or dossier as sections of sentences and tables: said as Markdown, text or JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from certify.domain.clean import clean_line
from certify.i18n import _
from certify.services.reporting.said import Percent, Said, shown


@dataclass(frozen=True)
class Section:
    """One part: sentences, and a table where there is one."""

    name: str
    """By which programs find it."""
    title: Said
    lines: tuple[Said, ...] = ()
    columns: Mapping[str, str] | None = None
    """Heading (English source text) of each column by its name."""
    rows: tuple[tuple[object, ...], ...] = ()
    empty: Said | None = None
    """What is said in place of a table without rows."""


@dataclass(frozen=True)
class Document:
    """A whole report."""

    name: str
    title: Said
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section:
        """One part by its name."""
        return next(one for one in self.sections if one.name == name)


def markdown(document: Document) -> list[str]:
    """The lines of a document as Markdown, in the language being spoken."""
    lines = [f"# {_cell(document.title)}"]
    for section in document.sections:
        lines += ["", f"## {_cell(section.title)}", ""]
        lines += [f"- {_cell(one)}" for one in section.lines]
        if section.rows and section.columns:
            lines += [""] if section.lines else []
            lines.append(_row([_(head) for head in section.columns.values()]))
            lines.append(_row(["---"] * len(section.columns)))
            lines += [_row([_cell(cell) for cell in row]) for row in section.rows]
        elif section.empty is not None:
            lines.append(f"- {_cell(section.empty)}")
    return lines


def plain(document: Document) -> dict[str, Any]:
    """A document for programs: facts by name, rows by column; sentences as they are said."""
    return {
        "report": document.name,
        "title": str(document.title),
        "sections": {
            section.name: {
                "title": str(section.title),
                "facts": {
                    name: _plain(value)
                    for one in section.lines
                    for name, value in one.facts.items()
                },
                "lines": [str(one) for one in section.lines],
                "rows": [
                    {
                        name: _plain(cell)
                        for name, cell in zip(section.columns or (), row, strict=True)
                    }
                    for row in section.rows
                ],
            }
            for section in document.sections
        },
    }


def _plain(value: object) -> object:
    if isinstance(value, Said):
        return str(value)
    if isinstance(value, Percent):
        return None if value.share is None else str(value.share)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


def _cell(value: object) -> str:
    return clean_line(shown(value)).strip()


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

"""`md`: a page to read or to paste, with a pipe table."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from certify.api import N_, ExportFormat, Sheet, clean, clean_line

SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!@$]|(?<=:)//|(?<=www)\.")
"""What Markdown or its common extensions give a meaning to inside a line, links included."""


class MarkdownFormat(ExportFormat):
    """Title, header facts as a list, then the table."""

    name = "md"
    suffix = ".md"
    label = N_("Markdown for reading")
    is_text = True

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        def line(text: str = "") -> None:
            out.write(f"{text}\n".encode())

        line(f"# {_inline(sheet.title)}")
        line()
        for _key, label, value in sheet.header:
            line(f"- {_inline(label)}: {_inline(value)}")
        line()
        line(_row(column.heading for column in sheet.columns))
        line(_row_raw("---" for _column in sheet.columns))
        for row in sheet.rows:
            line(_row(row))


def _row(cells: Iterable[str]) -> str:
    return _row_raw(_cell(cell) for cell in cells)


def _row_raw(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _escape(clean_line(text))


def _cell(text: str) -> str:
    """The same for a cell, where a line break is allowed."""
    return "<br>".join(_escape(line) for line in clean(text).split("\n"))


def _escape(text: str) -> str:
    return SPECIAL.sub(lambda found: f"\\{found[0]}", text)

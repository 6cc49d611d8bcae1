"""An exported on-post list held against the books: what differs, row by row (R-FRM-02).

Qualifications change by exams and decisions only, so nothing of a file is ever taken over.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from certify.courseware.table_file import Row, read_table
from certify.domain.clean import clean_line
from certify.domain.exchange import unguard
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import LANGUAGES, _, speaking
from certify.platform import Platform
from certify.services.exporting import form_rows
from certify.services.forms.form import Wanted

FORM = "qualification-list"
KEY = "certificate"


@dataclass(frozen=True)
class Difference:
    """One cell that is not what the books say."""

    row: int
    """Number of the row in the program that shows the file; 0: missing in the file."""
    certificate: str
    column: str
    """Its heading; empty where the whole row is meant."""
    in_file: str
    in_books: str


@dataclass(frozen=True)
class Comparison:
    """What holding a file against the books found."""

    found: int
    """Rows of the file."""
    same: int
    differences: tuple[Difference, ...]


def compare(platform: Platform, *, actor: Actor, path: Path, wanted: Wanted) -> Comparison:
    """Hold an exported list against what it would be now; nothing is written.

    Args:
        wanted: the filter it was exported with.
    Raises:
        NotPermitted
        BadInput: it is no such list.
    """
    for language in LANGUAGES:
        with speaking(language):
            columns, rows = form_rows(platform, actor=actor, form=FORM, wanted=wanted)
            headings = [column.heading for column in columns]
        if (table := read_table(path, partial(_has, headings))) is not None:
            break
    else:
        raise BadInput(
            _("This is no on-post qualification list."),
            place=clean_line(path.name),
            mend=_("Take a file of “certify export qualification-list”."),
        )
    places = [_texts(table.headings).index(heading) for heading in headings]
    key = [column.key for column in columns].index(KEY)
    books = {row[key]: row for row in rows}
    differences, same = [], 0
    for row in table.rows:
        cells = [unguard(text) for text in _texts(row)]
        said = [cells[place] if place < len(cells) else "" for place in places]
        known = books.pop(said[key], None)
        if known is None:
            differences.append(Difference(row.number, said[key], "", said[key], ""))
            continue
        wrong = [
            Difference(row.number, said[key], heading, own, right)
            for heading, own, right in zip(headings, said, known, strict=True)
            if own != right
        ]
        same += not wrong
        differences += wrong
    differences += [Difference(0, number, "", "", number) for number in books]
    return Comparison(len(table.rows), same, tuple(differences))


def _has(headings: list[str], row: Row) -> bool:
    return set(headings) <= set(_texts(row))


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]

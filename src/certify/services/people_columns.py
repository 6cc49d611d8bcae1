"""What the columns of a people file mean: guessed from their headings, or said by HR and kept.

A heading that nobody knows is ignored until HR says which field it is. The mapping of a file is
kept per person and offered for the next file with the same headings.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certify.courseware.table_file import Row, Table, read_table
from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services import people_words, saved_views

PAGE = "people-import"
IGNORED = ""
SAMPLES = 3
_IN_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


@dataclass(frozen=True)
class FileColumn:
    """One column of a file."""

    heading: str
    samples: tuple[str, ...]
    """What stands in its first rows."""
    field: str
    """Column of the people list, a key of `people_words.HEADINGS`; empty when it is ignored."""
    is_said: bool
    """Whether somebody said so; else it was guessed."""


@dataclass(frozen=True)
class FileColumns:
    """The columns of a file with what each would become."""

    columns: tuple[FileColumn, ...]
    is_kept: bool
    """Whether the mapping comes from an earlier file with the same headings."""

    @property
    def mapping(self) -> dict[str, str]:
        """The field of each heading; empty for the ignored ones."""
        return {one.heading: one.field for one in self.columns}

    @property
    def is_plain(self) -> bool:
        """Whether nothing is left to be said: every heading is known, each field once."""
        fields = [one.field for one in self.columns if one.field]
        is_known = self.is_kept or len(fields) == len(self.columns)
        return is_known and self.is_enough and len(set(fields)) == len(fields)

    @property
    def is_enough(self) -> bool:
        """Whether a file so read can be imported: it has staff numbers and something else."""
        fields = {one.field for one in self.columns}
        return "staff_no" in fields and len(fields - {IGNORED}) > 1

    def saying(self, place: int, field: str) -> "FileColumns":
        """The same with another meaning of one column; whichever had it before is ignored."""
        columns = [
            replace(one, field=IGNORED, is_said=True) if field and one.field == field else one
            for one in self.columns
        ]
        columns[place] = replace(columns[place], field=field, is_said=True)
        return replace(self, columns=tuple(columns))


def file_columns(
    platform: Platform, *, actor: Actor, path: Path, said: Mapping[str, str] | None = None
) -> FileColumns:
    """The columns of a file as certify understands them.

    Args:
        said: what some headings mean; None for what was kept of a file with the same ones.
    Raises:
        NotPermitted
        BadInput: the file cannot be read, or no row of it can be one of headings.
    """
    require(actor, Action.CHANGE_PEOPLE)
    table = read_table(path, is_heading) or read_table(path, _may_be_heading)
    if table is None:
        raise no_table(path)
    kept = said if said is not None else kept_mapping(platform, actor, table.headings)
    meanings = columns_of(table.headings, kept or {})
    by_place = {place: field for field, places in meanings.items() for place in places}
    columns = tuple(
        FileColumn(
            heading=clean_line(cell.text).strip(),
            samples=_samples(table.rows, place),
            field=by_place.get(place, IGNORED),
            is_said=kept is not None,
        )
        for place, cell in enumerate(table.headings.cells)
        if cell.text
    )
    return FileColumns(columns, kept is not None)


def keep_mapping(platform: Platform, *, actor: Actor, mapping: Mapping[str, str]) -> None:
    """Keep what headings mean for the next file that has the same ones.

    Raises:
        NotPermitted: also whoever is nobody in particular, who keeps nothing.
        Refused: too many are kept.
    """
    require(actor, Action.CHANGE_PEOPLE)
    name = _name(mapping)
    views = saved_views.kept(platform, actor=actor, page=PAGE)
    if len(views) >= saved_views.MOST and name not in {view.name for view in views}:
        saved_views.delete(platform, actor=actor, page=PAGE, name=views[0].name)
    saved_views.keep(platform, actor=actor, page=PAGE, name=name, values=mapping)


def kept_mapping(platform: Platform, actor: Actor, headings: Row) -> dict[str, str] | None:
    """What was kept of a file with the same headings; None where nothing was."""
    if actor.is_console:
        return None
    name = _name([clean_line(cell.text).strip() for cell in headings.cells if cell.text])
    views = saved_views.kept(platform, actor=actor, page=PAGE)
    return next((view.values for view in views if view.name == name), None)


def read_mapped(
    platform: Platform, actor: Actor, path: Path, mapping: Mapping[str, str] | None
) -> tuple[Table, dict[str, str]]:
    """The rows of a file, and what was said of its headings.

    Args:
        mapping: heading to field, empty to ignore; None for what was kept, else guesses.
    Raises:
        NotPermitted
        BadInput: it cannot be read, has no row of headings, or not those that are named.
    """
    require(actor, Action.CHANGE_PEOPLE)
    said = dict(mapping or {})
    for heading, field in said.items():
        if field not in ("", *people_words.HEADINGS):
            raise BadInput(
                _("There is no field “{field}”.").format(field=clean_line(field)),
                place=clean_line(heading),
                mend=_("Possible: {values}").format(
                    values=", ".join([*people_words.HEADINGS, "-"])
                ),
            )

    def is_mapped(row: Row) -> bool:
        found = columns_of(row, said)
        return "staff_no" in found and len(found) > 1

    table = read_table(path, is_mapped)
    if table is None and mapping is None:
        other = read_table(path, _may_be_heading)
        kept = kept_mapping(platform, actor, other.headings) if other else None
        if other is not None and kept is not None:
            return other, kept
    if table is None:
        raise no_table(path)
    if mapping is None:
        return table, kept_mapping(platform, actor, table.headings) or {}
    there = {people_words.plain(cell.text) for cell in table.headings.cells}
    for heading in said:
        if people_words.plain(heading) not in there:
            raise BadInput(
                _("The file has no column “{heading}”.").format(heading=clean_line(heading)),
                place=str(path),
                mend=_("Possible: {values}").format(
                    values=", ".join(clean_line(one.text) for one in table.headings.cells)
                ),
            )
    return table, said


def columns_of(row: Row, mapping: Mapping[str, str]) -> dict[str, list[int]]:
    """The places of each field in a row of headings; a guess gives way to what was said."""
    said = {people_words.plain(heading): field for heading, field in mapping.items()}
    known = people_words.headings()
    found: dict[str, list[int]] = {}
    guessed: dict[str, list[int]] = {}
    for place, cell in enumerate(row.cells):
        plain = people_words.plain(cell.text)
        if plain in said:
            if said[plain]:
                found.setdefault(said[plain], []).append(place)
        elif field := known.get(plain) or known.get(people_words.plain(_bare(cell.text))):
            guessed.setdefault(field, []).append(place)
    return guessed | found


def is_heading(row: Row) -> bool:
    """Whether a row has the headings of a people list: the staff number and something else."""
    found = columns_of(row, {})
    return "staff_no" in found and len(found) > 1


def no_table(path: Path) -> BadInput:
    """That no row of a file is one of headings."""
    columns = ", ".join(_(heading) for heading in people_words.HEADINGS.values())
    return BadInput(
        _("The file has no row of headings."),
        place=str(path),
        mend=_("Write one with these columns: {columns}.").format(columns=columns)
        + " "
        + _("Or say what its headings mean: --map HEADING=staff_no, or M on the screen."),
    )


def _may_be_heading(row: Row) -> bool:
    """Whether a row may be one of headings that nobody knows: two texts at least, no numbers."""
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) > 1 and all(
        cell.kind == "text" and not cell.text.replace("-", "").isdigit() for cell in filled
    )


def _bare(heading: str) -> str:
    """A heading without what stands in brackets, such as “(required)”."""
    return _IN_BRACKETS.sub("", heading)


def _samples(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    texts = (row.cells[place].text for row in rows if place < len(row.cells))
    filled = dict.fromkeys(clean_line(text) for text in texts if text)
    return tuple(list(filled)[:SAMPLES])


def _name(headings: Mapping[str, str] | Sequence[str]) -> str:
    """The name under which the mapping of these headings is kept, whatever their order."""
    text = "\n".join(sorted({people_words.plain(one) for one in headings}))
    return hashlib.sha256(text.encode()).hexdigest()[:32]

"""Files that the evaluation group brings in: rows of people, each cell checked where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from certify.courseware.table_file import Cell, Row, Table, read_table
from certify.domain.clean import clean_line
from certify.domain.person import PersonStatus
from certify.errors import BadInput
from certify.i18n import _
from certify.services import people_words
from certify.services.people_rows import Rejection
from certify.storage.evaluation_people import StaffRow

STAFF_NO = "staff_no"
_STAFF_NO_WORDS = ("被评人工号", "被评估人工号", "ratee", "ratee staff no")


@dataclass(frozen=True)
class EvaluationImport:
    """What became of every row; found = imported + skipped + rejected, always (R-FRM-03)."""

    found: int
    imported: int
    """New or changed rows; of a dry run those that would be."""
    skipped: int
    """Rows that say nothing new."""
    rejected: int
    """Rows with one rejection or more."""
    rejections: tuple[Rejection, ...]
    ignored: tuple[str, ...]
    """Headings that mean nothing here; their columns were not read."""
    applied: bool
    """False for a dry run, and when any row was rejected: then nothing was changed."""


class PeopleTable:
    """A table with a row for each person, and what is wrong with it."""

    def __init__(self, table: Table, meanings: Mapping[str, str]) -> None:
        """
        Args:
            meanings: column by heading, made `people_words.plain`.
        Raises:
            BadInput: two columns mean the same.
        """
        self.rows = table.rows
        self.digest = table.digest
        self.rejections: list[Rejection] = []
        self._headings = [clean_line(cell.text) for cell in table.headings.cells]
        self._places: dict[str, int] = {}
        for place, column in _columns(table.headings, meanings):
            if column in self._places:
                both = (self._headings[self._places[column]], self._headings[place])
                raise BadInput(
                    _("Two columns mean the same."),
                    place=", ".join(both),
                    mend=_("Remove one of them."),
                )
            self._places[column] = place
        known = set(self._places.values())
        self.ignored = tuple(
            heading
            for place, heading in enumerate(self._headings)
            if heading and place not in known and people_words.plain(heading) not in _ABOUT
        )

    @property
    def columns(self) -> frozenset[str]:
        """The columns that are there."""
        return frozenset(self._places)

    def cell(self, row: Row, column: str) -> Cell:
        """A cell; an empty one where the row ends before it."""
        place = self._places.get(column, len(row.cells))
        return row.cells[place] if place < len(row.cells) else Cell("")

    def reject(self, row: Row, column: str, problem: BadInput) -> None:
        """Note why a row cannot be taken."""
        heading = self._headings[self._places[column]] if column in self._places else column
        self.rejections.append(Rejection(row.number, heading, problem.message, problem.mend))

    def report(self, *, imported: int, skipped: int, apply: bool) -> EvaluationImport:
        """What became of the rows, in their order."""
        rejected = {one.row for one in self.rejections}
        return EvaluationImport(
            found=len(self.rows),
            imported=imported,
            skipped=skipped,
            rejected=len(rejected),
            rejections=tuple(sorted(self.rejections, key=lambda one: one.row)),
            ignored=self.ignored,
            applied=apply and not rejected,
        )


def read(path: Path, meanings: Mapping[str, str], wanted: str) -> PeopleTable:
    """Read a CSV or XLSX file that has a staff number and something else in each row.

    Args:
        wanted: the headings it may have, for the message.
    Raises:
        BadInput: it cannot be read, or has no such row of headings.
    """
    known = {**staff_no_words(), **meanings}

    def is_heading(row: Row) -> bool:
        found = {column for _place, column in _columns(row, known)}
        return STAFF_NO in found and len(found) > 1

    table = read_table(path, is_heading)
    if table is None:
        raise BadInput(
            _("The file has no row of headings."),
            place=str(path),
            mend=_("Write one with these columns: {columns}.").format(columns=wanted),
        )
    return PeopleTable(table, known)


def person_in(
    table: PeopleTable, row: Row, staff: Mapping[str, StaffRow], actor_id: int
) -> StaffRow | None:
    """Whom a row is about; None after its rejection.

    Args:
        staff: everybody by staff number.
        actor_id: who brings the file in: their own row is for somebody else to bring.
    """
    text = table.cell(row, STAFF_NO).text
    try:
        return _person(text, staff, actor_id)
    except BadInput as problem:
        table.reject(row, STAFF_NO, problem)
        return None


def staff_no_words() -> dict[str, str]:
    """Every way to head the column of staff numbers."""
    words = {word for word, column in people_words.headings().items() if column == STAFF_NO}
    words |= {people_words.plain(word) for word in _STAFF_NO_WORDS}
    return dict.fromkeys(words, STAFF_NO)


def _person(text: str, staff: Mapping[str, StaffRow], actor_id: int) -> StaffRow:
    if not text:
        raise BadInput(_("This must not be empty."), mend=_("Fill in the cell."))
    found = staff.get(text)
    if found is None:
        led = next((no for no in staff if no.lstrip("0") == text and no != text), "")
        raise BadInput(
            _("Nobody has the staff number “{staff_no}”.").format(staff_no=clean_line(text)),
            mend=_("Is it {staff_no}? Write the column as text.").format(staff_no=led)
            if led
            else _("Correct it, or remove the row."),
        )
    if found.status is PersonStatus.LEFT:
        raise BadInput(_("{staff_no} has left.").format(staff_no=text), mend=_("Remove the row."))
    if found.person_id == actor_id:
        raise BadInput(
            _("Nobody brings in what was measured or said of themselves."),
            mend=_("Remove the row; let somebody else of the evaluation group bring it."),
        )
    return found


def _columns(row: Row, meanings: Mapping[str, str]) -> list[tuple[int, str]]:
    """The places of a row of headings that mean something, with their column."""
    return [
        (place, column)
        for place, cell in enumerate(row.cells)
        if (column := meanings.get(people_words.plain(cell.text)))
    ]


_ABOUT = frozenset(
    people_words.plain(word) for word in ("姓名", "部门", "岗位", "name", "department", "post")
)
"""Columns that are only there for the eye."""

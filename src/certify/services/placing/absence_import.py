"""Takes over absences from a file of HR: all of it or nothing; a trial changes nothing.

Columns: staff number, first day, last day (inclusive), reason. A row that says what is known
changes nothing. `found = added + unchanged + rejected`, always (R-FRM-03).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from certify.courseware.table_file import Cell, Row, Table, read_table
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.placement import overlapping
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.people_rows import Rejection, day_of, no_headings
from certify.services.people_words import meanings, plain
from certify.services.placing.absences import add, away, check_days
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import people, placements

HEADINGS = {
    "staff_no": N_("Staff no."),
    "from_day": N_("First day"),
    "to_day": N_("Last day"),
    "reason": N_("Reason"),
}
"""Column of the file → its heading."""

_MORE_HEADINGS = {
    "staff_no": ("工号", "员工号", "员工编号", "staff no", "staff number", "employee no"),
    "from_day": ("第一天", "开始日期", "起始日期", "from", "from day", "start date"),
    "to_day": ("最后一天", "结束日期", "截止日期", "to", "to day", "until", "end date"),
    "reason": ("原因", "事由", "请假类型", "type"),
}
ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class AbsenceReport:
    """What became of every row; the three counts add up to `found`."""

    found: int
    added: int
    unchanged: int
    rejected: int
    rejections: tuple[Rejection, ...]
    """Every problem, by row; a row may have several."""
    applied: bool
    """False for a trial, and when any row was rejected: then nothing was changed."""


def import_absences(platform: Platform, *, actor: Actor, path: Path, apply: bool) -> AbsenceReport:
    """Check a file of absences (CSV or XLSX) and, if `apply` and nothing is wrong, keep them.

    Raises:
        NotPermitted
        BadInput: the file cannot be read, or has no row of headings.
    """
    require(actor, Action.CHANGE_PEOPLE)
    table = read_table(path, _is_heading)
    if table is None:
        raise no_headings(path, HEADINGS.values())
    if not apply:
        with platform.database.read() as session:
            return _Plan(session, table, actor).report(applied=False)
    with platform.database.write() as session:
        people.lock(session)  # two files take turns
        plan = _Plan(session, table, actor)
        if not plan.rejections:
            for person, days, reason in plan.new:
                add(session, platform, actor, person, days, reason)
            record(
                session,
                platform,
                actor,
                "absences-imported",
                f"file:{table.digest}",
                added=len(plan.new),
                unchanged=plan.unchanged,
            )
    return plan.report(applied=not plan.rejections)


class _Plan:
    """What an import would do with every row."""

    def __init__(self, session: Session, table: Table, actor: Actor) -> None:
        self._actor_id = actor.person_id
        self.new: list[tuple[Person, tuple[date, date], str]] = []
        self.unchanged = 0
        self.rejections: list[Rejection] = []
        self._found = len(table.rows)
        self._places = _columns(table.headings)
        self._headings = [cell.text for cell in table.headings.cells]
        self._persons = {row.person.staff_no: row.person for row in people.rows(session)}
        self._known = placements.absences(session)
        self._rows: dict[str, list[tuple[int, date, date]]] = {}
        for row in table.rows:
            self._read(row)

    def report(self, *, applied: bool) -> AbsenceReport:
        return AbsenceReport(
            found=self._found,
            added=len(self.new),
            unchanged=self.unchanged,
            rejected=len({rejection.row for rejection in self.rejections}),
            rejections=tuple(self.rejections),
            applied=applied,
        )

    def _read(self, row: Row) -> None:
        person = self._checked(row, "staff_no", self._person)
        first = self._checked(row, "from_day", day_of)
        last = self._checked(row, "to_day", day_of)
        reason = self._checked(row, "reason", lambda cell: checked_text(cell.text, _("reason")))
        if person is None or first is None or last is None or reason is None:
            return
        try:
            check_days(first, last)
        except BadInput as problem:
            self._reject(row, "to_day", problem.message, problem.mend)
            return
        other = overlapping(first, last, self._known.get(person.id or 0, ()))
        rows = self._rows.setdefault(person.staff_no, [])
        twice = next((no for no, start, end in rows if start <= last and first <= end), None)
        rows.append((row.number, first, last))
        if twice is not None:
            message = _("Row {row} has one of these days for the same person.").format(row=twice)
            self._reject(row, "from_day", message, _("Keep one of the two rows."))
        elif other is None and person.id == self._actor_id:
            message = _("This is about yourself.")
            self._reject(row, "staff_no", message, _("Ask another colleague of HR."))
        elif other is None:
            self.new.append((person, (first, last), reason))
        elif (other.from_day, other.to_day) == (first, last):
            self.unchanged += 1
        else:
            self._reject(row, "from_day", away(person.name, other), _("Cancel that one first."))

    def _person(self, cell: Cell) -> Person:
        found = self._persons.get(cell.text)
        if found is None:
            raise BadInput(
                _("Nobody has the staff number “{staff_no}”.").format(staff_no=cell.text),
                mend=_("Make the column text and type the number with its zeros."),
            )
        return found

    def _checked(self, row: Row, column: str, read: Callable[[Cell], ValueT]) -> ValueT | None:
        place = self._places.get(column, len(row.cells))
        cell = row.cells[place] if place < len(row.cells) else Cell("")
        try:
            return read(cell)
        except BadInput as problem:
            self._reject(row, column, problem.message, problem.mend)
            return None

    def _reject(self, row: Row, column: str, message: str, mend: str) -> None:
        place = self._places.get(column)
        heading = _(HEADINGS[column]) if place is None else self._headings[place]
        self.rejections.append(Rejection(row.number, heading, message, mend))


def _is_heading(row: Row) -> bool:
    return {"staff_no", "from_day", "to_day"} <= _columns(row).keys()


def _columns(row: Row) -> dict[str, int]:
    """The place of each known column in a row of headings; of two the first one."""
    words = meanings(HEADINGS, _MORE_HEADINGS)
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if key := words.get(plain(cell.text)):
            found.setdefault(key, place)
    return found

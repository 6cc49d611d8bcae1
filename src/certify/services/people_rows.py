"""What the rows of a people file say: each cell read, checked and explained on its own."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from certify.courseware.table_file import Cell, Row, Table
from certify.domain.clean import clean_line
from certify.domain.person import Department, PersonStatus, Post, Role
from certify.errors import BadInput
from certify.i18n import _
from certify.services import people_words
from certify.services.departments import check_names, named, possible
from certify.services.people import check_hired_on, check_staff_no
from certify.services.people_columns import columns_of
from certify.storage.people import KnownPerson

NEEDED = ("name", "department", "post", "hired_on")
"""Columns that a new person must have."""
NONE_WORDS = frozenset({"-", "–", "—", "无", "none"})
"""What says that there is none, while an empty cell says nothing."""
EXACT_DIGITS = 15
"""Longest number that a spreadsheet keeps exactly."""
SERIAL_DAYS = range(10_000, 80_000)
"""Days since 1899-12-30 as which a spreadsheet keeps dates, from 1927 to 2119."""
_DATE = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})(?:(?P=mark)|月)(?P<day>\d{1,2})日?"
    r"(?:[ T]0{1,2}:00(?::00)?)?",
    re.ASCII,
)
_DATE_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_ROLE_SEPARATORS = re.compile(r"[,;、，；/|\n]")

ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class Rejection:
    """Why a row cannot be taken over: where, what and how to mend it."""

    row: int
    """Number of the row in the program that shows the file."""
    column: str
    """Heading as it stands in the file."""
    message: str
    mend: str


@dataclass(frozen=True)
class PersonEntry:
    """What one row says of a person; None where it says nothing."""

    number: int
    staff_no: str
    name: str | None = None
    department_id: int | None = None
    post_id: int | None = None
    supervisor_no: str | None = None
    """Empty when it says that there is none."""
    hired_on: date | None = None
    status: PersonStatus | None = None
    roles: frozenset[Role] | None = None


@dataclass(frozen=True)
class Known:
    """What the home knows before the import, by staff number."""

    persons: Mapping[str, KnownPerson]
    supervisors: Mapping[str, str]
    """Staff number of the direct supervisor of those who have one."""
    roles: Mapping[str, frozenset[Role]]
    places: Sequence[tuple[object, ...]]
    """What departments and posts say: two of `Known` are equal when nothing changed between."""
    departments: Sequence[Department] = field(compare=False)
    posts: Sequence[Post] = field(compare=False)

    def changes(self, entry: PersonEntry) -> list[str]:
        """The fields that a row would change of a known person."""
        person = self.persons[entry.staff_no]
        old: dict[str, object] = {
            name: getattr(person, name)
            for name in ("name", "department_id", "post_id", "hired_on", "status")
        }
        old["supervisor_no"] = self.supervisors.get(entry.staff_no, "")
        old["roles"] = self.roles[entry.staff_no]
        said = {name: getattr(entry, name) for name in old}
        return [name for name, value in said.items() if value not in (None, old[name])]


def no_headings(path: Path, headings: Iterable[str]) -> BadInput:
    """That a file has no row of headings, and which ones there may be.

    Args:
        headings: English source texts, marked with `N_`.
    """
    return BadInput(
        _("The file has no row of headings."),
        place=str(path),
        mend=_("Write one with these columns: {columns}.").format(
            columns=", ".join(_(heading) for heading in headings)
        ),
    )


class RowReader:
    """Reads the rows of one table and gathers what is wrong with them."""

    def __init__(self, table: Table, known: Known, mapping: Mapping[str, str]) -> None:
        """
        Args:
            mapping: what headings mean (`people_columns`); what it does not name is guessed.
        Raises:
            BadInput: two columns mean the same.
        """
        places = columns_of(table.headings, mapping)
        self._places = {column: found[0] for column, found in places.items()}
        self._headings = [clean_line(cell.text) for cell in table.headings.cells]
        for column, found in places.items():
            if len(found) > 1:
                raise BadInput(
                    _("Two columns mean “{heading}”.").format(
                        heading=_(people_words.HEADINGS[column])
                    ),
                    place=", ".join(self._headings[place] for place in found),
                    mend=_("Remove one of them."),
                )
        self._known = known
        self._roles, self._statuses = people_words.roles(), people_words.statuses()
        self.numbers = {*known.persons, *(self._cell(row, "staff_no").text for row in table.rows)}
        """Every staff number of the home and of the file."""
        self._zero_led = {no.lstrip("0"): no for no in self.numbers if re.fullmatch("0[0-9]+", no)}
        self.rejections: list[Rejection] = []

    def read(self, row: Row) -> PersonEntry:
        """What a row says; `rejections` grows by what is wrong with it."""
        entry = PersonEntry(
            number=row.number,
            staff_no=self._checked(row, "staff_no", self._staff_no) or "",
            name=self._checked(row, "name", _name),
            department_id=self._checked(row, "department", self._department),
            post_id=self._checked(row, "post", self._post),
            supervisor_no=self._checked(row, "supervisor", self._supervisor_no),
            hired_on=self._checked(row, "hired_on", day_of),
            status=self._checked(row, "status", self._status),
            roles=self._checked(row, "roles", self._role_set),
        )
        if entry.staff_no and entry.staff_no not in self._known.persons:
            for column in NEEDED:
                if not self._cell(row, column).text:
                    self.reject(row.number, column, *_missing())
        return entry

    def reject(self, row: int, column: str, message: str, mend: str) -> None:
        """Note why a row cannot be taken over."""
        place = self._places.get(column)
        heading = _(people_words.HEADINGS[column]) if place is None else self._headings[place]
        self.rejections.append(Rejection(row, heading, message, mend))

    def _cell(self, row: Row, column: str) -> Cell:
        place = self._places.get(column, len(row.cells))
        return row.cells[place] if place < len(row.cells) else Cell("")

    def _checked(self, row: Row, column: str, read: Callable[[Cell], ValueT]) -> ValueT | None:
        cell = self._cell(row, column)
        if not cell.text and column != "staff_no":
            return None
        try:
            return read(cell)
        except BadInput as problem:
            self.reject(row.number, column, problem.message, problem.mend)
            return None

    def _staff_no(self, cell: Cell) -> str:
        if not cell.text:
            message, mend = _missing()
            raise BadInput(message, mend=mend)
        check_names(cell.text)
        check_staff_no(cell.text)
        known = cell.text in self._known.persons
        digits = len(cell.text)
        is_doubtful = cell.is_number and (
            not cell.text.isdigit()
            or digits > EXACT_DIGITS
            or any(digits < len(number) for number in self._zero_led.values())
        )
        if not known and (is_doubtful or cell.text in self._zero_led):
            raise BadInput(
                _("The staff number “{staff_no}” may have lost its leading zeros.").format(
                    staff_no=cell.text
                ),
                mend=_("Make the column text and type the number with its zeros."),
            )
        return cell.text

    def _supervisor_no(self, cell: Cell) -> str:
        if cell.text.casefold() in NONE_WORDS:
            return ""
        staff_no = self._staff_no(cell)
        if staff_no not in self.numbers:
            raise BadInput(
                _("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no),
                mend=_("Write the staff number of somebody in the home or in this file."),
            )
        return staff_no

    def _department(self, cell: Cell) -> int:
        return _named_row(_("department"), cell.text, self._known.departments)

    def _post(self, cell: Cell) -> int:
        return _named_row(_("post"), cell.text, self._known.posts)

    def _status(self, cell: Cell) -> PersonStatus:
        return _word(_("status"), cell.text, self._statuses, people_words.STATUS_NAMES)

    def _role_set(self, cell: Cell) -> frozenset[Role]:
        if cell.text.casefold() in NONE_WORDS:
            return frozenset({Role.LEARNER})
        words = [word for word in _ROLE_SEPARATORS.split(cell.text) if word.strip()]
        found = {_word(_("role"), word, self._roles, people_words.ROLE_NAMES) for word in words}
        return frozenset({Role.LEARNER, *found})


def _missing() -> tuple[str, str]:
    return _("This must not be empty."), _("Fill in the cell.")


def _name(cell: Cell) -> str:
    check_names(cell.text)
    return cell.text


def day_of(cell: Cell) -> date:
    """A day as ISO has it, as Chinese programs write it, or as a spreadsheet counts it.

    Raises:
        BadInput
    """
    if cell.is_number and cell.text.isdigit() and int(cell.text) in SERIAL_DAYS:
        return date(1899, 12, 30) + timedelta(days=int(cell.text))
    found = _DATE.fullmatch(cell.text) or _DATE_DIGITS.fullmatch(cell.text)
    try:
        if found is None:
            raise ValueError(cell.text)
        day = date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError as problem:
        raise BadInput(
            _("“{value}” is no date.").format(value=clean_line(cell.text)),
            mend=_("Write it like 2024-03-04."),
        ) from problem
    check_hired_on(day)
    return day


def _named_row(what: str, text: str, rows: Sequence[Department | Post]) -> int:
    """The row with this code, or the only one with this name."""
    by_code = [row for row in rows if row.code == text]
    plain = people_words.plain(text)
    by_name = [
        row for row in rows if plain in {people_words.plain(n) for n in named(row).name.values()}
    ]
    found = by_code or by_name
    if len(found) == 1:
        return found[0].id or 0
    message = (
        _("Several have the name “{code}”; write the code.")
        if found
        else _("There is no {what} “{code}”.")
    )
    raise BadInput(message.format(what=what, code=clean_line(text)), mend=possible(found or rows))


def _word(
    what: str, text: str, meanings: Mapping[str, ValueT], names: Mapping[ValueT, str]
) -> ValueT:
    found = meanings.get(people_words.plain(text))
    if found is None:
        raise BadInput(
            _("There is no {what} “{code}”.").format(what=what, code=clean_line(text)),
            mend=_("Possible: {values}").format(values=", ".join(_(n) for n in names.values())),
        )
    return found

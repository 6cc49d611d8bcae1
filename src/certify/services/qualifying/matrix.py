"""Who holds what: every employed person of a day beside every post qualification."""

from dataclasses import dataclass, field
from datetime import date

from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.i18n import _
from certify.platform import Platform
from certify.services import listing
from certify.services.listing import ListFilter, QualifiedPerson
from certify.services.qualifying.states import STATE_NAMES


@dataclass(frozen=True, slots=True)
class Held:
    """One qualification of one person."""

    state: QualificationState
    valid_to: date


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One person. Texts are by language."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    level: str
    held: dict[str, Held] = field(default_factory=dict)
    """By code of the process; the period that counts of each."""


@dataclass(frozen=True)
class Matrix:
    """Everybody, also who holds nothing: the gaps are what it is looked at for."""

    rows: tuple[MatrixRow, ...]
    processes: dict[str, dict[str, str]]
    """Names by code, in the order of the codes."""
    departments: dict[str, dict[str, str]]


def matrix(platform: Platform, *, actor: Actor, as_of: date, department: str = "") -> Matrix:
    """Who held what on a day, by department and staff number.

    Raises:
        NotPermitted
    """
    wanted = ListFilter(as_of, state=None, department=department)
    found, persons = listing.list_and_people(platform, actor=actor, wanted=wanted)
    held: dict[str, list[QualifiedPerson]] = {}
    for one in found.rows:
        held.setdefault(one.staff_no, []).append(one)
    rows = []
    for person in persons:
        own = held.get(person.staff_no, [])
        rows.append(
            MatrixRow(
                staff_no=person.staff_no,
                name=person.name,
                department=person.department.names,
                department_code=person.department.code,
                post=person.post.names,
                level=found.levels.get(person.staff_no, ""),
                held={one.process_code: _held(one) for one in sorted(own, key=_weight)},
            )
        )
    rows.sort(key=lambda row: (row.department_code, row.staff_no))
    return Matrix(tuple(rows), dict(sorted(found.processes.items())), found.departments)


def cell_text(held: Held | None) -> str:
    """The last valid day of what is active; of anything else what it is, too; empty for a gap."""
    if held is None:
        return ""
    if held.state is QualificationState.ACTIVE:
        return held.valid_to.isoformat()
    return f"{_(STATE_NAMES[held.state])} {held.valid_to.isoformat()}"


def _held(one: QualifiedPerson) -> Held:
    return Held(one.state, one.valid_to)


def _weight(one: QualifiedPerson) -> tuple[bool, date]:
    """Which period counts of several: an active one, then the one that ends last."""
    return one.state is QualificationState.ACTIVE, one.valid_to

"""What only shows when the rows of a people file are looked at together, and beside the home."""

from collections.abc import Iterator, Mapping, Sequence

from certify.domain.overseers import require_may_give
from certify.domain.person import Actor, PersonStatus, Role
from certify.errors import NotPermitted
from certify.i18n import _
from certify.services.people_rows import Known, PersonEntry, RowReader


def check_together(
    reader: RowReader, known: Known, entries: Sequence[PersonEntry], actor: Actor
) -> None:
    """Reject rows that contradict another row, the home or the actor's rights."""
    first: dict[str, PersonEntry] = {}
    for entry in entries:
        if not entry.staff_no:
            continue  # rejected already
        if entry.staff_no in first:
            reader.reject(
                entry.number,
                "staff_no",
                _("Row {row} has the same staff number.").format(row=first[entry.staff_no].number),
                _("Keep one of the two rows."),
            )
            continue
        first[entry.staff_no] = entry
    _check_rights(reader, known, first, actor)
    _check_last_administrator(reader, known, first)
    _check_supervisors(reader, known, first)


def _check_rights(
    reader: RowReader, known: Known, entries: Mapping[str, PersonEntry], actor: Actor
) -> None:
    for staff_no, entry in entries.items():
        held = known.roles.get(staff_no, frozenset())
        changed = _changed(known, entry)
        for column, roles in (
            ("roles", held ^ (held if entry.roles is None else entry.roles)),
            ("status", held if "status" in changed else frozenset()),
        ):
            try:
                require_may_give(actor, roles)
            except NotPermitted as problem:
                reader.reject(entry.number, column, problem.message, problem.mend)


def _check_last_administrator(
    reader: RowReader, known: Known, entries: Mapping[str, PersonEntry]
) -> None:
    """A home without an administrator could never get one again."""

    def is_administrator(staff_no: str) -> bool:
        person = known.persons.get(staff_no)
        entry = entries.get(staff_no)
        roles = (entry and entry.roles) or known.roles.get(staff_no, frozenset())
        status = (entry and entry.status) or (person and person.status)
        return Role.ADMINISTRATOR in roles and status is not PersonStatus.LEFT

    if any(map(is_administrator, {*known.persons, *entries})):
        return
    for staff_no, entry in entries.items():
        if Role.ADMINISTRATOR in known.roles.get(staff_no, ()):
            column = "roles" if "roles" in _changed(known, entry) else "status"
            reader.reject(
                entry.number,
                column,
                _("Nobody would be administrator any more."),
                _("Make somebody else administrator first."),
            )


def _check_supervisors(reader: RowReader, known: Known, entries: Mapping[str, PersonEntry]) -> None:
    above = _above(known, entries)
    moved = {
        no: entry for no, entry in entries.items() if "supervisor_no" in _changed(known, entry)
    }
    for circle in circles(above):
        for staff_no in circle:
            if staff_no in moved:
                reader.reject(
                    moved[staff_no].number,
                    "supervisor",
                    _("The supervisors go in a circle: {circle}.").format(
                        circle=" → ".join([*circle, circle[0]])
                    ),
                    _("Give one of them another supervisor."),
                )
    for entry in moved.values():
        if entry.supervisor_no and _has_left(known, entries, entry.supervisor_no):
            reader.reject(
                entry.number,
                "supervisor",
                _("{staff_no} has left.").format(staff_no=entry.supervisor_no),
                _("Name a supervisor who works here."),
            )


def left_alone(known: Known, entries: Sequence[PersonEntry]) -> Iterator[str]:
    """Who leaves and is still somebody's direct supervisor, in words."""
    rows = {entry.staff_no: entry for entry in entries}
    above = _above(known, rows)
    reports: dict[str, list[str]] = {}
    for staff_no, boss in above.items():
        if not _has_left(known, rows, staff_no):
            reports.setdefault(boss, []).append(staff_no)
    for staff_no, under in reports.items():
        entry = rows.get(staff_no)
        if entry is None or entry.status is not PersonStatus.LEFT:
            continue
        if staff_no in known.persons and "status" in known.changes(entry):
            yield _("{staff_no} leaves and is still the direct supervisor of {people}.").format(
                staff_no=staff_no, people=", ".join(sorted(under))
            )


def circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Every circle of supervisors, each once, in one pass over everybody (R-PPL-01)."""
    seen: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        person: str | None = start
        while person is not None and person not in seen:
            seen.add(person)
            path[person] = None
            person = above.get(person)
        if person in path:
            steps = list(path)
            yield steps[steps.index(person) :]


def _above(known: Known, entries: Mapping[str, PersonEntry]) -> dict[str, str]:
    """The supervisor of everybody who has one, with what the file says."""
    above = dict(known.supervisors)
    above |= {no: entry.supervisor_no for no, entry in entries.items() if entry.supervisor_no}
    for staff_no, entry in entries.items():
        if entry.supervisor_no == "":
            above.pop(staff_no, None)
    return above


def _changed(known: Known, entry: PersonEntry) -> list[str]:
    """The fields a row changes; for a new person those that are given."""
    if entry.staff_no in known.persons:
        return known.changes(entry)
    return ["supervisor_no"] if entry.supervisor_no else []


def _has_left(known: Known, entries: Mapping[str, PersonEntry], staff_no: str) -> bool:
    person, entry = known.persons.get(staff_no), entries.get(staff_no)
    status = (entry and entry.status) or (person and person.status)
    return status is PersonStatus.LEFT

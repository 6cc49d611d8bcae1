"""Takes over people from a file of HR: checks all of it, then applies all of it or nothing.

A row is matched by staff number. An empty cell and a missing column leave what is known; a dash
says that there is none. `found = added + changed + unchanged + rejected`, always (R-FRM-03).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.courseware.table_file import Table
from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor, PersonStatus
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.cycles import no_search_for_cycles
from certify.services.hiring import Newcomer, hire
from certify.services.people_changes import PersonChange, changed_person, new_person
from certify.services.people_check import check_together, left_alone
from certify.services.people_columns import columns_of, read_mapped
from certify.services.people_rows import Known, PersonEntry, Rejection, RowReader
from certify.services.placing import changing
from certify.storage import ledger, people


@dataclass(frozen=True)
class ImportReport:
    """What became of every row; the four counts add up to `found`."""

    found: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    """Rows with one rejection or more."""
    rejections: tuple[Rejection, ...]
    """Every problem, by row; a row may have several."""
    applied: bool
    """False for a dry run, and when any row was rejected: then nothing was changed."""
    left_alone: tuple[str, ...] = ()
    """What to see to next: leavers who are still somebody's direct supervisor, one line each."""
    changes: tuple[PersonChange, ...] = ()
    """What every row that is not rejected and not unchanged does, by row."""
    ignored: tuple[str, ...] = ()
    """Headings of columns that are not read."""


@dataclass
class _Plan:
    """What an import would do with every row."""

    known: Known
    ignored: tuple[str, ...] = ()
    new: list[PersonEntry] = field(default_factory=list)
    changes: list[tuple[PersonEntry, list[str]]] = field(default_factory=list)
    """What the rows of known people say and which fields change."""
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    left_alone: tuple[str, ...] = ()

    def report(self, *, found: int, applied: bool) -> ImportReport:
        changes = [new_person(self.known, entry) for entry in self.new]
        changes += [changed_person(self.known, entry, fields) for entry, fields in self.changes]
        return ImportReport(
            found=found,
            added=len(self.new),
            changed=len(self.changes),
            unchanged=self.unchanged,
            rejected=len({rejection.row for rejection in self.rejections}),
            rejections=tuple(self.rejections),
            applied=applied,
            left_alone=self.left_alone,
            changes=tuple(sorted(changes, key=lambda one: one.row)),
            ignored=self.ignored,
        )


def import_people(
    platform: Platform,
    *,
    actor: Actor,
    path: Path,
    apply: bool,
    mapping: Mapping[str, str] | None = None,
) -> ImportReport:
    """Check a people file (CSV or XLSX) and, if `apply` and nothing is wrong, take it over.

    The file is read and checked before anybody has to wait for it: the lock is held only to look
    that nothing changed meanwhile, and to write.

    New people become learners and get every onboarding course.

    Args:
        mapping: what headings mean, heading to field, empty to ignore a column; None for what
            the actor kept of a file with the same headings, else for guesses alone.
    Raises:
        NotPermitted
        BadInput: the file cannot be read, or has no row of headings.
        Refused: somebody else changed the same people at the same moment.
    """
    require(actor, Action.CHANGE_PEOPLE)
    with no_search_for_cycles():
        return _import(platform, actor, path, mapping, apply=apply)


def _import(
    platform: Platform,
    actor: Actor,
    path: Path,
    mapping: Mapping[str, str] | None,
    *,
    apply: bool,
) -> ImportReport:
    table, said = read_mapped(platform, actor, path, mapping)
    found = len(table.rows)
    with platform.database.read() as session:
        plan = _plan(_known(session), actor, table, said)
    if not apply or plan.rejections:
        return plan.report(found=found, applied=False)
    try:
        with platform.database.write() as session:
            people.lock(session)  # what two files do together is checked by nobody
            if (now_known := _known(session)) != plan.known:
                plan = _plan(now_known, actor, table, said)
            if not plan.rejections:
                _apply(session, platform, actor, plan)
                _record_all(session, platform, actor, plan, table)
    except IntegrityError as problem:
        raise Refused(
            _("Somebody else changed the same people at the same moment."),
            mend=_("Nothing was changed. Import the file again."),
        ) from problem
    return plan.report(found=found, applied=not plan.rejections)


def _plan(known: Known, actor: Actor, table: Table, said: Mapping[str, str]) -> _Plan:
    reader = RowReader(table, known, said)
    entries = [reader.read(row) for row in table.rows]
    check_together(reader, known, entries, actor)
    read = {place for places in columns_of(table.headings, said).values() for place in places}
    plan = _Plan(
        known,
        ignored=tuple(
            clean_line(cell.text)
            for place, cell in enumerate(table.headings.cells)
            if cell.text and place not in read
        ),
        rejections=sorted(reader.rejections, key=lambda rejection: rejection.row),
    )
    rejected = {rejection.row for rejection in plan.rejections}
    for entry in entries:
        if entry.number in rejected:
            continue
        if entry.staff_no not in known.persons:
            plan.new.append(entry)
        elif fields := known.changes(entry):
            plan.changes.append((entry, fields))
        else:
            plan.unchanged += 1
    plan.left_alone = tuple(left_alone(known, entries))
    return plan


def _known(session: Session) -> Known:
    persons, roles = people.known(session), people.roles(session)
    number = {one.id: staff_no for staff_no, one in persons.items()}
    departments, posts = people.departments(session), people.posts(session)
    return Known(
        persons=persons,
        supervisors={
            staff_no: number[one.supervisor_id]
            for staff_no, one in persons.items()
            if one.supervisor_id is not None
        },
        roles={staff_no: roles.get(one.id, frozenset()) for staff_no, one in persons.items()},
        places=[
            *((one.id, one.code, one.name, one.name_en) for one in departments),
            *((one.id, one.code, one.name, one.name_en) for one in posts),
        ],
        departments=departments,
        posts=posts,
    )


def _apply(session: Session, platform: Platform, actor: Actor, plan: _Plan) -> None:
    ids = {staff_no: one.id for staff_no, one in plan.known.persons.items()}
    ids |= hire(session, platform, actor, [_newcomer(entry, ids) for entry in plan.new])
    persons = people.by_ids(session, [ids[entry.staff_no] for entry, _fields in plan.changes])
    changes, entries, given, taken = [], [], [], []
    for entry, fields in plan.changes:
        person = persons[ids[entry.staff_no]]
        facts: dict[str, object] = {"fields": fields}
        if "roles" in fields:
            wanted, held = entry.roles or frozenset(), plan.known.roles[entry.staff_no]
            given += [(person.id or 0, role) for role in sorted(wanted - held)]
            taken += [(person.id or 0, role) for role in sorted(held - wanted)]
            facts["roles"] = sorted(wanted)
        if "status" in fields:
            facts["status"] = entry.status
        if values := _values(entry, fields, ids):
            changes.append((person, values))
        entries.append((f"person:{person.id}", facts))
    people.take_roles(session, taken)
    people.give_roles(session, given)
    changing.apply_all(session, platform, actor, changes)
    ledger.append_all(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action="person-changed",
        entries=entries,
    )


def _newcomer(entry: PersonEntry, ids: Mapping[str, int]) -> Newcomer:
    above = entry.supervisor_no or ""
    return Newcomer(
        staff_no=entry.staff_no,
        name=entry.name or "",
        department_id=entry.department_id or 0,
        post_id=entry.post_id or 0,
        hired_on=entry.hired_on or date.max,
        supervisor_id=ids.get(above),
        supervisor_no="" if above in ids else above,
        status=entry.status or PersonStatus.EMPLOYED,
        roles=entry.roles or frozenset(),
    )


def _values(entry: PersonEntry, fields: list[str], ids: Mapping[str, int]) -> dict[str, object]:
    """What a row changes of the person, by field."""
    values: dict[str, object] = {
        name: getattr(entry, name) for name in fields if name not in ("supervisor_no", "roles")
    }
    if "supervisor_no" in fields:
        above = entry.supervisor_no
        values["supervisor_id"] = ids[above] if above else None
    return values


def _record_all(
    session: Session, platform: Platform, actor: Actor, plan: _Plan, table: Table
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action="people-imported",
        subject=f"file:{table.digest}",
        facts={
            "added": len(plan.new),
            "changed": len(plan.changes),
            "unchanged": plan.unchanged,
        },
    )

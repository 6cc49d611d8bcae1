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

from certify.courseware.table_file import Table, read_table
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus, RoleGrant
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import people_words
from certify.services.people import hire, record
from certify.services.people_check import check_together, left_alone
from certify.services.people_rows import (
    Known,
    PersonEntry,
    Rejection,
    RowReader,
    is_heading,
    no_headings,
)
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


@dataclass
class _Plan:
    """What an import would do with every row."""

    new: list[PersonEntry] = field(default_factory=list)
    changes: list[tuple[Person, PersonEntry, list[str]]] = field(default_factory=list)
    """Known people with what the row says and which fields change."""
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    left_alone: tuple[str, ...] = ()

    def report(self, *, found: int, applied: bool) -> ImportReport:
        return ImportReport(
            found=found,
            added=len(self.new),
            changed=len(self.changes),
            unchanged=self.unchanged,
            rejected=len({rejection.row for rejection in self.rejections}),
            rejections=tuple(self.rejections),
            applied=applied,
            left_alone=self.left_alone,
        )


def import_people(platform: Platform, *, actor: Actor, path: Path, apply: bool) -> ImportReport:
    """Check a people file (CSV or XLSX) and, if `apply` and nothing is wrong, take it over.

    New people become learners and get every onboarding course.

    Raises:
        NotPermitted
        BadInput: the file cannot be read, or has no row of headings.
        Refused: somebody else changed the same people at the same moment.
    """
    require(actor, Action.CHANGE_PEOPLE)
    table = read_table(path, is_heading)
    if table is None:
        raise no_headings(path, people_words.HEADINGS.values())
    found = len(table.rows)
    if not apply:
        with platform.database.read() as session:
            return _plan(session, actor, table).report(found=found, applied=False)
    try:
        with platform.database.write() as session:
            people.lock(session)  # what two files do together is checked by nobody
            plan = _plan(session, actor, table)
            if not plan.rejections:
                _apply(session, platform, actor, plan)
                _record_all(session, platform, actor, plan, table)
    except IntegrityError as problem:
        raise Refused(
            _("Somebody else changed the same people at the same moment."),
            mend=_("Nothing was changed. Import the file again."),
        ) from problem
    return plan.report(found=found, applied=not plan.rejections)


def _plan(session: Session, actor: Actor, table: Table) -> _Plan:
    known = _known(session)
    reader = RowReader(table, known)
    entries = [reader.read(row) for row in table.rows]
    check_together(reader, known, entries, actor)
    plan = _Plan(rejections=sorted(reader.rejections, key=lambda rejection: rejection.row))
    rejected = {rejection.row for rejection in plan.rejections}
    for entry in entries:
        if entry.number in rejected:
            continue
        if (person := known.persons.get(entry.staff_no)) is None:
            plan.new.append(entry)
        elif fields := known.changes(entry):
            plan.changes.append((person, entry, fields))
        else:
            plan.unchanged += 1
    plan.left_alone = tuple(left_alone(known, entries))
    return plan


def _known(session: Session) -> Known:
    rows, roles = people.rows(session), people.roles(session)
    return Known(
        persons={row.person.staff_no: row.person for row in rows},
        supervisors={
            row.person.staff_no: row.supervisor.staff_no for row in rows if row.supervisor
        },
        roles={row.person.staff_no: roles.get(row.person.id or 0, frozenset()) for row in rows},
        departments=people.departments(session),
        posts=people.posts(session),
    )


def _apply(session: Session, platform: Platform, actor: Actor, plan: _Plan) -> None:
    new = {entry.staff_no: _person(entry) for entry in plan.new}
    session.add_all(new.values())
    session.flush()
    by_number = {row.person.staff_no: row.person for row in people.rows(session)}
    for entry in plan.new:
        if entry.supervisor_no:
            new[entry.staff_no].supervisor_id = by_number[entry.supervisor_no].id
    hire(session, platform, actor, [(new[entry.staff_no], entry.roles or ()) for entry in plan.new])
    for person, entry, fields in plan.changes:
        _change(session, platform, actor, person, entry, fields, by_number)
        facts: dict[str, object] = {"fields": fields}
        if "roles" in fields:
            facts["roles"] = sorted(entry.roles or ())
        if "status" in fields:
            facts["status"] = entry.status
        record(session, platform, actor, "person-changed", person, facts)


def _person(entry: PersonEntry) -> Person:
    return Person(
        staff_no=entry.staff_no,
        name=entry.name or "",
        department_id=entry.department_id or 0,
        post_id=entry.post_id or 0,
        hired_on=entry.hired_on or date.max,
        status=entry.status or PersonStatus.EMPLOYED,
    )


def _change(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    entry: PersonEntry,
    fields: list[str],
    by_number: Mapping[str, Person],
) -> None:
    values: dict[str, object] = {}
    for name in fields:
        if name == "supervisor_no":
            above = by_number[entry.supervisor_no] if entry.supervisor_no else None
            values["supervisor_id"] = above.id if above else None
        elif name == "roles":
            wanted, held = entry.roles or frozenset(), people.roles_of(session, person.id or 0)
            for role in held - wanted:
                session.delete(session.get_one(RoleGrant, (person.id, role)))
            session.add_all(
                RoleGrant(person_id=person.id or 0, role=role) for role in wanted - held
            )
        else:
            values[name] = getattr(entry, name)
    if values:
        changing.apply(session, platform, actor, person, values)


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

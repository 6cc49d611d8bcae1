"""A person's development plan: where to, and the steps there (S0-DV-01, S0-DV-02, R-LRN-07).

Written by the person, their direct supervisor and HR.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.development import DevelopmentEntry, DevelopmentPlan, EntryKind
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.typed import checked_text, person_for
from certify.storage import attempts, development, ledger

KIND_NAMES = {
    EntryKind.STEP: N_("step"),
    EntryKind.COMPETITION: N_("competition"),
    EntryKind.OUTSIDE_CERTIFICATE: N_("outside certificate"),
}


@dataclass(frozen=True)
class PlanEntry:
    """One step, competition or outside certificate."""

    id: int
    kind: EntryKind
    title: str
    day: date | None
    note: str
    done: bool


@dataclass(frozen=True)
class PlanView:
    """The plan of one person."""

    staff_no: str
    name: str
    target_level: str
    """Code; empty while there is none."""
    target_title: dict[str, str]
    by_day: date | None
    entries: tuple[PlanEntry, ...]
    is_own: bool
    may_change: bool


def plan(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> PlanView:
    """The plan of a person.

    Args:
        staff_no: whose; None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        rights = {"owner": person.id, "owner_supervisor": person.supervisor_id}
        found = session.get(DevelopmentPlan, person.id)
        level = found.target_level if found else ""
        titles = {one.code: one.title for one in platform.policy.qualification.ladder}
        return PlanView(
            staff_no=person.staff_no,
            name=person.name,
            target_level=level,
            target_title=titles.get(level, {"zh": level, "en": level}),
            by_day=found.by_day if found else None,
            entries=tuple(
                PlanEntry(one.id or 0, one.kind, one.title, one.day, one.note, one.done)
                for one in development.entries(session, person.id or 0)
            ),
            is_own=person.id == actor.person_id,
            may_change=may(actor, Action.PLAN_DEVELOPMENT, **rights),
        )


def aim(
    platform: Platform, *, actor: Actor, staff_no: str, level: str, by_day: date | None = None
) -> None:
    """Set the level a person aims at.

    Args:
        level: code of a level of the ladder.
        by_day: until when; None for no day.
    Raises:
        NotFound, NotPermitted
        BadInput: no such level; the possible ones are named.
    """
    levels = [one.code for one in platform.policy.qualification.ladder]
    if level not in levels:
        raise BadInput(
            _("There is no level “{level}”.").format(level=level),
            mend=_("Possible: {values}").format(values=", ".join(levels)),
        )
    with platform.database.write() as session:
        person = _changeable(session, actor, staff_no)
        session.get(Person, person.id, with_for_update=True)  # two terminals take turns
        found = session.get(DevelopmentPlan, person.id) or DevelopmentPlan(
            person_id=person.id or 0, target_level=level, changed_at=platform.clock.now()
        )
        found.target_level, found.by_day = level, by_day
        found.changed_at, found.changed_by = platform.clock.now(), _who(actor)
        session.add(found)
        _record(session, platform, actor, person, "development-aimed", level=level)


def add_entry(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    kind: EntryKind,
    title: str,
    day: date | None = None,
    note: str = "",
) -> int:
    """Add a step, competition or outside certificate; gives its number.

    Args:
        day: until when, or on which day; None for none.
    Raises:
        NotFound, NotPermitted, BadInput
    """
    title = checked_text(title, _("title"), 200)
    note = checked_text(note, _("note")) if note.strip() else ""
    with platform.database.write() as session:
        person = _changeable(session, actor, staff_no)
        entry = DevelopmentEntry(
            person_id=person.id or 0,
            kind=kind,
            title=title,
            day=day,
            note=note,
            written_by=_who(actor),
            at=platform.clock.now(),
        )
        session.add(entry)
        session.flush()
        _record(session, platform, actor, person, "development-added", entry=entry.id)
        return entry.id or 0


def set_done(
    platform: Platform, *, actor: Actor, staff_no: str, entry: int, done: bool = True
) -> None:
    """Say that an entry is done, or that it is not.

    Raises:
        NotPermitted
        NotFound: it is no entry of this person.
    """
    with platform.database.write() as session:
        person = _changeable(session, actor, staff_no)
        found = session.get(DevelopmentEntry, entry) if attempts.may_be_id(entry) else None
        if found is None or found.person_id != person.id:
            raise NotFound(_("There is no entry {number}.").format(number=entry))
        found.done = done
        _record(session, platform, actor, person, "development-done", entry=entry, done=done)


def _changeable(session: Session, actor: Actor, staff_no: str) -> Person:
    return person_for(session, actor, staff_no, Action.PLAN_DEVELOPMENT)


def _who(actor: Actor) -> int | None:
    return None if actor.is_console else actor.person_id


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    action: str,
    **facts: object,
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"person:{person.id}",
        facts=facts,
    )

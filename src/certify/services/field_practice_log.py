"""Writing the log of on-site practice: tasks, the guide's remarks, the sign-off (R-LRN-05)."""

from datetime import date
from typing import Any

from sqlmodel import Session

from certify.domain.field_practice import Amount, FieldPracticeEntry, FieldPracticeSignOff
from certify.domain.onboarding import ON_SITE
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_locks import locked_text, locks_before
from certify.services.field_practice import done_of, missing_amount, missing_level
from certify.services.qualifying.awarding import award_levels
from certify.services.qualifying.giving import announce_issued
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import attempts, courses, field_practice, people


def write_entry(platform: Platform, *, actor: Actor, day: date, task: str) -> int:
    """Write down a task done on a day; gives the number of the entry.

    Args:
        day: of the company's calendar, today or before.
    Raises:
        BadInput: a day to come, or no task.
        Refused: signed off already, or a phase before it is not complete.
    """
    require_person(actor)
    task = _checked(platform, day, task)
    with platform.database.write() as session:
        session.get(Person, actor.person_id, with_for_update=True)  # a sign-off takes turns with it
        _refuse_signed(session, actor.person_id)
        every = courses.every(session)
        if locks := locks_before(session, platform, actor.person_id, ON_SITE, every):
            raise Refused(locked_text(locks))
        entry = FieldPracticeEntry(
            person_id=actor.person_id, day=day, task=task, written_at=platform.clock.now()
        )
        session.add(entry)
        session.flush()
        facts = {"entry": entry.id, "day": day.isoformat()}
        _record(session, platform, actor, "field-practice-written", actor.person_id, facts)
        return entry.id or 0


def change_entry(platform: Platform, *, actor: Actor, entry: int, day: date, task: str) -> None:
    """Write an own entry anew; after the guide's remark nothing changes it.

    Raises:
        BadInput: a day to come, or no task.
        NotFound: it is no entry of the actor.
        Refused: the guide has remarked on it.
    """
    require_person(actor)
    task = _checked(platform, day, task)
    with platform.database.write() as session:
        found = _locked(session, entry)
        if found.person_id != actor.person_id:
            raise _no_entry(entry)
        _refuse_remarked(found)
        found.day, found.task = day, task
        facts = {"entry": found.id, "day": day.isoformat()}
        _record(session, platform, actor, "field-practice-changed", found.person_id, facts)


def remark(platform: Platform, *, actor: Actor, entry: int, remark: str, improvement: str) -> None:
    """Remark on a task of somebody the actor guides, and name what to do better.

    Args:
        improvement: what to do better next time; must be there (S3-TR-09).
    Raises:
        NotPermitted: the actor does not guide the person today.
        NotFound, BadInput
        Refused: there is a remark already, the practice is signed off, or the actor did not guide
            the person on the day of the task.
    """
    require_person(actor)
    remark = checked_text(remark, _("remark"))
    improvement = checked_text(improvement, _("improvement"))
    with platform.database.write() as session:
        found = _locked(session, entry)
        _require_guide(session, platform, actor, found.person_id)
        _refuse_remarked(found)
        _refuse_signed(session, found.person_id)
        _refuse_other_days(session, actor, found)
        found.guide_id, found.remark, found.improvement = actor.person_id, remark, improvement
        found.remarked_at = platform.clock.now()
        facts = {"entry": found.id, "day": found.day.isoformat()}
        _record(session, platform, actor, "field-practice-remarked", found.person_id, facts)


def sign_off(platform: Platform, *, actor: Actor, staff_no: str, note: str = "") -> None:
    """Say that somebody's on-site practice is complete.

    Args:
        note: a last word to the newcomer; may be empty.
    Raises:
        NotPermitted: the actor does not guide the person today; nobody signs for themselves.
        NotFound, BadInput
        Refused: signed off already, or what is missing by policy (R-LRN-05), all of it.
    """
    require_person(actor)
    if note.strip():
        note = checked_text(note, _("note"))
    with platform.database.write() as session:
        guided = people.by_staff_no(session, staff_no)
        _require_guide(session, platform, actor, (guided.id if guided else None) or 0)
        person = person_of(session, actor, staff_no)
        session.get(Person, person.id, with_for_update=True)  # two guides take turns
        _refuse_signed(session, person.id or 0)
        policy = platform.policy.field_practice
        done = done_of(field_practice.entries(session, person.id or 0))
        needed = Amount(policy.entries, policy.working_days)
        missing = [*missing_amount(done, needed), *missing_level(session, platform, actor)]
        if missing:
            raise Refused(
                _("This cannot be signed off yet."),
                mend=_("Missing: {what}.").format(what=_("; ").join(missing)),
            )
        now = platform.clock.now()
        session.add(
            FieldPracticeSignOff(
                person_id=person.id or 0,
                guide_id=actor.person_id,
                at=now,
                entries=done.entries,
                days=done.days,
                note=note.strip(),
            )
        )
        facts = {"entries": done.entries, "days": done.days}
        _record(session, platform, actor, "field-practice-signed-off", person.id or 0, facts)
        session.flush()
        issued = award_levels(session, platform, person, now)
    announce_issued(platform, issued)


def _checked(platform: Platform, day: date, task: str) -> str:
    if day > platform.today():
        raise BadInput(
            _("{day} is still to come.").format(day=day.isoformat()),
            mend=_("Write down what was done, on the day it was done."),
        )
    return checked_text(task, _("task"))


def _require_guide(session: Session, platform: Platform, actor: Actor, person_id: int) -> None:
    require(actor, Action.GUIDE)
    guides = field_practice.guides_on(session, person_id, platform.today())
    if person_id == actor.person_id or all(guide.id != actor.person_id for guide in guides):
        raise NotPermitted(
            _("You do not guide this person today."),
            mend=_("HR appoints guides: “certify person guide”."),
        )


def _refuse_other_days(session: Session, actor: Actor, entry: FieldPracticeEntry) -> None:
    """Else a friend, appointed for one day, could sign weeks that nobody guided."""
    guides = field_practice.guides_on(session, entry.person_id, entry.day)
    if all(guide.id != actor.person_id for guide in guides):
        raise Refused(
            _("You did not guide this person on {day}.").format(day=entry.day.isoformat()),
            mend=_("HR can appoint a guide from an earlier day on: “certify person guide”."),
        )


def _refuse_remarked(entry: FieldPracticeEntry) -> None:
    if entry.guide_id is not None:
        raise Refused(_("The guide has remarked on this entry; it stays as it is."))


def _refuse_signed(session: Session, person_id: int) -> None:
    if field_practice.sign_off(session, person_id) is not None:
        raise Refused(_("This on-site practice is signed off; its log is closed."))


def _locked(session: Session, entry: int) -> FieldPracticeEntry:
    found = field_practice.locked_entry(session, entry) if attempts.may_be_id(entry) else None
    if found is None:
        raise _no_entry(entry)
    return found


def _no_entry(entry: int) -> NotFound:
    return NotFound(_("There is no entry {number}.").format(number=entry))


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    person_id: int,
    facts: dict[str, Any],
) -> None:
    record(session, platform, actor, action, f"person:{person_id}", **facts)

"""Refusals of mandatory onboarding: anybody concerned records one, HR decides (R-PPL-07, S3-TR-04).

Until HR has decided, every enrolment stays open and becomes overdue. When HR accepts the reason,
the onboarding courses that are not finished lose their day: nothing is overdue any more, the
person may still read them, and no phase counts as complete. A reason that was not accepted leaves
everything as it is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from certify.domain.course import Enrolment
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.placement import OnboardingRefusal
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_locks import courses_to_do
from certify.services.placing.placements import require_over
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import courses, placements


@dataclass(frozen=True)
class RefusalView:
    """One refusal and what HR decided."""

    reason: str
    at: datetime
    accepted: bool | None
    """None until HR has decided."""
    decision: str
    """Why HR decided so."""


@dataclass(frozen=True)
class WaitingRefusal:
    """Somebody whose refusal waits for HR."""

    staff_no: str
    name: str
    reason: str
    at: datetime


def refuse(platform: Platform, *, actor: Actor, reason: str, staff_no: str | None = None) -> None:
    """Write down that somebody refuses onboarding.

    Args:
        staff_no: who; None for the actor. HR does it for everybody, a supervisor for the reports.
    Raises:
        NotPermitted, NotFound
        BadInput: no reason.
        Refused: there is nothing to refuse, or a refusal waits or was accepted already.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no, Action.CHANGE_PEOPLE)
        if person.id != actor.person_id:
            require_over(actor, person)
        session.get(Person, person.id, with_for_update=True)  # two of them take turns
        if any(one.accepted is not False for one in placements.refusals(session, person.id or 0)):
            raise Refused(
                _("{name} has refused onboarding already.").format(name=person.name),
                mend=_("“certify person refusal show {staff_no}” shows it.").format(
                    staff_no=person.staff_no
                ),
            )
        if not _open_enrolments(session, person):
            raise Refused(_("{name} has no onboarding to finish.").format(name=person.name))
        now = platform.clock.now()
        session.add(OnboardingRefusal(person_id=person.id or 0, reason=reason, at=now))
        record(session, platform, actor, "onboarding-refused", f"person:{person.id}")


def decide(
    platform: Platform, *, actor: Actor, staff_no: str, accepted: bool, decision: str
) -> None:
    """Accept the reason of a refusal, or not.

    Args:
        decision: why.
    Raises:
        NotPermitted: only HR decides, and nobody about themselves.
        NotFound
        BadInput: no reason for the decision.
        Refused: no refusal waits, or the command line itself would decide.
    """
    require(actor, Action.EXEMPT)
    require_person(actor)
    decision = checked_text(decision, _("reason"))
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise NotPermitted(
                _("Nobody decides about their own refusal."), mend=_("Ask somebody else of HR.")
            )
        session.get(Person, person.id, with_for_update=True)  # two of HR take turns
        refusals = placements.refusals(session, person.id or 0)
        found = next((one for one in refusals if one.accepted is None), None)
        if found is None:
            raise Refused(_("No refusal of {name} waits for HR.").format(name=person.name))
        now = platform.clock.now()
        found.accepted, found.decision = accepted, decision
        found.decided_by, found.decided_at = actor.person_id, now
        session.add(found)
        excused = _open_enrolments(session, person) if accepted else []
        for one in excused:
            one.due_on = None
            session.add(one)
        facts = {"accepted": accepted, "reason": decision}
        session.add(
            PersonMessage(person_id=person.id or 0, at=now, kind="refusal-decided", facts=facts)
        )
        record(
            session,
            platform,
            actor,
            "refusal-decided",
            f"person:{person.id}",
            accepted=accepted,
            excused=[one.course_id for one in excused],
        )


def waiting(platform: Platform, *, actor: Actor) -> list[WaitingRefusal]:
    """The refusals HR has not decided yet, the oldest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.EXEMPT)
    with platform.database.read() as session:
        return [
            WaitingRefusal(person.staff_no, person.name, one.reason, one.at)
            for one, person in placements.undecided_refusals(session)
        ]


def refusals_of(session: Session, person_id: int) -> tuple[RefusalView, ...]:
    """A person's refusals, oldest first, for views within a transaction."""
    return tuple(
        RefusalView(one.reason, one.at, one.accepted, one.decision)
        for one in placements.refusals(session, person_id)
    )


def refusal_text(view: RefusalView) -> str:
    """How a refusal stands, in words."""
    if view.accepted is None:
        text = _("Onboarding refused: {reason}. HR has not decided; it stays due.")
    elif view.accepted:
        text = _("Onboarding refused: {reason}. HR accepted it: {decision}. Nothing is due.")
    else:
        text = _("Onboarding refused: {reason}. HR did not accept it: {decision}. It stays due.")
    return text.format(reason=view.reason, decision=view.decision)


def _open_enrolments(session: Session, person: Person) -> list[Enrolment]:
    to_do = courses_to_do(session, person.id or 0, courses.every(session))
    open_courses = {one.id for left in to_do.values() for one in left}
    held = courses.enrolments(session, person.id or 0)
    return [one for course_id, one in held.items() if course_id in open_courses]

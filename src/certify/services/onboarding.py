"""The phases of onboarding as one person stands to them, and who is freed from one (R-LRN-01)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.field_practice import PhaseExemption
from certify.domain.onboarding import ON_SITE, PHASES, is_rehire, phases_before
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.errors import BadInput, Refused
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services.course_locks import (
    DEPARTMENT,
    PHASE_NAMES,
    courses_to_do,
    lacks_owner,
)
from certify.services.placing.refusals import RefusalView, refusals_of
from certify.services.qualifying.awarding import award_levels
from certify.services.qualifying.giving import announce_issued
from certify.services.typed import checked_text, person_for, person_of
from certify.storage import courses, field_practice, ledger


@dataclass(frozen=True)
class PhaseView:
    """One phase as one person stands to it."""

    phase: str
    courses: tuple[dict[str, str], ...]
    """Titles of its courses."""
    to_do: tuple[dict[str, str], ...]
    """Titles of the courses that are still to complete: lessons, or an exam to pass."""
    is_complete: bool
    is_open: bool
    """Whether the phases before it are complete."""
    exempted_because: str
    """The reason HR gave; empty where nobody was freed."""
    lacks_owner: bool = False
    """Whether it waits for a new training owner, since the supervisor has changed."""


@dataclass(frozen=True)
class OnboardingView:
    """All phases of one person, the first one first."""

    staff_no: str
    name: str
    phases: tuple[PhaseView, ...]
    left_on: date | None
    """Last day on which it was written that the person left."""
    is_rehire: bool
    """Whether they came back within the months of `onboarding.rehire_months`."""
    may_exempt: bool
    refusals: tuple[RefusalView, ...] = ()
    """Whether they refused it and what HR decided (R-PPL-07)."""


def onboarding(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> OnboardingView:
    """How far a person got in onboarding.

    Args:
        staff_no: whose; None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        left_on = _left_on(session, platform, person)
        return OnboardingView(
            staff_no=person.staff_no,
            name=person.name,
            phases=_phases(session, platform, person.id or 0),
            left_on=left_on,
            is_rehire=_is_rehire(platform, person, left_on),
            may_exempt=may(actor, Action.EXEMPT),
            refusals=refusals_of(session, person.id or 0),
        )


def exempt(platform: Platform, *, actor: Actor, staff_no: str, phase: str, reason: str) -> None:
    """Free a person from a phase of onboarding.

    The policy names when that is usual (`onboarding.rehire_months`); HR decides, and the reason
    stays in the ledger.

    Raises:
        NotPermitted, NotFound
        BadInput: no such phase, or no reason.
        Refused: they are freed from it already.
    """
    require(actor, Action.EXEMPT)
    reason = checked_text(reason, _("reason"))
    if phase not in PHASES:
        raise BadInput(
            _("There is no phase “{phase}”.").format(phase=phase),
            mend=_("Possible: {values}").format(values=", ".join(PHASES)),
        )
    now = platform.clock.now()
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        session.get(Person, person.id, with_for_update=True)  # two of HR take turns
        if any(one.phase == phase for one in field_practice.exemptions(session, person.id or 0)):
            raise Refused(
                _("{name} is freed from the phase “{phase}” already.").format(
                    name=person.name, phase=_(PHASE_NAMES[phase])
                )
            )
        session.add(
            PhaseExemption(
                person_id=person.id or 0,
                phase=phase,
                reason=reason,
                exempted_by=None if actor.is_console else actor.person_id,
                at=now,
            )
        )
        rehired = _is_rehire(platform, person, _left_on(session, platform, person))
        session.flush()
        issued = award_levels(session, platform, person, now)
        ledger.append(
            session,
            at=now,
            actor_id=actor.person_id,
            action="phase-exempted",
            subject=f"person:{person.id}",
            facts={"phase": phase, "reason": reason, "rehire": rehired},
        )
    announce_issued(platform, issued)


def rehire_text(platform: Platform, view: OnboardingView) -> str:
    """Whether the person is a rehire within the months of policy, in words."""
    months = platform.policy.onboarding.rehire_months
    if view.is_rehire:
        text = _("Left on {day} and came back: a rehire within {months} months.")
    elif view.left_on is not None:
        text = _("Left on {day}; not a rehire within {months} months.")
    else:
        text = _("No rehire within {months} months is on record.")
    return text.format(day=view.left_on, months=months)


def phase_text(view: PhaseView) -> str:
    """How a phase stands, in words."""
    if view.exempted_because:
        return _("freed: {reason}").format(reason=view.exempted_because)
    if not view.courses and view.phase != ON_SITE:
        return _("no courses of it are loaded")
    if view.is_complete:
        return _("complete")
    if not view.is_open:
        return _("locked until the phase before is complete")
    if not view.to_do:
        if view.lacks_owner:
            return _("a new training owner must be named: the supervisor has changed")
        return _("open now")
    names = _("”, “").join(pick(title) for title in view.to_do)
    return _("still to complete: “{courses}”").format(courses=names)


def _phases(session: Session, platform: Platform, person_id: int) -> tuple[PhaseView, ...]:
    every = [one for one in courses.every(session) if one.kind == "onboarding" and one.available]
    to_do = courses_to_do(session, person_id, every)
    signed = field_practice.sign_off(session, person_id) is not None
    lacks = lacks_owner(session, person_id)
    reasons = {one.phase: one.reason for one in field_practice.exemptions(session, person_id)}
    in_order = platform.policy.learning.phases_in_order
    views = []
    for phase in PHASES:
        own = tuple(one.title for one in every if one.phase == phase)
        is_signed = phase != ON_SITE or signed or phase in reasons
        views.append(
            PhaseView(
                phase=phase,
                courses=own,
                to_do=tuple(one.title for one in to_do[phase]),
                is_complete=not to_do[phase] and is_signed and not (lacks and phase == DEPARTMENT),
                is_open=not (
                    in_order
                    and any(
                        to_do[one] or (lacks and one == DEPARTMENT) for one in phases_before(phase)
                    )
                ),
                exempted_because=reasons.get(phase, ""),
                lacks_owner=lacks and phase == DEPARTMENT,
            )
        )
    return tuple(views)


def _left_on(session: Session, platform: Platform, person: Person) -> date | None:
    left = field_practice.last_left(session, person.id or 0)
    zone = platform.policy.organisation.time_zone
    return None if left is None else local_date(left, zone)


def _is_rehire(platform: Platform, person: Person, left_on: date | None) -> bool:
    return is_rehire(left_on, person.hired_on, platform.policy.onboarding.rehire_months)

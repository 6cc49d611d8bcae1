"""Serious service problems: reported, confirmed by somebody else, capping the grade (R-EVA-11)."""

from dataclasses import dataclass
from datetime import date

from certify.domain.evaluation import SeriousProblem
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.effects import tell
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import evaluation_evidence


@dataclass(frozen=True)
class SeriousProblemView:
    """A serious problem and whether it was confirmed."""

    id: int
    staff_no: str
    name: str
    day: date
    what: str
    confirmed: bool | None
    """None until it is decided."""
    decision: str
    may_decide: bool
    """Whether the person at the screen may."""


def report(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    day: date,
    what: str,
    inspection_id: int | None = None,
) -> int:
    """Report a serious problem; it counts once somebody else has confirmed it. Gives its number.

    Args:
        inspection_id: of the inspection that found it, where one did.
    Raises:
        NotPermitted: neither an evaluator, an inspector, HR nor the direct supervisor.
        NotFound, BadInput
        Refused: it is the actor's own.
    """
    require_person(actor)
    what = checked_text(what, _("problem"))
    if day > platform.today():
        raise BadInput(_("{day} is still to come.").format(day=day.isoformat()))
    with platform.database.write() as session:
        told = (Action.INSPECT, Action.SEE_EVALUATIONS)
        person = person_of(session, actor, staff_no, *told)
        if not may(actor, Action.INSPECT):
            owner = person.supervisor_id
            require(actor, Action.SEE_EVALUATIONS, owner_supervisor=owner)
        _refuse_own(actor, person.id or 0)
        found = SeriousProblem(
            person_id=person.id or 0,
            day=day,
            what=what,
            inspection_id=inspection_id,
            reported_by=actor.person_id,
            at=platform.clock.now(),
        )
        session.add(found)
        session.flush()
        facts = {"problem": found.id, "day": day.isoformat()}
        subject = f"person:{person.id}"
        record(session, platform, actor, "serious-problem-reported", subject, **facts)
        return found.id or 0


def decide(platform: Platform, *, actor: Actor, problem: int, confirm: bool, reason: str) -> None:
    """Confirm a serious problem, or say that it is none; the person is told.

    A period that is closed already keeps its grades (R-EVA-06).

    Raises:
        NotPermitted: not of HR or the evaluation group, or whoever reported it or whose it is.
        NotFound, BadInput
        Refused: decided already.
    """
    require_person(actor)
    require(actor, Action.RUN_EVALUATION)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        found = evaluation_evidence.locked_problem(session, problem)
        if found is None:
            raise NotFound(
                _("There is no serious problem {number}.").format(number=problem),
                mend=_("“certify serious-problem list” shows all of them."),
            )
        if actor.person_id in (found.reported_by, found.person_id):
            raise NotPermitted(
                _("Whoever reported a serious problem, or whose it is, does not confirm it."),
                mend=_("Let somebody else of HR or the evaluation group decide."),
            )
        if found.confirmed is not None:
            raise Refused(_("This is decided already: {reason}").format(reason=found.decision))
        found.confirmed, found.decision = confirm, reason
        found.decided_by, found.decided_at = actor.person_id, platform.clock.now()
        action = "serious-problem-confirmed" if confirm else "serious-problem-dismissed"
        facts = {"day": found.day.isoformat(), "what": found.what, "reason": reason}
        tell(session, platform, found.person_id, action, **facts)
        subject = f"person:{found.person_id}"
        record(session, platform, actor, action, subject, problem=found.id)


def listed(platform: Platform, *, actor: Actor) -> list[SeriousProblemView]:
    """Serious problems, those to be decided first, then the newest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.read() as session:
        found = [_view(one, person, actor) for one, person in evaluation_evidence.problems(session)]
    return sorted(found, key=lambda one: (one.confirmed is not None, -one.day.toordinal()))


def _view(one: SeriousProblem, person: Person, actor: Actor) -> SeriousProblemView:
    return SeriousProblemView(
        id=one.id or 0,
        staff_no=person.staff_no,
        name=person.name,
        day=one.day,
        what=one.what,
        confirmed=one.confirmed,
        decision=one.decision,
        may_decide=one.confirmed is None
        and actor.person_id not in (one.reported_by, one.person_id),
    )


def _refuse_own(actor: Actor, person_id: int) -> None:
    if person_id == actor.person_id:
        raise Refused(
            _("Nobody reports a serious problem of their own here."),
            mend=_("Tell your supervisor or HR."),
        )

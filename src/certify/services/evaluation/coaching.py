"""Coaching plans: the supervisor writes what is to be done, and says when it was (R-EVA-08)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.evaluation import CoachingPlan
from certify.domain.permission import Action, may, require_person
from certify.domain.person import Actor, Person
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.effects import tell
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import consequences
from certify.storage.consequences import PlanRow


@dataclass(frozen=True)
class PlanView:
    """A coaching plan."""

    id: int
    staff_no: str
    name: str
    period: str
    due_on: date
    steps: str
    """Empty while the supervisor has not written it."""
    done_on: date | None
    is_overdue: bool
    may_write: bool
    """Whether the person at the screen writes it and marks it done."""


def listed(platform: Platform, *, actor: Actor) -> list[PlanView]:
    """Coaching plans, the one due first first: HR sees all, others those of their reports and own.

    Raises:
        NotPermitted: the command line itself.
    """
    with platform.database.read() as session:
        if may(actor, Action.DECIDE_CONSEQUENCES):
            found = consequences.plans(session)
        else:
            require_person(actor)
            found = [
                *consequences.plans(session, supervisor_id=actor.person_id),
                *consequences.plans(session, person_id=actor.person_id),
            ]
        views = [_view(platform, row, actor) for row in found]
    return sorted(views, key=lambda one: (one.done_on is not None, one.due_on, one.id))


def overdue(platform: Platform, *, actor: Actor) -> list[PlanView]:
    """Those of `listed` whose last day is over and that are not done."""
    return [one for one in listed(platform, actor=actor) if one.is_overdue]


def write(platform: Platform, *, actor: Actor, plan: int, steps: str) -> None:
    """Write the steps of a plan for a direct report, or write them anew while it is open.

    Raises:
        NotPermitted: the actor is not the direct supervisor; HR stands in where there is none.
        NotFound, BadInput
        Refused: it is done.
    """
    require_person(actor)
    steps = checked_text(steps, _("plan"), 2000)
    with platform.database.write() as session:
        found = _own(session, actor, plan)
        found.steps, found.written_by = steps, actor.person_id
        found.written_at = platform.clock.now()
        due = found.due_on.isoformat()
        tell(session, platform, found.person_id, "coaching-plan-written", steps=steps, due=due)
        subject = f"person:{found.person_id}"
        record(session, platform, actor, "coaching-plan-written", subject, plan=found.id)


def mark_done(platform: Platform, *, actor: Actor, plan: int) -> None:
    """Say that a written plan was carried out, today.

    Raises:
        NotPermitted, NotFound
        Refused: it is done already or was never written.
    """
    require_person(actor)
    with platform.database.write() as session:
        found = _own(session, actor, plan)
        if not found.steps:
            raise Refused(
                _("This plan is not written yet."), mend=_("Write what is to be done first.")
            )
        found.done_on = platform.today()
        subject = f"person:{found.person_id}"
        record(session, platform, actor, "coaching-plan-done", subject, plan=found.id)


def _own(session: Session, actor: Actor, plan: int) -> CoachingPlan:
    found = consequences.locked_plan(session, plan)
    if found is None:
        raise NotFound(_("There is no coaching plan {number}.").format(number=plan))
    person = session.get_one(Person, found.person_id)
    if not _may_write(actor, person):
        raise NotPermitted(
            _("The direct supervisor writes this plan and marks it done."),
            mend=_("Ask the supervisor of {name}.").format(name=person.name),
        )
    if found.done_on is not None:
        raise Refused(_("This plan was done on {day}.").format(day=found.done_on.isoformat()))
    return found


def _may_write(actor: Actor, person: Person) -> bool:
    if person.id == actor.person_id:
        return False
    if person.supervisor_id is None:
        return may(actor, Action.DECIDE_CONSEQUENCES)
    return person.supervisor_id == actor.person_id


def _view(platform: Platform, row: PlanRow, actor: Actor) -> PlanView:
    plan = row.plan
    return PlanView(
        id=plan.id or 0,
        staff_no=row.person.staff_no,
        name=row.person.name,
        period=row.period.code,
        due_on=plan.due_on,
        steps=plan.steps,
        done_on=plan.done_on,
        is_overdue=plan.done_on is None and plan.due_on < platform.today(),
        may_write=plan.done_on is None and _may_write(actor, row.person),
    )

"""What a confirmed consequence does in certify, and how it is taken back after an appeal.

A bonus factor, a commendation, a warning, priority and a transfer are decisions that HR carries
out elsewhere; here they are only kept, and the person is told. No payroll is computed (R-EVA-08).
"""

from datetime import timedelta

from sqlmodel import Session

from certify.domain.consequence import LABELS
from certify.domain.evaluation import CoachingPlan, ProposedConsequence
from certify.domain.message import PersonMessage
from certify.domain.person import Actor, Person
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying import remedial, states
from certify.storage import consequences


def bring(session: Session, platform: Platform, actor: Actor, row: ProposedConsequence) -> None:
    """Let a consequence that was just confirmed take effect, and tell the person.

    Days count from the confirmation: nobody can begin before they know.
    """
    if row.due_on is not None:
        row.due_on = platform.today() + timedelta(days=int(row.facts["days"]))
    if row.kind == "coaching-plan":
        _ask_for_plan(session, platform, row)
    elif row.kind == "suspension":
        _suspend(session, platform, actor, row)
    elif row.kind == "remedial":
        _assign_remedial(session, platform, row)
    told = {"consequence": row.kind, "reason": row.reason, **row.facts}
    if row.due_on is not None:
        told["due"] = row.due_on.isoformat()
    tell(session, platform, row.person_id, "consequence-confirmed", **told)


def take_back(session: Session, platform: Platform, actor: Actor, row: ProposedConsequence) -> None:
    """Undo what a confirmed consequence did, and tell the person.

    A coaching plan needs nothing: it stands only while its consequence does.
    """
    if row.kind == "suspension":
        _reinstate(session, platform, actor, row)
    elif row.kind == "remedial":
        _cancel_remedial(session, platform, row)
    tell(session, platform, row.person_id, "consequence-withdrawn", consequence=row.kind)


def tell(session: Session, platform: Platform, person_id: int, kind: str, **facts: object) -> None:
    """Leave a person a message, in the transaction that does what it says."""
    session.add(PersonMessage(person_id=person_id, at=platform.clock.now(), kind=kind, facts=facts))


def label(row: ProposedConsequence) -> str:
    """What a consequence is called, translated."""
    return _(LABELS.get(row.kind, row.kind))


def _ask_for_plan(session: Session, platform: Platform, row: ProposedConsequence) -> None:
    due = row.due_on or platform.today()
    session.add(CoachingPlan(person_id=row.person_id, evaluation_id=row.evaluation_id, due_on=due))
    person = session.get_one(Person, row.person_id)
    if person.supervisor_id is not None:
        facts = {"staff_no": person.staff_no, "due": due.isoformat()}
        tell(session, platform, person.supervisor_id, "coaching-plan-wanted", **facts)


def _suspend(session: Session, platform: Platform, actor: Actor, row: ProposedConsequence) -> None:
    states.suspend_all(
        session,
        platform,
        row.person_id,
        actor_id=actor.person_id,
        reason=f"grade:{row.evaluation_id}",
    )


def _reinstate(
    session: Session, platform: Platform, actor: Actor, row: ProposedConsequence
) -> None:
    if consequences.is_suspended_later(session, row):
        return
    states.reinstate_for(
        session,
        platform,
        row.person_id,
        cause=f"grade:{row.evaluation_id}",
        actor_id=actor.person_id,
        reason=f"appeal:{row.evaluation_id}",
    )


def _assign_remedial(session: Session, platform: Platform, row: ProposedConsequence) -> None:
    remedial.assign_for(
        session,
        platform,
        row.person_id,
        origin="grade",
        origin_id=row.evaluation_id,
        due_on=row.due_on or platform.today(),
    )


def _cancel_remedial(session: Session, platform: Platform, row: ProposedConsequence) -> None:
    for one in consequences.remedial_of_grade(session, row.evaluation_id):
        one.cancelled_at = one.cancelled_at or platform.clock.now()

"""Appeals: the ratee objects once, in time; the objection is there for others to decide (R-EVA-06).

`appeal_decisions` decides them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.calendar import WorkingCalendar
from certify.domain.consequence import last_day_to_appeal, may_decide_appeal
from certify.domain.evaluation import Appeal, Evaluation, EvaluationPeriod, PeriodState
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.grade import Grade
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.placement import days_under
from certify.domain.scoring import cut
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import appeals, evaluations, placements
from certify.storage.appeals import AppealRow


@dataclass(frozen=True)
class AppealView:
    """An objection to a grade."""

    id: int
    staff_no: str
    name: str
    period: str
    grade: Grade | None
    final: str
    """Final score it is about, cut for the eye; empty without one."""
    reason: str
    at: datetime
    upheld: bool | None
    """None while it waits."""
    decision: str
    may_decide: bool
    """Whether the person at the screen may decide it."""


@dataclass(frozen=True)
class Standing:
    """Whether the person at the screen may appeal against a grade of theirs."""

    until: date
    """Last day, inclusive."""
    may_appeal: bool
    appeal: AppealView | None


def ask(platform: Platform, *, actor: Actor, period: str, reason: str) -> int:
    """Object to one's own grade of a closed period; gives the number of the appeal.

    Raises:
        NotFound: the actor has no grade of such a period.
        BadInput: no reason.
        Refused: it is too late, or the actor has appealed against it already.
    """
    require_person(actor)
    reason = checked_text(reason, _("reason"), 2000)
    with platform.database.write() as session:
        of = _closed(session, period)
        told = appeals.first_told(session, of.id or 0, actor.person_id)
        if told is None:
            raise _nothing(period)
        until = appeal_until(platform, of, told)
        if platform.today() > until:
            raise Refused(
                _("An appeal against this grade was possible until {day}.").format(
                    day=until.isoformat()
                )
            )
        if appeals.of_evaluation(session, told.id or 0) is not None:
            raise Refused(_("You have appealed against this grade already; once is the rule."))
        found = Appeal(
            evaluation_id=told.id or 0,
            person_id=actor.person_id,
            reason=reason,
            at=platform.clock.now(),
        )
        session.add(found)
        session.flush()
        facts = {"appeal": found.id, "evaluation": told.id}
        record(session, platform, actor, "appeal-made", f"person:{actor.person_id}", **facts)
        return found.id or 0


def standing(platform: Platform, *, actor: Actor, period: str) -> Standing:
    """Until when the actor may appeal against a grade, and what came of an appeal.

    Raises:
        NotFound: the actor has no grade of such a period.
    """
    with platform.database.read() as session:
        of = _closed(session, period)
        told = appeals.first_told(session, of.id or 0, actor.person_id)
        if told is None:
            raise _nothing(period)
        rows = appeals.rows(session, person_id=actor.person_id)
        own = [view(row, may_decide=False) for row in rows if row.appeal.evaluation_id == told.id]
        until = appeal_until(platform, of, told)
        return Standing(until, not own and platform.today() <= until, own[0] if own else None)


def listed(platform: Platform, *, actor: Actor) -> list[AppealView]:
    """Every appeal, those that wait first, else the newest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.DECIDE_APPEAL)
    with platform.database.read() as session:
        views = [
            view(row, may_decide=not actor.is_console and may_decide(session, actor, row))
            for row in appeals.rows(session)
        ]
    return sorted(views, key=lambda one: (one.upheld is not None, -one.id))


def appeal_until(platform: Platform, period: EvaluationPeriod, told: Evaluation) -> date:
    """The last day, inclusive, on which a grade may be objected to, by the rules of its period."""
    days = EvaluationRules.from_json(period.rules).evaluation.appeal_working_days
    told_on = local_date(told.decided_at, platform.policy.organisation.time_zone)
    return last_day_to_appeal(told_on, days, WorkingCalendar())


def may_decide(session: Session, actor: Actor, row: AppealRow) -> bool:
    """Whether somebody neither rated nor supervises the ratee, nor is the ratee."""
    period, ratee = row.period, row.person
    known = placements.of_person(session, ratee)
    supervisors = set(days_under(period.first_day, period.last_day, known))
    if ratee.supervisor_id is not None:
        supervisors.add(ratee.supervisor_id)
    raters = appeals.raters(session, period.id or 0, ratee.id or 0)
    return may_decide_appeal(actor.person_id, ratee.id or 0, supervisors, raters)


def view(row: AppealRow, *, may_decide: bool) -> AppealView:
    """An appeal for the eye."""
    one = row.appeal
    return AppealView(
        id=one.id or 0,
        staff_no=row.person.staff_no,
        name=row.person.name,
        period=row.period.code,
        grade=row.evaluation.grade,
        final=cut(row.evaluation.final) if may_decide and row.evaluation.final else "",
        reason=one.reason,
        at=one.at,
        upheld=one.upheld,
        decision=one.decision,
        may_decide=one.upheld is None and may_decide,
    )


def _closed(session: Session, period: str) -> EvaluationPeriod:
    found = evaluations.by_code(session, period)
    if found is None or found.state is not PeriodState.CLOSED:
        raise _nothing(period)
    return found


def _nothing(period: str) -> NotFound:
    return NotFound(_("You have no grade of the period “{period}”.").format(period=period))

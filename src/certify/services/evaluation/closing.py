"""Closing a period: everybody's result at once, told to each, and nothing of it changes after."""

from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.calendar import WorkingCalendar
from certify.domain.consequence import last_day_to_appeal
from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodState
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.grade import Grade, counted
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import Refused
from certify.hooks.events import EvaluationClosed
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation import consequences
from certify.services.evaluation.finding import locked_period
from certify.services.evaluation.scoring import evaluation_row, record_grade, scored
from certify.services.evaluation.words import state_word
from certify.services.recording import record


@dataclass(frozen=True)
class Closed:
    """What closing a period came to."""

    period: str
    people: int
    graded: int
    grades: dict[Grade, int]
    """How often each was given, the best first."""
    proposed: int
    """Consequences that wait for HR."""


def close(platform: Platform, *, actor: Actor, period: str) -> Closed:
    """Close a period that is in review: every evaluation in one transaction.

    Raises:
        NotPermitted, NotFound
        Refused: it is not in review; closed stays closed.
    """
    require(actor, Action.RUN_EVALUATION)
    now = platform.clock.now()
    with platform.database.write() as session:
        found = locked_period(session, period)
        if found.state is not PeriodState.REVIEW:
            raise Refused(
                _("{period} is {state}.").format(period=found.code, state=state_word(found.state)),
                mend=_("Only a period in review can be closed."),
            )
        results = [
            evaluation_row(found, one, decided_by=actor.person_id, at=now)
            for one in scored(session, platform, found)
        ]
        found.state = PeriodState.CLOSED
        found.closed_by, found.closed_at = actor.person_id, now
        session.add_all(results)
        session.flush()
        proposed = consequences.propose(session, platform, actor, found, results)
        _tell(session, platform, found, results)
        grades = counted(one.grade for one in results if one.grade is not None)
        graded = sum(grades.values())
        for one in results:
            record_grade(session, platform, actor, one)
        facts = {
            "people": len(results),
            "grades": {str(one): n for one, n in grades.items()},
            "each": True,
        }
        record(session, platform, actor, "evaluation-closed", f"period:{found.id}", **facts)
    summary = EvaluationClosed(period=found.code, graded=graded)
    platform.plugins.announce("certify_evaluation_closed", summary=summary)
    return Closed(found.code, len(results), graded, dict(grades), proposed)


def _tell(
    session: Session, platform: Platform, period: EvaluationPeriod, results: list[Evaluation]
) -> None:
    days = EvaluationRules.from_json(period.rules).evaluation.appeal_working_days
    until = last_day_to_appeal(platform.today(), days, WorkingCalendar())
    session.add_all(
        PersonMessage(
            person_id=one.person_id,
            at=platform.clock.now(),
            kind="evaluation-closed",
            facts={
                "period": period.code,
                "grade": one.grade,
                "appeal_until": until.isoformat(),
            },
        )
        for one in results
    )

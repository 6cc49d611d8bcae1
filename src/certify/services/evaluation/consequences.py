"""What a grade may bring: proposed when a period closes, in the same transaction (R-EVA-08)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session

from certify.domain import consequence
from certify.domain.evaluation import (
    ConsequenceState,
    Evaluation,
    EvaluationPeriod,
    PeriodKind,
    ProposedConsequence,
)
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.grade import Grade
from certify.domain.person import Actor
from certify.platform import Platform
from certify.policy import Consequence
from certify.services.evaluation import effects
from certify.services.recording import record
from certify.storage import consequences


def propose(
    session: Session,
    platform: Platform,
    actor: Actor,
    period: EvaluationPeriod,
    evaluations: Iterable[Evaluation],
) -> int:
    """Propose to HR what each grade of a period brings by policy; gives how many were proposed.

    Called in the transaction that closes the period, after its state was set and the evaluations
    were flushed. Unqualified suspends here and now where the policy says so (R-QUA-07).

    Args:
        actor: who closes the period or upholds an appeal.
        evaluations: with their ids; those without grade bring nothing.
    """
    rules = EvaluationRules.from_json(period.rules)
    count = 0
    for one in evaluations:
        rows = [_row(platform, one, wanted) for wanted in expected(session, period, rules, one)]
        if not rows:
            continue
        session.add_all(rows)
        session.flush()
        for row in rows:
            if row.kind == "suspension" and rules.evaluation.suspend_at_once:
                _confirm_at_once(session, platform, actor, row)
        facts = {"evaluation": one.id, "kinds": [row.kind for row in rows]}
        subject = f"person:{one.person_id}"
        record(session, platform, actor, "consequences-proposed", subject, **facts)
        count += len(rows)
    return count


def expected(
    session: Session, period: EvaluationPeriod, rules: EvaluationRules, evaluation: Evaluation
) -> tuple[Consequence, ...]:
    """What a grade brings by the rules of its period, with the grades before it where they count.

    Args:
        rules: those of the period.
    """
    if evaluation.grade is None:
        return ()
    is_regular = period.kind is not PeriodKind.AD_HOC
    before: list[Grade | None] = []
    if is_regular and consequence.needs_row(evaluation.grade, rules.consequences):
        before = consequences.earlier_grades(session, evaluation.person_id, period)
    return consequence.proposed(evaluation.grade, before, rules.consequences, is_regular=is_regular)


def withdraw(session: Session, platform: Platform, actor: Actor, evaluation: Evaluation) -> None:
    """Take back what a grade brought that an appeal has changed, with its effects.

    What HR declined stays declined.
    """
    for row in consequences.of_evaluation(session, evaluation.id or 0):
        if row.state in (ConsequenceState.PROPOSED, ConsequenceState.CONFIRMED):
            _withdraw(session, platform, actor, row)


def withdraw_broken_rows(
    session: Session, platform: Platform, actor: Actor, period: EvaluationPeriod, person_id: int
) -> None:
    """Take back proposals of later periods that rested on a grade in a row that has changed."""
    for later, of in consequences.later_ones(session, person_id, period):
        rules = EvaluationRules.from_json(of.rules)
        kinds = {one.kind for one in expected(session, of, rules, later)}
        for row in consequences.of_period(session, of.id or 0, person_id):
            if row.state is ConsequenceState.PROPOSED and row.kind not in kinds:
                _withdraw(session, platform, actor, row)


def _row(platform: Platform, evaluation: Evaluation, wanted: Consequence) -> ProposedConsequence:
    facts = {}
    if wanted.factor is not None:
        facts["factor"] = str(wanted.factor)
    if wanted.days is not None:
        facts["days"] = str(wanted.days)
    due = timedelta(days=wanted.days) if wanted.days is not None else None
    return ProposedConsequence(
        evaluation_id=evaluation.id or 0,
        person_id=evaluation.person_id,
        kind=wanted.kind,
        facts=facts,
        due_on=platform.today() + due if due else None,
    )


def _confirm_at_once(
    session: Session, platform: Platform, actor: Actor, row: ProposedConsequence
) -> None:
    row.state = ConsequenceState.CONFIRMED
    row.facts = {**row.facts, "at_once": "yes"}
    row.decided_at = platform.clock.now()
    effects.bring(session, platform, actor, row)


def _withdraw(session: Session, platform: Platform, actor: Actor, row: ProposedConsequence) -> None:
    was_confirmed = row.state is ConsequenceState.CONFIRMED
    row.state = ConsequenceState.WITHDRAWN
    if was_confirmed:
        effects.take_back(session, platform, actor, row)
    facts = {"consequence": row.id, "kind": row.kind, "evaluation": row.evaluation_id}
    subject = f"person:{row.person_id}"
    record(session, platform, actor, "consequence-withdrawn", subject, **facts)

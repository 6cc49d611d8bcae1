"""Deciding an appeal: a new evaluation beside the old one, or a reason why not (R-EVA-06)."""

from collections.abc import Mapping
from fractions import Fraction

from sqlmodel import Session

from certify.domain.evaluation import Appeal, Evaluation, EvaluationPeriod, MeasuredValue
from certify.domain.evaluation_number import read_score
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import decided
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation import appeals as asking
from certify.services.evaluation import consequences, scoring
from certify.services.evaluation.effects import tell
from certify.services.evaluation.measuring import indicator_of, read_value
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import appeals, evaluations
from certify.storage.appeals import AppealRow


def reject(platform: Platform, *, actor: Actor, appeal: int, reason: str) -> None:
    """Leave a grade as it is; the person is told why.

    Raises:
        NotPermitted: the actor rated, supervises or is the ratee, or may not decide appeals.
        NotFound, BadInput
        Refused: decided already.
    """
    require_person(actor)
    require(actor, Action.DECIDE_APPEAL)
    reason = checked_text(reason, _("reason"), 2000)
    with platform.database.write() as session:
        row = _open(session, actor, appeal)
        _close(platform, actor, row.appeal, upheld=False, reason=reason)
        _tell(session, platform, row, row.evaluation)
        facts = {"appeal": row.appeal.id, "evaluation": row.evaluation.id}
        subject = f"person:{row.person.id}"
        record(session, platform, actor, "appeal-rejected", subject, **facts)


def uphold(
    platform: Platform,
    *,
    actor: Actor,
    appeal: int,
    reason: str,
    values: Mapping[str, str | None] | None = None,
    final: str | None = None,
) -> int:
    """Change a grade by an appeal; gives the number of the new evaluation, the old one is kept.

    Either measured values are corrected and everything is worked out anew, or the final score is
    corrected. Where the grade changes, what the old one brought is withdrawn and what the new one
    brings is proposed.

    Args:
        values: raw value by indicator, as text; None or `-`: not applicable.
        final: new final score as text, 0 to 100.
    Raises:
        NotPermitted: the actor rated, supervises or is the ratee, or may not decide appeals.
        NotFound, BadInput
        Refused: decided already.
    """
    require_person(actor)
    require(actor, Action.DECIDE_APPEAL)
    reason = checked_text(reason, _("reason"), 2000)
    if bool(values) == (final is not None):
        raise BadInput(
            _("An appeal is upheld with new measured values or with a new final score."),
            mend=_("Give one of the two."),
        )
    with platform.database.write() as session:
        row = _open(session, actor, appeal)
        if final is not None:
            new = _with_final(session, platform, actor, row, read_score(final), reason)
        else:
            new = _with_values(session, platform, actor, row, values or {})
        session.add(new)
        session.flush()
        _close(platform, actor, row.appeal, upheld=True, reason=reason)
        row.appeal.new_evaluation_id = new.id
        _follow(session, platform, actor, row, new)
        _tell(session, platform, row, new)
        facts = {"appeal": row.appeal.id, "evaluation": row.evaluation.id, "new": new.id}
        subject = f"person:{row.person.id}"
        scoring.record_grade(session, platform, actor, new)
        record(session, platform, actor, "appeal-upheld", subject, **facts)
        return new.id or 0


def _open(session: Session, actor: Actor, appeal: int) -> AppealRow:
    """An appeal that waits, locked, with what it is about."""
    found = appeals.locked(session, appeal)
    if found is None:
        raise NotFound(
            _("There is no appeal {number}.").format(number=appeal),
            mend=_("“certify appeal list” shows all of them."),
        )
    evaluation = session.get_one(Evaluation, found.evaluation_id)
    period = session.get_one(EvaluationPeriod, evaluation.period_id)
    row = AppealRow(found, evaluation, period, session.get_one(Person, found.person_id))
    if not asking.may_decide(session, actor, row):
        raise NotPermitted(
            _("Whoever rated or supervises a person, or is that person, decides no appeal there."),
            mend=_("Let somebody else of HR or the evaluation group decide it."),
        )
    if found.upheld is not None:
        raise Refused(_("This appeal is decided already: {reason}").format(reason=found.decision))
    return row


def _close(platform: Platform, actor: Actor, appeal: Appeal, *, upheld: bool, reason: str) -> None:
    appeal.upheld, appeal.decision = upheld, reason
    appeal.decided_by, appeal.decided_at = actor.person_id, platform.clock.now()


def _with_values(
    session: Session,
    platform: Platform,
    actor: Actor,
    row: AppealRow,
    values: Mapping[str, str | None],
) -> Evaluation:
    scheme = EvaluationRules.from_json(row.period.rules).scheme
    for code, text in values.items():
        indicator = indicator_of(scheme, code)
        session.add(
            MeasuredValue(
                period_id=row.period.id or 0,
                person_id=row.person.id,
                indicator=indicator.code,
                value=read_value(indicator, text),
                source=f"appeal:{row.appeal.id}",
                recorded_by=actor.person_id,
                at=platform.clock.now(),
            )
        )
    return scoring.recompute(
        session,
        platform,
        row.period,
        row.person.id or 0,
        revision=row.evaluation.revision + 1,
        decided_by=actor.person_id,
    )


def _with_final(
    session: Session,
    platform: Platform,
    actor: Actor,
    row: AppealRow,
    final: Fraction,
    reason: str,
) -> Evaluation:
    old, period = row.evaluation, row.period
    rules = EvaluationRules.from_json(period.rules)
    capped = evaluations.with_serious_problem(session, period.first_day, period.last_day)
    cap = rules.evaluation.serious_cap if old.person_id in capped else None
    by_score = decided(final, rules.grades)
    grade = decided(final, rules.grades, cap=cap)
    return Evaluation(
        period_id=old.period_id,
        person_id=old.person_id,
        revision=old.revision + 1,
        ratee_class=old.ratee_class,
        measured=old.measured,
        mix=old.mix,
        final=final,
        grade=grade,
        why="" if grade is by_score else "serious-problem",
        parts={**old.parts, "corrected": {"final": str(final), "reason": reason}},
        decided_by=actor.person_id,
        decided_at=platform.clock.now(),
    )


def _follow(
    session: Session, platform: Platform, actor: Actor, row: AppealRow, new: Evaluation
) -> None:
    """What a grade brought follows the grade; where it is the same nothing moves."""
    if new.grade is row.evaluation.grade:
        return
    consequences.withdraw(session, platform, actor, row.evaluation)
    consequences.propose(session, platform, actor, row.period, [new])
    consequences.withdraw_broken_rows(session, platform, actor, row.period, new.person_id)


def _tell(session: Session, platform: Platform, row: AppealRow, now: Evaluation) -> None:
    tell(
        session,
        platform,
        row.person.id or 0,
        "appeal-decided",
        period=row.period.code,
        upheld=bool(row.appeal.upheld),
        grade=now.grade.value if now.grade else None,
        reason=row.appeal.decision,
    )

"""What a period comes to for each person, worked out from the rows there are now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.domain.evaluation import Evaluation, EvaluationPeriod, RaterType
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import Scored, evaluate, parts
from certify.domain.person import Actor
from certify.domain.rater_mix import Ratings
from certify.domain.sealing import sealed
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.roster import Ratee, roster
from certify.services.recording import record
from certify.storage import evaluations
from certify.storage.evaluations import RatingRow, ValueRow


@dataclass(frozen=True, slots=True)
class ScoredPerson:
    """One person and what the period came to."""

    ratee: Ratee
    scored: Scored

    @property
    def person_id(self) -> int:
        return self.ratee.person_id


def scored(
    session: Session,
    platform: Platform,
    period: EvaluationPeriod,
    only: Collection[int] | None = None,
) -> list[ScoredPerson]:
    """Everybody a period evaluates, by staff number, under the rules it was opened with.

    Args:
        only: person ids of whom is wanted; None for everybody.
    """
    rules = EvaluationRules.from_json(period.rules)
    values = evaluations.values(session, period.id or 0)
    ratings = evaluations.ratings(session, period.id or 0)
    serious = evaluations.with_serious_problem(session, period.first_day, period.last_day)
    days = (period.last_day - period.first_day).days + 1
    return [
        ScoredPerson(
            ratee=ratee,
            scored=evaluate(
                rules,
                ratee=ratee.ratee_class,
                values=_values(values.get(ratee.person_id, {})),
                ratings=given(ratings.get(ratee.person_id, ())),
                days_present=ratee.days_present,
                days_in_period=days,
                is_trainee=ratee.is_trainee,
                has_serious_problem=ratee.person_id in serious,
            ),
        )
        for ratee in roster(session, platform, period, only)
    ]


def recompute(
    session: Session,
    platform: Platform,
    period: EvaluationPeriod,
    person_id: int,
    *,
    revision: int,
    decided_by: int,
) -> Evaluation:
    """One person's period worked out anew from the rows there are now; not added to the session.

    Raises:
        NotFound: the period does not evaluate the person any more.
    """
    session.flush()
    found = scored(session, platform, period, {person_id})
    if not found:
        raise NotFound(_("This person is not in the period."))
    now = platform.clock.now()
    return evaluation_row(period, found[0], decided_by=decided_by, at=now, revision=revision)


def evaluation_row(
    period: EvaluationPeriod, one: ScoredPerson, *, decided_by: int, at: datetime, revision: int = 1
) -> Evaluation:
    """What is kept of a result, with all it was made of."""
    found = one.scored
    return Evaluation(
        period_id=period.id or 0,
        person_id=one.person_id,
        revision=revision,
        ratee_class=found.ratee_class,
        measured=found.measured.score,
        mix=found.mix.score,
        final=found.final,
        grade=found.grade,
        why=found.why or "",
        parts={**parts(found), "days_present": one.ratee.days_present},
        decided_by=decided_by,
        decided_at=at,
    )


def record_grade(session: Session, platform: Platform, actor: Actor, one: Evaluation) -> None:
    """Write into the ledger what somebody's period came to; the row is flushed."""
    facts = {
        "period": one.period_id,
        "evaluation": one.id,
        "revision": one.revision,
        "final": None if one.final is None else str(one.final),
        "grade": one.grade.value if one.grade else None,
        "seals": sealed(one),
    }
    record(session, platform, actor, "evaluation-graded", f"person:{one.person_id}", **facts)


def given(rows: Collection[RatingRow]) -> Ratings:
    """The scores of one ratee by type of rater; what was not given is left out, never 0."""
    by_type: dict[RaterType, list[Fraction]] = {one: [] for one in RaterType}
    for row in rows:
        if row.counts and row.score is not None:
            by_type[row.rater_type].append(row.score)
    return Ratings(
        supervisor=next(iter(by_type[RaterType.SUPERVISOR]), None),
        own=next(iter(by_type[RaterType.SELF]), None),
        subordinates=tuple(by_type[RaterType.SUBORDINATE]),
        customers=tuple(by_type[RaterType.CUSTOMER]),
    )


def _values(rows: Mapping[str, ValueRow]) -> dict[str, Fraction | None]:
    return {code: row.value for code, row in rows.items()}

"""How much of evaluation waits for a person, counted in the database: for the first screen."""

from sqlmodel import Session, col, func, select

from certify.domain.evaluation import (
    Appeal,
    CoachingPlan,
    ConsequenceState,
    EvaluationPeriod,
    PeriodState,
    ProposedConsequence,
    Rating,
)
from certify.domain.person import Person


def ratings(session: Session, rater_id: int) -> int:
    """Scores somebody was asked for and has not given, in periods that are being scored."""
    query = (
        select(func.count())
        .select_from(Rating)
        .join(EvaluationPeriod, col(Rating.period_id) == col(EvaluationPeriod.id))
        .where(
            Rating.rater_id == rater_id,
            col(Rating.counts),
            col(Rating.score).is_(None),
            EvaluationPeriod.state == PeriodState.SCORING,
        )
    )
    return session.exec(query).one()


def consequences(session: Session, but_of: int) -> int:
    """Consequences that wait for a decision, but of one person."""
    query = (
        select(func.count())
        .select_from(ProposedConsequence)
        .where(
            ProposedConsequence.state == ConsequenceState.PROPOSED,
            ProposedConsequence.person_id != but_of,
        )
    )
    return session.exec(query).one()


def appeals(session: Session, but_of: int) -> int:
    """Appeals that wait for a decision, but of one person."""
    query = select(func.count()).select_from(Appeal)
    waiting = query.where(col(Appeal.upheld).is_(None), Appeal.person_id != but_of)
    return session.exec(waiting).one()


def plans(session: Session, supervisor_id: int) -> int:
    """Coaching plans of somebody's direct reports that stand and are not done."""
    query = (
        select(func.count())
        .select_from(CoachingPlan)
        .join(Person, col(CoachingPlan.person_id) == col(Person.id))
        .join(
            ProposedConsequence,
            (col(ProposedConsequence.evaluation_id) == col(CoachingPlan.evaluation_id))
            & (col(ProposedConsequence.kind) == "coaching-plan")
            & (col(ProposedConsequence.state) == ConsequenceState.CONFIRMED),
        )
        .where(Person.supervisor_id == supervisor_id, col(CoachingPlan.done_on).is_(None))
    )
    return session.exec(query).one()

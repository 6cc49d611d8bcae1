"""What grades may bring, coaching plans, and the series of grades behind them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from certify.domain.evaluation import (
    CoachingPlan,
    ConsequenceState,
    Evaluation,
    EvaluationPeriod,
    PeriodKind,
    PeriodState,
    ProposedConsequence,
)
from certify.domain.grade import Grade
from certify.domain.person import Person
from certify.domain.remedial import RemedialAssignment


@dataclass(frozen=True)
class ConsequenceRow:
    """A consequence with the grade it comes from and whose it is."""

    consequence: ProposedConsequence
    evaluation: Evaluation
    period: EvaluationPeriod
    person: Person


@dataclass(frozen=True)
class PlanRow:
    """A coaching plan with whose it is and who answers for it."""

    plan: CoachingPlan
    period: EvaluationPeriod
    person: Person
    supervisor: Person | None


def earlier_grades(
    session: Session, person_id: int, period: EvaluationPeriod
) -> list[Grade | None]:
    """Grades of a person in the closed regular periods of a scheme before one, newest first."""
    found = _regular(session, person_id, period.scheme)
    return [one.grade for one, of in reversed(found) if of.last_day < period.first_day]


def later_ones(
    session: Session, person_id: int, period: EvaluationPeriod
) -> list[tuple[Evaluation, EvaluationPeriod]]:
    """What a person's later regular periods of the scheme came to, the oldest first."""
    found = _regular(session, person_id, period.scheme)
    return [(one, of) for one, of in found if of.first_day > period.last_day]


def _regular(
    session: Session, person_id: int, scheme: str
) -> list[tuple[Evaluation, EvaluationPeriod]]:
    query = (
        select(Evaluation, EvaluationPeriod)
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .where(
            Evaluation.person_id == person_id,
            EvaluationPeriod.scheme == scheme,
            EvaluationPeriod.kind != PeriodKind.AD_HOC,
            EvaluationPeriod.state == PeriodState.CLOSED,
        )
        .order_by(col(EvaluationPeriod.first_day), col(Evaluation.revision))
    )
    newest = {of.id: (one, of) for one, of in session.exec(query).all()}
    return list(newest.values())


def rows(
    session: Session,
    *,
    state: ConsequenceState | None = None,
    ids: Collection[int] | None = None,
    person_id: int | None = None,
) -> list[ConsequenceRow]:
    """Consequences, the newest period first, by staff number in it."""
    query = (
        select(ProposedConsequence, Evaluation, EvaluationPeriod, Person)
        .join(Evaluation, col(ProposedConsequence.evaluation_id) == col(Evaluation.id))
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .join(Person, col(ProposedConsequence.person_id) == col(Person.id))
        .order_by(col(ProposedConsequence.id))
    )
    if state is not None:
        query = query.where(ProposedConsequence.state == state)
    if ids is not None:
        query = query.where(col(ProposedConsequence.id).in_(ids))
    if person_id is not None:
        query = query.where(ProposedConsequence.person_id == person_id)
    found = [ConsequenceRow(*row) for row in session.exec(query).all()]
    found.sort(key=lambda row: row.person.staff_no)
    return sorted(found, key=lambda row: row.period.first_day, reverse=True)


def lock(session: Session, ids: Collection[int]) -> Sequence[ProposedConsequence]:
    """Consequences as they are now, which nobody else changes until the transaction ends."""
    query = select(ProposedConsequence).where(col(ProposedConsequence.id).in_(ids))
    return session.exec(query.order_by(col(ProposedConsequence.id)).with_for_update()).all()


def of_evaluation(session: Session, evaluation_id: int) -> Sequence[ProposedConsequence]:
    """All that one grade brought, locked until the transaction ends."""
    query = select(ProposedConsequence).where(ProposedConsequence.evaluation_id == evaluation_id)
    return session.exec(query.order_by(col(ProposedConsequence.id)).with_for_update()).all()


def is_suspended_later(session: Session, row: ProposedConsequence) -> bool:
    """Whether a later grade of the person suspends too, so that taking one back frees nobody."""
    query = select(ProposedConsequence.id).where(
        ProposedConsequence.person_id == row.person_id,
        ProposedConsequence.kind == row.kind,
        ProposedConsequence.state == ConsequenceState.CONFIRMED,
        col(ProposedConsequence.id) > row.id,
    )
    return session.exec(query).first() is not None


def of_period(session: Session, period_id: int, person_id: int) -> Sequence[ProposedConsequence]:
    """All that a person's period brought, whatever revision it came from, locked."""
    query = (
        select(ProposedConsequence)
        .join(Evaluation, col(ProposedConsequence.evaluation_id) == col(Evaluation.id))
        .where(Evaluation.period_id == period_id, Evaluation.person_id == person_id)
        .order_by(col(ProposedConsequence.id))
    )
    return session.exec(query.with_for_update(of=ProposedConsequence)).all()


def plans(
    session: Session, *, supervisor_id: int | None = None, person_id: int | None = None
) -> list[PlanRow]:
    """Coaching plans that stand, the one due first first; not those withdrawn after an appeal.

    Args:
        supervisor_id: only those of the direct reports of a person.
        person_id: only those of a person.
    """
    supervisor = aliased(Person)
    query = (
        select(CoachingPlan, EvaluationPeriod, Person, supervisor)
        .join(Evaluation, col(CoachingPlan.evaluation_id) == col(Evaluation.id))
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .join(Person, col(CoachingPlan.person_id) == col(Person.id))
        .join(
            ProposedConsequence,
            (col(ProposedConsequence.evaluation_id) == col(CoachingPlan.evaluation_id))
            & (col(ProposedConsequence.kind) == "coaching-plan")
            & (col(ProposedConsequence.state) == ConsequenceState.CONFIRMED),
        )
        .outerjoin(supervisor, col(Person.supervisor_id) == col(supervisor.id))
        .order_by(col(CoachingPlan.due_on), col(CoachingPlan.id))
    )
    if supervisor_id is not None:
        query = query.where(Person.supervisor_id == supervisor_id)
    if person_id is not None:
        query = query.where(CoachingPlan.person_id == person_id)
    return [PlanRow(*row) for row in session.exec(query).all()]


def locked_plan(session: Session, plan_id: int) -> CoachingPlan | None:
    """One coaching plan as it is now, which nobody else changes until the transaction ends."""
    query = select(CoachingPlan).where(CoachingPlan.id == plan_id).with_for_update()
    return session.exec(query).first()


def overdue_plans(session: Session, day: date) -> list[PlanRow]:
    """Coaching plans that were to be done before a day and are not."""
    return [one for one in plans(session) if one.plan.done_on is None and one.plan.due_on < day]


def remedial_of_grade(session: Session, evaluation_id: int) -> Sequence[RemedialAssignment]:
    """Remedial training that a grade brought."""
    query = select(RemedialAssignment).where(
        RemedialAssignment.origin == "grade", RemedialAssignment.origin_id == evaluation_id
    )
    return session.exec(query).all()

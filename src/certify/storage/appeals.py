"""Objections to grades."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from certify.domain.evaluation import Appeal, Evaluation, EvaluationPeriod, Rating
from certify.domain.person import Person


@dataclass(frozen=True)
class AppealRow:
    """An appeal with the grade it is about and whose it is."""

    appeal: Appeal
    evaluation: Evaluation
    period: EvaluationPeriod
    person: Person


def rows(session: Session, *, person_id: int | None = None) -> list[AppealRow]:
    """Appeals in the order in which they were made."""
    query = (
        select(Appeal, Evaluation, EvaluationPeriod, Person)
        .join(Evaluation, col(Appeal.evaluation_id) == col(Evaluation.id))
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .join(Person, col(Appeal.person_id) == col(Person.id))
        .order_by(col(Appeal.id))
    )
    if person_id is not None:
        query = query.where(Appeal.person_id == person_id)
    return [AppealRow(*row) for row in session.exec(query).all()]


def locked(session: Session, appeal_id: int) -> Appeal | None:
    """One appeal as it is now, which nobody else decides until the transaction ends."""
    return session.exec(select(Appeal).where(Appeal.id == appeal_id).with_for_update()).first()


def first_told(session: Session, period_id: int, person_id: int) -> Evaluation | None:
    """What a person was told when a period closed, locked until the transaction ends.

    An appeal is about this one: what an upheld appeal came to is not appealed again.
    """
    query = (
        select(Evaluation)
        .where(Evaluation.period_id == period_id, Evaluation.person_id == person_id)
        .order_by(col(Evaluation.revision))
        .limit(1)
        .with_for_update()
    )
    return session.exec(query).first()


def of_evaluation(session: Session, evaluation_id: int) -> Appeal | None:
    """The appeal against one evaluation; there is at most one."""
    return session.exec(select(Appeal).where(Appeal.evaluation_id == evaluation_id)).first()


def raters(session: Session, period_id: int, person_id: int) -> set[int]:
    """Who of the staff was asked to rate a person in a period, the person included."""
    query = select(Rating.rater_id).where(
        Rating.period_id == period_id,
        Rating.person_id == person_id,
        col(Rating.rater_id).is_not(None),
    )
    return {rater_id for rater_id in session.exec(query).all() if rater_id is not None}

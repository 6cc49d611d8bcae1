"""Grades of closed evaluation periods, counted by the revision that counts."""

from datetime import date

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.grade import Grade
from certify.domain.person import Person
from certify.storage.reports import Who, here, line


def last_period(session: Session) -> EvaluationPeriod | None:
    """The regular evaluation period closed last."""
    query = select(EvaluationPeriod).where(
        EvaluationPeriod.state == PeriodState.CLOSED, EvaluationPeriod.kind != PeriodKind.AD_HOC
    )
    newest = (col(EvaluationPeriod.last_day).desc(), col(EvaluationPeriod.id).desc())
    return session.exec(query.order_by(*newest).limit(1)).first()


def graded(department: int | None, period_id: int, grade: Grade | None) -> Who:
    """Who got a grade in a period, by the revision that counts; None: who got no grade."""
    is_it = col(Evaluation.grade).is_(None) if grade is None else col(Evaluation.grade) == grade
    return (
        columns(*line(col(Evaluation.person_id), col(EvaluationPeriod.code)))
        .join(EvaluationPeriod, col(EvaluationPeriod.id) == col(Evaluation.period_id))
        .join(Person, col(Person.id) == col(Evaluation.person_id))
        .where(col(Evaluation.period_id) == period_id, _is_newest(), is_it, *here(department))
    )


def grades(session: Session, first: date, last: date) -> dict[Grade, int]:
    """How often each grade was given in closed regular periods that end in a span of days."""
    query = (
        columns(col(Evaluation.grade), func.count())
        .join(EvaluationPeriod, col(EvaluationPeriod.id) == col(Evaluation.period_id))
        .where(
            col(EvaluationPeriod.state) == PeriodState.CLOSED,
            col(EvaluationPeriod.kind) != PeriodKind.AD_HOC,
            col(EvaluationPeriod.last_day).between(first, last),
            col(Evaluation.grade).is_not(None),
            _is_newest(),
        )
        .group_by(col(Evaluation.grade))
    )
    found = {grade: count_ for grade, count_ in session.execute(query)}
    return {grade: found.get(grade, 0) for grade in Grade}


def _is_newest() -> ColumnElement[bool]:
    """Whether an evaluation is the last revision of its person and period."""
    newer = aliased(Evaluation)
    return ~exists().where(
        col(newer.period_id) == col(Evaluation.period_id),
        col(newer.person_id) == col(Evaluation.person_id),
        col(newer.revision) > col(Evaluation.revision),
    )

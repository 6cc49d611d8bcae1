"""Satisfaction surveys, and goals with what was measured on their way."""

from datetime import date

from sqlmodel import Session, col, select

from certify.domain.quality import QualityGoal, QualityGoalValue, Survey


def surveys(session: Session) -> list[Survey]:
    """Every survey, the newest first."""
    return list(
        session.exec(select(Survey).order_by(col(Survey.last_day).desc(), col(Survey.code))).all()
    )


def surveys_ending(session: Session, first: date, last: date) -> list[Survey]:
    """The surveys whose last day lies in a span of days."""
    query = select(Survey).where(col(Survey.last_day).between(first, last))
    return list(session.exec(query.order_by(col(Survey.last_day), col(Survey.code))).all())


def goals(session: Session) -> list[QualityGoal]:
    """Every goal, in the order in which they were set."""
    return list(session.exec(select(QualityGoal).order_by(col(QualityGoal.id))).all())


def goal(session: Session, code: str, *, lock: bool = False) -> QualityGoal | None:
    """One goal by its code."""
    query = select(QualityGoal).where(QualityGoal.code == code)
    return session.exec(query.with_for_update() if lock else query).first()


def values(session: Session, until: date | None = None) -> dict[int, list[QualityGoalValue]]:
    """What was measured, by goal, in order of days; up to a day, inclusive, or all of it."""
    query = select(QualityGoalValue).order_by(col(QualityGoalValue.day))
    if until is not None:
        query = query.where(col(QualityGoalValue.day) <= until)
    found: dict[int, list[QualityGoalValue]] = {}
    for one in session.exec(query).all():
        found.setdefault(one.goal_id, []).append(one)
    return found


def value_on(session: Session, goal_id: int, day: date) -> QualityGoalValue | None:
    """What was measured on one day."""
    query = select(QualityGoalValue).where(
        QualityGoalValue.goal_id == goal_id, QualityGoalValue.day == day
    )
    return session.exec(query).first()

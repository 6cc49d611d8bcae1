"""What the conditions of levels rest on: finished courses, grades, panels, remedial training."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.course import Lesson, LessonProgress
from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.grade import Grade
from certify.domain.person import Person
from certify.domain.placement import Placement
from certify.domain.qualification import Panel, PanelScore
from certify.domain.remedial import RemedialAssignment


def finished_at(session: Session, person_id: int) -> dict[int, datetime]:
    """When a person had finished each course they read in, by course id.

    The lesson read longest ago says it: one that is read again makes no old course new.
    """
    query = (
        columns(col(Lesson.course_id), func.min(col(LessonProgress.finished_at)))
        .join(Lesson, col(LessonProgress.lesson_id) == col(Lesson.id))
        .where(
            col(LessonProgress.person_id) == person_id,
            col(LessonProgress.finished_at).is_not(None),
        )
        .group_by(col(Lesson.course_id))
    )
    return {course_id: at for course_id, at in session.execute(query)}


def quarterly_grades(session: Session, person_id: int) -> list[tuple[str, date, Grade]]:
    """The grades of closed quarters, the oldest first: period, its last day, grade (R-EVA-06)."""
    query = (
        columns(
            col(EvaluationPeriod.code),
            col(EvaluationPeriod.last_day),
            col(Evaluation.revision),
            col(Evaluation.grade),
        )
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .where(
            col(Evaluation.person_id) == person_id,
            col(EvaluationPeriod.kind) == PeriodKind.QUARTER,
            col(EvaluationPeriod.state) == PeriodState.CLOSED,
        )
        .order_by(col(EvaluationPeriod.last_day), col(Evaluation.revision))
    )
    latest = {code: (last, grade) for code, last, _revision, grade in session.execute(query)}
    return [(code, last, grade) for code, (last, grade) in latest.items() if grade is not None]


def in_post_since(session: Session, person: Person) -> date:
    """Since when a person has had the post they have now, without another one between."""
    query = select(Placement).where(Placement.person_id == person.id).order_by(col(Placement.id))
    since = person.hired_on
    post = None
    for one in session.exec(query).all():
        if one.post_id != post:
            since, post = one.from_day, one.post_id
    return since


def closed_since(session: Session, day: date) -> bool:
    """Whether a regular quarter that ended on a day or later was closed."""
    query = select(EvaluationPeriod.id).where(
        EvaluationPeriod.kind == PeriodKind.QUARTER,
        EvaluationPeriod.state == PeriodState.CLOSED,
        EvaluationPeriod.last_day >= day,
    )
    return session.exec(query.limit(1)).first() is not None


def panels(session: Session, person_id: int) -> list[tuple[Panel, list[tuple[Person, Fraction]]]]:
    """The panels that heard a person, with each member's score."""
    found = session.exec(
        select(Panel).where(Panel.person_id == person_id).order_by(col(Panel.id))
    ).all()
    query = (
        select(PanelScore, Person)
        .join(Person, col(PanelScore.member_id) == col(Person.id))
        .where(col(PanelScore.panel_id).in_([one.id for one in found]))
        .order_by(col(PanelScore.member_id))
    )
    scores: dict[int, list[tuple[Person, Fraction]]] = {}
    for score, member in session.exec(query).all():
        scores.setdefault(score.panel_id, []).append((member, score.score or Fraction(0)))
    return [(one, scores.get(one.id or 0, [])) for one in found]


def assignments(session: Session, person_id: int) -> Sequence[RemedialAssignment]:
    """The remedial training of a person that was not cancelled, the oldest first."""
    query = (
        select(RemedialAssignment)
        .where(
            RemedialAssignment.person_id == person_id,
            col(RemedialAssignment.cancelled_at).is_(None),
        )
        .order_by(col(RemedialAssignment.assigned_at), col(RemedialAssignment.id))
    )
    return session.exec(query).all()

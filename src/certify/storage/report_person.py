"""All that is kept about one person, for their timeline."""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, func, or_, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.certificate import Certificate
from certify.domain.course import Course, Enrolment, Exam, Lesson, LessonProgress
from certify.domain.evaluation import (
    Appeal,
    CoachingPlan,
    ConsequenceState,
    Evaluation,
    EvaluationPeriod,
    PeriodState,
    ProposedConsequence,
)
from certify.domain.person import Department, Person, Post
from certify.domain.placement import Placement
from certify.domain.qualification import Qualification, QualificationChange
from certify.domain.remedial import RemedialAssignment
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_change import DeltaTraining
from certify.domain.training import Attendee, SessionState, TrainingAgreement, TrainingSession

TableT = TypeVar("TableT", bound=SQLModel)


@dataclass(frozen=True)
class Placed:
    """A placement with the names behind its numbers."""

    placement: Placement
    department: Department
    post: Post
    supervisor: Person | None


def of(session: Session, table: type[TableT], person_id: int) -> list[TableT]:
    """The rows of a table that has `person_id`, in the order in which they were written down."""
    kept: Any = table
    return list(session.exec(select(table).where(kept.person_id == person_id)).all())


def owned(session: Session, table: type[TableT], column: str, person_id: int) -> list[TableT]:
    """The rows of a table in which another column names the person."""
    return list(session.exec(select(table).where(getattr(table, column) == person_id)).all())


def names(session: Session, ids: set[int]) -> dict[int, str]:
    """Names of persons by their internal number."""
    found = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all()
    return {id_: name for id_, name in found if id_ is not None}


def placements(session: Session, person_id: int) -> list[Placed]:
    """Where a person was, from day to day."""
    supervisor = aliased(Person)
    query = (
        select(Placement, Department, Post, supervisor)
        .join(Department, col(Department.id) == col(Placement.department_id))
        .join(Post, col(Post.id) == col(Placement.post_id))
        .outerjoin(supervisor, col(supervisor.id) == col(Placement.supervisor_id))
        .where(Placement.person_id == person_id)
        .order_by(col(Placement.from_day), col(Placement.id))
    )
    return [Placed(*row) for row in session.exec(query).all()]


def enrolments(session: Session, person_id: int) -> list[tuple[Enrolment, Course]]:
    """Every enrolment with its course."""
    query = select(Enrolment, Course).join(Course, col(Course.id) == col(Enrolment.course_id))
    return list(session.exec(query.where(Enrolment.person_id == person_id)).all())


def finished_courses(session: Session, person_id: int) -> list[tuple[Course, Any]]:
    """The courses of which every lesson is finished, with the moment of the last one."""
    counts = (
        select(Lesson.course_id, func.count(col(Lesson.id)).label("lessons"))
        .where(col(Lesson.available).is_(True))
        .group_by(col(Lesson.course_id))
        .subquery()
    )
    read = (
        select(
            Lesson.course_id,
            func.count(col(Lesson.id)).label("lessons"),
            func.max(col(LessonProgress.finished_at)).label("at"),
        )
        .join(LessonProgress, col(LessonProgress.lesson_id) == col(Lesson.id))
        .where(
            col(Lesson.available).is_(True),
            LessonProgress.person_id == person_id,
            col(LessonProgress.finished_at).is_not(None),
        )
        .group_by(col(Lesson.course_id))
        .subquery()
    )
    query = (
        select(Course, read.c.at)
        .join(read, read.c.course_id == col(Course.id))
        .join(counts, counts.c.course_id == col(Course.id))
        .where(counts.c.lessons == read.c.lessons)
    )
    return list(session.exec(query).all())


def attempts(session: Session, person_id: int) -> list[tuple[Attempt, Exam]]:
    """Every attempt that was handed in, with its exam."""
    query = select(Attempt, Exam).join(Exam, col(Exam.id) == col(Attempt.exam_id))
    mine = query.where(Attempt.person_id == person_id, Attempt.state != AttemptState.OPEN)
    return list(session.exec(mine).all())


def assignments(session: Session, person_id: int) -> list[tuple[RemedialAssignment, Exam]]:
    """Every remedial training with the exam it is about."""
    query = select(RemedialAssignment, Exam).join(
        Exam, col(Exam.id) == col(RemedialAssignment.exam_id)
    )
    return list(session.exec(query.where(RemedialAssignment.person_id == person_id)).all())


def changes(session: Session, person_id: int) -> list[tuple[QualificationChange, Qualification]]:
    """Every state that a qualification of the person got."""
    query = select(QualificationChange, Qualification).join(
        Qualification, col(Qualification.id) == col(QualificationChange.qualification_id)
    )
    mine = query.where(Qualification.person_id == person_id)
    return list(session.exec(mine.order_by(col(QualificationChange.id))).all())


def certificates(session: Session, person_id: int) -> list[tuple[Certificate, Qualification]]:
    """Every certificate with its qualification."""
    query = select(Certificate, Qualification).join(
        Qualification, col(Qualification.id) == col(Certificate.qualification_id)
    )
    return list(session.exec(query.where(Qualification.person_id == person_id)).all())


def evaluations(session: Session, person_id: int) -> list[tuple[Evaluation, EvaluationPeriod]]:
    """What closed periods came to; of each the revision that counts."""
    newer = aliased(Evaluation)
    query = (
        select(Evaluation, EvaluationPeriod)
        .join(EvaluationPeriod, col(EvaluationPeriod.id) == col(Evaluation.period_id))
        .outerjoin(
            newer,
            (col(newer.period_id) == col(Evaluation.period_id))
            & (col(newer.person_id) == col(Evaluation.person_id))
            & (col(newer.revision) > col(Evaluation.revision)),
        )
        .where(
            Evaluation.person_id == person_id,
            EvaluationPeriod.state == PeriodState.CLOSED,
            col(newer.id).is_(None),
        )
    )
    return list(session.exec(query).all())


def appeals(session: Session, person_id: int) -> list[tuple[Appeal, EvaluationPeriod]]:
    """Every appeal with the period it is about."""
    query = (
        select(Appeal, EvaluationPeriod)
        .join(Evaluation, col(Evaluation.id) == col(Appeal.evaluation_id))
        .join(EvaluationPeriod, col(EvaluationPeriod.id) == col(Evaluation.period_id))
        .where(Appeal.person_id == person_id)
    )
    return list(session.exec(query).all())


def consequences(
    session: Session, person_id: int
) -> list[tuple[ProposedConsequence, EvaluationPeriod]]:
    """What HR confirmed."""
    query = (
        select(ProposedConsequence, EvaluationPeriod)
        .join(Evaluation, col(Evaluation.id) == col(ProposedConsequence.evaluation_id))
        .join(EvaluationPeriod, col(EvaluationPeriod.id) == col(Evaluation.period_id))
        .where(
            ProposedConsequence.person_id == person_id,
            ProposedConsequence.state == ConsequenceState.CONFIRMED,
        )
    )
    return list(session.exec(query).all())


def coaching(session: Session, person_id: int) -> list[CoachingPlan]:
    """Help after weak grades, once it was written down."""
    return [one for one in of(session, CoachingPlan, person_id) if one.written_at]


def trainings(session: Session, person_id: int) -> list[tuple[Attendee, TrainingSession]]:
    """Every session the person was asked to, but those that were called off or are to come."""
    query = (
        select(Attendee, TrainingSession)
        .join(TrainingSession, col(TrainingSession.id) == col(Attendee.session_id))
        .where(
            Attendee.person_id == person_id,
            or_(
                col(TrainingSession.state).in_([SessionState.HELD, SessionState.CLOSED]),
                col(Attendee.in_at).is_not(None),
            ),
        )
    )
    return list(session.exec(query).all())


def agreements(session: Session, person_id: int) -> list[tuple[TrainingAgreement, TrainingSession]]:
    """Every training agreement with its session."""
    query = select(TrainingAgreement, TrainingSession).join(
        TrainingSession, col(TrainingSession.id) == col(TrainingAgreement.session_id)
    )
    return list(session.exec(query.where(TrainingAgreement.person_id == person_id)).all())


def delta(session: Session, person_id: int) -> list[tuple[DeltaTraining, str, dict[str, str]]]:
    """Every delta training with number and title of its standard."""
    query = (
        select(DeltaTraining, Standard.number, StandardVersion.item)
        .join(StandardVersion, col(StandardVersion.id) == col(DeltaTraining.version_id))
        .join(Standard, col(Standard.id) == col(StandardVersion.standard_id))
        .where(DeltaTraining.person_id == person_id)
    )
    return [(one, number, dict(item)) for one, number, item in session.exec(query).all()]

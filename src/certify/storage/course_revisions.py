"""Revisions of courses, and how many people one touches."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import CourseRevision, Enrolment, Exam, Lesson, LessonProgress


def of_course(session: Session, course_id: int) -> Sequence[CourseRevision]:
    """Every revision, newest first."""
    query = select(CourseRevision).where(CourseRevision.course_id == course_id)
    return session.exec(query.order_by(col(CourseRevision.id).desc())).all()


def enrolled(session: Session, course_id: int) -> int:
    """How many people are enrolled."""
    query = select(func.count()).select_from(Enrolment).where(Enrolment.course_id == course_id)
    return session.exec(query).one()


def readers(session: Session, course_id: int, lessons: Collection[str]) -> int:
    """How many people finished one of these lessons."""
    query = (
        select(func.count(func.distinct(LessonProgress.person_id)))
        .join(Lesson, col(LessonProgress.lesson_id) == Lesson.id)
        .where(
            Lesson.course_id == course_id,
            col(Lesson.code).in_(lessons),
            col(LessonProgress.finished_at).is_not(None),
        )
    )
    return session.exec(query).one()


def open_attempts(session: Session, course_id: int) -> int:
    """How many attempts at its exams are in progress."""
    query = (
        select(func.count())
        .select_from(Attempt)
        .join(Exam, col(Attempt.exam_id) == Exam.id)
        .where(Exam.course_id == course_id, Attempt.state == AttemptState.OPEN)
    )
    return session.exec(query).one()

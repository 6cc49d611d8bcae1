"""Remedial training past its last day, over everybody."""

from datetime import date

from sqlalchemy import exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt
from certify.domain.course import Course, Exam, Lesson, LessonProgress
from certify.domain.person import Person, PersonStatus
from certify.domain.remedial import LessonRead, RemedialAssignment, still_to_read
from certify.storage.reports import Who, line


def overdue(
    session: Session, department: int | None, day: date
) -> dict[int, tuple[RemedialAssignment, bool]]:
    """The assignments that count, past their day and not passed since, by id.

    Beside each whether lessons of its topics are still to be read. There are as many rows as are
    overdue, not as there are people.
    """
    later, passed = aliased(RemedialAssignment), aliased(Attempt)
    query = (
        select(RemedialAssignment, Exam.course_id)
        .join(Exam, col(Exam.id) == col(RemedialAssignment.exam_id))
        .join(Person, col(Person.id) == col(RemedialAssignment.person_id))
        .where(
            col(Person.status) == PersonStatus.EMPLOYED,
            col(RemedialAssignment.due_on) < day,
            col(RemedialAssignment.cancelled_at).is_(None),
            ~exists().where(
                col(later.person_id) == col(RemedialAssignment.person_id),
                col(later.exam_id) == col(RemedialAssignment.exam_id),
                col(later.cancelled_at).is_(None),
                col(later.id) > col(RemedialAssignment.id),
            ),
            ~exists().where(
                col(passed.person_id) == col(RemedialAssignment.person_id),
                col(passed.exam_id) == col(RemedialAssignment.exam_id),
                col(passed.passed).is_(True),
                col(passed.submitted_at) > col(RemedialAssignment.assigned_at),
            ),
        )
    )
    if department is not None:
        query = query.where(Person.department_id == department)
    found = session.exec(query).all()
    lessons: dict[int, list[Lesson]] = {}
    wanted = {course_id for _one, course_id in found}
    which = select(Lesson).where(col(Lesson.course_id).in_(wanted), col(Lesson.available).is_(True))
    for lesson in session.exec(which).all():
        lessons.setdefault(lesson.course_id, []).append(lesson)
    read = (
        columns(
            col(LessonProgress.person_id),
            col(LessonProgress.lesson_id),
            col(LessonProgress.finished_at),
        )
        .join(Lesson, col(Lesson.id) == col(LessonProgress.lesson_id))
        .where(
            col(Lesson.course_id).in_(wanted),
            col(LessonProgress.person_id).in_({one.person_id for one, _course in found}),
        )
    )
    finished = {(who, lesson): at for who, lesson, at in session.execute(read)}
    return {
        one.id or 0: (
            one,
            bool(
                still_to_read(
                    one.topics,
                    one.assigned_at,
                    [
                        LessonRead(
                            lesson.code,
                            frozenset(lesson.topics),
                            finished.get((one.person_id, lesson.id or 0)),
                        )
                        for lesson in lessons.get(course_id, ())
                    ],
                )
            ),
        )
        for one, course_id in found
    }


def these(ids: list[int]) -> Who:
    """Assignments by id, as lines of a figure."""
    return (
        columns(
            *line(
                col(RemedialAssignment.person_id),
                col(Course.code),
                col(Exam.title),
                col(RemedialAssignment.due_on),
            )
        )
        .join(Exam, col(Exam.id) == col(RemedialAssignment.exam_id))
        .join(Course, col(Course.id) == col(Exam.course_id))
        .where(col(RemedialAssignment.id).in_(ids))
    )

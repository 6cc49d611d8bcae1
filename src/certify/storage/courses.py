"""Courses, lessons, exams, enrolments and progress."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, text
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from certify.domain.clean import clean
from certify.domain.course import Course, Enrolment, Exam, Lesson, LessonProgress
from certify.storage.foreseen import foreseeable

_COURSE: BindParameter[int] = bindparam("course")
_EXAM = select(Exam).where(Exam.code == bindparam("code"))
_COURSES = select(Course)
_EXAMS = select(Exam).order_by(Exam.code)
_LESSONS = (
    select(Lesson)
    .where(Lesson.course_id == _COURSE, col(Lesson.available))
    .order_by(col(Lesson.position))
    .options(defer(Lesson.body))  # type: ignore[arg-type]
)
_PROGRESS = (
    select(LessonProgress)
    .join(Lesson, col(LessonProgress.lesson_id) == Lesson.id)
    .where(LessonProgress.person_id == bindparam("person"), Lesson.course_id == _COURSE)
)
_FINISHED = (
    select(Lesson.course_id)
    .outerjoin(
        LessonProgress,
        (col(LessonProgress.lesson_id) == Lesson.id)
        & (col(LessonProgress.person_id) == bindparam("person")),
    )
    .where(col(Lesson.available))
    .group_by(col(Lesson.course_id))
    .having(func.count() == func.count(col(LessonProgress.finished_at)))
)
_IS_FINISHED = _FINISHED.where(Lesson.course_id == _COURSE)
_AT_ONCE = 5_000
"""People asked about in one query, far from the most that a database takes."""
LOCK_KEY = 0x636F7572
"""Names the PostgreSQL lock that only the loading of courses takes."""


def lock_loading(session: Session) -> None:
    """Let whoever loads courses take turns until the transaction ends; SQLite does anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})


def by_code(session: Session, code: str) -> Course | None:
    return session.exec(select(Course).where(Course.code == clean(code))).first()


@foreseeable
def every(session: Session) -> Sequence[Course]:
    """All courses: onboarding, then in-service, then special, by code."""
    courses = session.exec(_COURSES).all()
    order = {"onboarding": 0, "in-service": 1, "special": 2}
    return sorted(courses, key=lambda course: (order.get(course.kind, 3), course.code))


@foreseeable
def lessons(session: Session, course_id: int) -> Sequence[Lesson]:
    """The lessons of a course that its plugin still has, in order; texts come when asked for."""
    return session.exec(_LESSONS, params={"course": course_id}).all()


def lesson(session: Session, course_id: int, code: str) -> Lesson | None:
    """One lesson that its course still has."""
    query = select(Lesson).where(
        Lesson.course_id == course_id, Lesson.code == clean(code), col(Lesson.available)
    )
    return session.exec(query).first()


def all_lessons(session: Session, course_id: int) -> dict[str, Lesson]:
    """Every lesson a course ever had, by its id."""
    found = session.exec(select(Lesson).where(Lesson.course_id == course_id)).all()
    return {lesson.code: lesson for lesson in found}


@foreseeable
def exams(session: Session, course_id: int) -> Sequence[Exam]:
    query = select(Exam).where(Exam.course_id == course_id).order_by(Exam.code)
    return session.exec(query).all()


@foreseeable
def all_exams(session: Session) -> Sequence[Exam]:
    return session.exec(_EXAMS).all()


def exam(session: Session, code: str) -> Exam | None:
    return session.exec(_EXAM, params={"code": clean(code)}).first()


def exam_by_id(session: Session, exam_id: int) -> Exam:
    return session.get_one(Exam, exam_id)


def enrolment(session: Session, person_id: int, course_id: int) -> Enrolment | None:
    query = select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.course_id == course_id
    )
    return session.exec(query).first()


def enrolments(session: Session, person_id: int) -> dict[int, Enrolment]:
    """A person's enrolments by course id."""
    found = session.exec(select(Enrolment).where(Enrolment.person_id == person_id)).all()
    return {enrolment.course_id: enrolment for enrolment in found}


def enrolled(session: Session, person_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The ids of the courses in which people are enrolled, by person; of many at once."""
    found: dict[int, set[int]] = {}
    for start in range(0, len(person_ids), _AT_ONCE):
        some = person_ids[start : start + _AT_ONCE]
        query = select(Enrolment.person_id, Enrolment.course_id)
        for person_id, course_id in session.exec(query.where(col(Enrolment.person_id).in_(some))):
            found.setdefault(person_id, set()).add(course_id)
    return {person_id: frozenset(ids) for person_id, ids in found.items()}


@foreseeable
def is_finished(session: Session, person_id: int, course_id: int) -> bool:
    """Whether a person finished every lesson that a course has now."""
    which = {"person": person_id, "course": course_id}
    return session.exec(_IS_FINISHED, params=which).first() is not None


def finished_by(
    session: Session, person_ids: Sequence[int], course_ids: Sequence[int]
) -> dict[tuple[int, int], bool]:
    """`is_finished` of many people and courses; an entry for each person and course."""
    there = (
        select(Lesson.course_id, func.count())
        .where(col(Lesson.available), col(Lesson.course_id).in_(course_ids))
        .group_by(col(Lesson.course_id))
    )
    lessons = dict(session.exec(there).all())
    found = {(person, course): False for person in person_ids for course in course_ids}
    read = (
        select(LessonProgress.person_id, Lesson.course_id, func.count())
        .join(Lesson, col(LessonProgress.lesson_id) == Lesson.id)
        .where(
            col(Lesson.available),
            col(Lesson.course_id).in_(course_ids),
            col(LessonProgress.person_id).in_(person_ids),
            col(LessonProgress.finished_at).is_not(None),
        )
        .group_by(col(LessonProgress.person_id), col(Lesson.course_id))
    )
    for person, course, count in session.exec(read).all():
        found[person, course] = count == lessons[course]
    return found


def finished(session: Session, person_id: int) -> set[int]:
    """Ids of the courses of which a person finished every lesson that they have now."""
    return set(session.exec(_FINISHED, params={"person": person_id}).all())


@foreseeable
def progress(session: Session, person_id: int, course_id: int) -> dict[int, LessonProgress]:
    """A person's progress in a course by lesson id."""
    found = session.exec(_PROGRESS, params={"person": person_id, "course": course_id}).all()
    return {one.lesson_id: one for one in found}


def progress_of(
    session: Session, person_ids: Sequence[int], course_id: int
) -> dict[int, dict[int, LessonProgress]]:
    """`progress` of many people; an entry for each of them."""
    found: dict[int, dict[int, LessonProgress]] = {person_id: {} for person_id in person_ids}
    query = (
        select(LessonProgress)
        .join(Lesson, col(LessonProgress.lesson_id) == Lesson.id)
        .where(col(LessonProgress.person_id).in_(found), Lesson.course_id == course_id)
    )
    for one in session.exec(query).all():
        found[one.person_id][one.lesson_id] = one
    return found

"""What a person has still to do before a retake opens (R-REM-01)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.course import Course, Exam
from certify.domain.remedial import LessonRead, RemedialAssignment, still_to_practise, still_to_read
from certify.platform import Platform
from certify.services.bank import contents
from certify.storage import attempts, courses, practice


@dataclass(frozen=True)
class RemedialView:
    """Remedial training still to be done before a retake."""

    topics: tuple[dict[str, str], ...]
    lessons: tuple[str, ...]
    """Codes of the lessons to be read again; empty when only practice is left."""
    due_on: date
    codes: tuple[str, ...] = ()
    """Codes of the topics, in the order of `topics`."""
    items: int = 0
    """Practice items still to be answered rightly, of all topics together; 0 without such a
    rule."""


def remedial_of(
    session: Session, platform: Platform, person_id: int, exam: Exam, course: Course
) -> RemedialView | None:
    """What is left of a person's remedial training for an exam; None when nothing is."""
    assignment = open_assignment(session, person_id, exam)
    if assignment is None:
        return None
    progress = courses.progress(session, person_id, course.id or 0)
    lessons = [
        LessonRead(
            code=lesson.code,
            topics=frozenset(lesson.topics),
            finished_at=(
                found.finished_at if (found := progress.get(lesson.id or 0)) is not None else None
            ),
        )
        for lesson in courses.lessons(session, course.id or 0)
    ]
    left = still_to_read(assignment.topics, assignment.assigned_at, lessons)
    items = _items_left(session, platform, assignment, course)
    if not left and not items:
        return None
    codes = sorted(assignment.topics, key=[*course.topics, *assignment.topics].index)
    return RemedialView(
        topics=tuple(course.topics.get(topic, {"zh": topic}) for topic in codes),
        lessons=tuple(left),
        due_on=assignment.due_on,
        codes=tuple(codes),
        items=items,
    )


def open_assignment(session: Session, person_id: int, exam: Exam) -> RemedialAssignment | None:
    """The latest remedial training for an exam, unless an attempt begun since was passed."""
    assignment = attempts.latest_assignment(session, person_id, exam.id or 0)
    if assignment is None:
        return None
    passed_since = any(
        one.passed and one.started_at >= assignment.assigned_at
        for one in attempts.of_person(session, person_id, exam.id)
    )
    return None if passed_since else assignment


def _items_left(
    session: Session, platform: Platform, assignment: RemedialAssignment, course: Course
) -> int:
    needed = platform.policy.retake.practice_right
    if not needed:
        return 0
    there = _machine_marked(session, platform, assignment, course)
    since = assignment.assigned_at
    right = practice.right_since(session, assignment.person_id, list(there), since)
    return sum(still_to_practise(assignment.topics, needed, there, right).values())


def _machine_marked(
    session: Session, platform: Platform, assignment: RemedialAssignment, course: Course
) -> dict[int, str]:
    """Topics of the practice items that can be answered rightly, by item: a person marks others."""
    offered = [
        one
        for one in practice.offered(session, assignment.person_id, course.id or 0)
        if one.topic in assignment.topics
    ]
    known = contents(platform, session, [one.version_id for one in offered])
    return {
        one.item_id: one.topic
        for one in offered
        if not known[one.version_id].type.rubric(known[one.version_id].content)
    }

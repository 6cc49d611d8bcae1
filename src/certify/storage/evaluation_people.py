"""Who is evaluated: everybody as an evaluation needs them, in a few queries for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col

from certify.domain.course import Course, Enrolment, Lesson, LessonProgress
from certify.domain.person import Department, Person, PersonStatus, Post
from certify.domain.placement import Absence
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.storage import placements, qualifications
from certify.storage.placements import PlacementRow


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person as an evaluation needs them."""

    person_id: int
    staff_no: str
    name: str
    hired_on: date
    supervisor_id: int | None
    status: PersonStatus
    department: Department
    post: Post


def staff(session: Session) -> dict[int, StaffRow]:
    """Everybody by person id, leavers too, by staff number."""
    query = columns(
        col(Person.id),
        col(Person.staff_no),
        col(Person.name),
        col(Person.hired_on),
        col(Person.supervisor_id),
        col(Person.status),
        Department,
        Post,
    ).join(Department, col(Person.department_id) == col(Department.id))
    query = query.join(Post, col(Person.post_id) == col(Post.id))
    found = [StaffRow(*row) for row in session.execute(query)]
    return {one.person_id: one for one in sorted(found, key=lambda one: one.staff_no)}


def history(session: Session, everybody: dict[int, StaffRow]) -> dict[int, Sequence[PlacementRow]]:
    """Where everybody was, oldest entry first; without a history as it is today, from the hire."""
    written = placements.of_everybody(session)
    return {
        person_id: written.get(person_id) or [_as_today(one)]
        for person_id, one in everybody.items()
    }


def absences(session: Session) -> dict[int, list[Absence]]:
    """When people were away, by person id; cancelled absences left out."""
    return placements.absences(session)


def levels_on(session: Session, day: date) -> dict[int, set[str]]:
    """The levels held as active on a day, by person id; who never had any is missing."""
    found: dict[int, set[str]] = {}
    for row in qualifications.periods(session):
        if row.kind is not QualificationKind.LEVEL or row.issued_on > day:
            continue
        held = found.setdefault(row.person_id, set())
        standing = standing_on(day, row.period, row.successors)
        if standing is not None and standing.state is QualificationState.ACTIVE:
            held.add(row.code)
    return found


def in_onboarding(session: Session) -> set[int]:
    """Who has lessons of an assigned onboarding course still to finish."""
    query = (
        columns(col(Enrolment.person_id))
        .join(Course, col(Enrolment.course_id) == col(Course.id))
        .join(Lesson, col(Lesson.course_id) == col(Course.id))
        .outerjoin(
            LessonProgress,
            (col(LessonProgress.lesson_id) == col(Lesson.id))
            & (col(LessonProgress.person_id) == col(Enrolment.person_id)),
        )
        .where(col(Course.kind) == "onboarding", col(Course.available), col(Lesson.available))
        .where(col(LessonProgress.finished_at).is_(None))
        .distinct()
    )
    return set(session.execute(query).scalars())


def _as_today(one: StaffRow) -> PlacementRow:
    return PlacementRow(
        from_day=one.hired_on,
        name=one.name,
        department_id=one.department.id or 0,
        post_id=one.post.id or 0,
        supervisor_id=one.supervisor_id,
        status=one.status,
    )

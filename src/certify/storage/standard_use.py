"""Where a standard is taught, asked and checked: what the loop of a standard is read from."""

from collections.abc import Collection, Sequence

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.course import Course, Lesson
from certify.domain.inspection import Inspection, NoticeState, RectificationNotice
from certify.domain.person import Department
from certify.domain.standard import ProcedureStep
from certify.domain.tally_table import ItemTally


def lessons(session: Session) -> list[tuple[Course, Lesson]]:
    """Every lesson of the loaded courses with its texts, by course and place."""
    query = (
        select(Course, Lesson)
        .join(Lesson, col(Lesson.course_id) == col(Course.id))
        .where(col(Course.available), col(Lesson.available))
        .order_by(Course.code, col(Lesson.position))
    )
    return [(course, lesson) for course, lesson in session.exec(query).all()]


def sums(session: Session, version_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """By item version: first attempts that met it, thousandths earned, thousandths possible."""
    n, points = col(ItemTally.n), col(ItemTally.points)
    query = (
        columns(
            col(ItemTally.version_id),
            func.sum(n),
            func.sum(col(ItemTally.sum_x)),
            func.sum(n * points),
        )
        .where(col(ItemTally.version_id).in_(list(version_ids)), col(ItemTally.is_first))
        .group_by(col(ItemTally.version_id))
    )
    return {id_: (int(met), int(x), int(most)) for id_, met, x, most in session.execute(query)}


def inspections(session: Session, number: str) -> Sequence[Inspection]:
    """The checks against a standard, the oldest first."""
    query = select(Inspection).where(Inspection.standard == number)
    return session.exec(query.order_by(col(Inspection.day), col(Inspection.id))).all()


def open_notices(session: Session, number: str) -> list[tuple[RectificationNotice, Department]]:
    """The rectification notices on a standard that are not closed, the most urgent first."""
    notice = RectificationNotice
    query = (
        select(notice, Department)
        .join(Department, col(notice.department_id) == col(Department.id))
        .where(notice.standard == number, notice.state != NoticeState.CLOSED)
        .order_by(col(notice.due_on), col(notice.id))
    )
    return [(one, department) for one, department in session.exec(query).all()]


def steps(session: Session, number: str) -> Sequence[ProcedureStep]:
    """The steps of procedures behind which a standard stands."""
    query = select(ProcedureStep).where(ProcedureStep.standard == number)
    return session.exec(query.order_by(ProcedureStep.procedure, col(ProcedureStep.position))).all()

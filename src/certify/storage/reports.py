"""The figures of the dashboard, summed up by the database; the people behind them, a page at most.

Every figure is one statement that names people; its number is the count of that statement, so
that what is counted and what is listed cannot differ.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, null, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlalchemy.sql import Select
from sqlmodel import Session, col, func, select

from certify.domain.course import Course, Enrolment, Lesson, LessonProgress
from certify.domain.inspection import (
    Inspection,
    InspectionResult,
    NoticeState,
    RectificationNotice,
)
from certify.domain.person import Person, PersonStatus
from certify.domain.qualification import Qualification, QualificationChange, QualificationState
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_change import DeltaTraining

Who = Select[Any]
"""Selects person id, what it is about, its title by language, a day, and a word."""


@dataclass(frozen=True)
class Named:
    """One line of the list behind a figure."""

    person_id: int | None
    """None where it is about a department only."""
    staff_no: str
    name: str
    supervisor_id: int | None
    subject: str
    title: dict[str, str]
    day: date | None
    word: str


def line(
    person_id: Any, subject: Any, title: Any = None, day: Any = None, word: Any = None
) -> tuple[Any, ...]:
    """The columns of a figure's statement."""
    return (
        person_id.label("person_id"),
        subject.label("subject"),
        (null() if title is None else title).label("title"),
        (null() if day is None else day).label("day"),
        (literal("") if word is None else word).label("word"),
    )


def here(department: int | None) -> list[ColumnElement[bool]]:
    """Those who work here now, in one department or in all."""
    here: list[ColumnElement[bool]] = [col(Person.status) == PersonStatus.EMPLOYED]
    return [*here, col(Person.department_id) == department] if department is not None else here


def enrolled(department: int | None) -> Who:
    """Every enrolment in a course that is there."""
    return (
        columns(
            *line(
                col(Enrolment.person_id), col(Course.code), col(Course.title), col(Enrolment.due_on)
            )
        )
        .join(Person, col(Person.id) == col(Enrolment.person_id))
        .join(Course, col(Course.id) == col(Enrolment.course_id))
        .where(col(Course.available).is_(True), *here(department))
    )


def unfinished(department: int | None, due_before: date | None = None) -> Who:
    """The enrolments with a lesson that is not finished; with a day, those due before it."""
    read = (
        exists()
        .where(
            col(LessonProgress.person_id) == col(Enrolment.person_id),
            col(LessonProgress.lesson_id) == col(Lesson.id),
            col(LessonProgress.finished_at).is_not(None),
        )
        .correlate(Enrolment, Lesson)
    )
    left = exists().where(
        col(Lesson.course_id) == col(Enrolment.course_id), col(Lesson.available).is_(True), ~read
    )
    query = enrolled(department).where(left)
    return query if due_before is None else query.where(col(Enrolment.due_on) < due_before)


def _state_is(held: Any, day: date, *states: QualificationState) -> ColumnElement[bool]:
    """Whether what was decided last of a qualification, as of a day, is one of these."""
    change = aliased(QualificationChange)
    last = (
        select(func.max(col(change.id)))
        .where(col(change.qualification_id) == held.id, col(change.from_day) <= day)
        .correlate(held)
        .scalar_subquery()
    )
    found = aliased(QualificationChange)
    return exists().where(col(found.id) == last, col(found.state).in_(states))


def _followed(day: date, *, begun: bool) -> ColumnElement[bool]:
    """Whether a later period of the same qualification takes over, or has begun by the day."""
    later = aliased(Qualification)
    unrevoked = [state for state in QualificationState if state != QualificationState.REVOKED]
    conditions = [
        col(later.person_id) == col(Qualification.person_id),
        col(later.code) == col(Qualification.code),
        col(later.valid_from) > col(Qualification.valid_from),
        _state_is(later, day, *unrevoked),
    ]
    if begun:
        conditions.append(col(later.valid_from) <= day)
    return exists().where(*conditions)


def _held(department: int | None) -> Who:
    return (
        columns(
            *line(
                col(Qualification.person_id),
                col(Qualification.code),
                col(Qualification.title),
                col(Qualification.valid_to),
            )
        )
        .join(Person, col(Person.id) == col(Qualification.person_id))
        .where(*here(department))
    )


def expiring(department: int | None, day: date, until: date) -> Who:
    """Active qualifications whose last valid day lies between two days and that are not renewed."""
    return _held(department).where(
        col(Qualification.valid_to).between(day, until),
        col(Qualification.valid_from) <= day,
        _state_is(Qualification, day, QualificationState.ACTIVE),
        ~_followed(day, begun=False),
    )


def suspended(department: int | None, day: date) -> Who:
    """Qualifications that are suspended on a day."""
    return _held(department).where(
        col(Qualification.valid_to) >= day,
        _state_is(Qualification, day, QualificationState.SUSPENDED),
        ~_followed(day, begun=True),
    )


OPEN_NOTICES = (NoticeState.ISSUED, NoticeState.ANSWERED)


def overdue_notices(department: int | None, day: date) -> Who:
    """Rectification notices not done by their deadline; the owner is named."""
    query = columns(
        *line(
            col(RectificationNotice.owner_id),
            col(RectificationNotice.number),
            None,
            col(RectificationNotice.due_on),
            col(RectificationNotice.problem),
        )
    ).where(col(RectificationNotice.state).in_(OPEN_NOTICES), col(RectificationNotice.due_on) < day)
    if department is not None:
        query = query.where(col(RectificationNotice.department_id) == department)
    return query


def overdue_delta(department: int | None, day: date) -> Who:
    """Delta training not passed by its last day."""
    return (
        columns(
            *line(
                col(DeltaTraining.person_id),
                col(Standard.number),
                col(StandardVersion.item),
                col(DeltaTraining.due_on),
            )
        )
        .join(Person, col(Person.id) == col(DeltaTraining.person_id))
        .join(StandardVersion, col(StandardVersion.id) == col(DeltaTraining.version_id))
        .join(Standard, col(Standard.id) == col(StandardVersion.standard_id))
        .where(
            col(DeltaTraining.passed_at).is_(None),
            col(DeltaTraining.due_on) < day,
            *here(department),
        )
    )


def inspected(department: int | None, first: date, last: date, result: InspectionResult) -> Who:
    """Inspections of a span of days with one result; one of a department names nobody."""
    query = (
        columns(
            *line(
                col(Inspection.person_id),
                col(Inspection.number),
                None,
                col(Inspection.day),
                col(Inspection.finding),
            )
        )
        .outerjoin(Person, col(Person.id) == col(Inspection.person_id))
        .where(col(Inspection.day).between(first, last), col(Inspection.result) == result)
    )
    if department is not None:
        query = query.where(
            or_(
                col(Inspection.department_id) == department,
                and_(
                    col(Inspection.department_id).is_(None),
                    col(Person.department_id) == department,
                ),
            )
        )
    return query


def count(session: Session, who: Who) -> int:
    """How many lines a figure has."""
    found: int = session.execute(columns(func.count()).select_from(who.subquery())).scalar_one()
    return found


def named(
    session: Session, who: Who, *, only: Collection[int] | None = None, most: int = 1000
) -> list[Named]:
    """The lines of a figure with the person each is about, the earliest day first.

    Args:
        only: persons to whom it is narrowed; None for all.
    """
    found = who.subquery()
    query = (
        columns(found, col(Person.staff_no), col(Person.name), col(Person.supervisor_id))
        .select_from(found)
        .outerjoin(Person, col(Person.id) == found.c.person_id)
        .order_by(found.c.day, col(Person.staff_no), found.c.subject)
        .limit(most)
    )
    if only is not None:
        query = query.where(found.c.person_id.in_(only))
    return [
        Named(
            person_id=one.person_id,
            staff_no=one.staff_no or "",
            name=one.name or "",
            supervisor_id=one.supervisor_id,
            subject=one.subject,
            title=one.title or {},
            day=one.day,
            word=one.word or "",
        )
        for one in session.execute(query)
    ]


def reports_of(session: Session, person_id: int) -> list[int]:
    """Person ids of the direct reports of somebody."""
    query = select(Person.id).where(Person.supervisor_id == person_id)
    return [one for one in session.exec(query).all() if one is not None]

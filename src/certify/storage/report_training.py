"""Training sessions for dossiers and the monthly report."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt
from certify.domain.certificate import Certificate
from certify.domain.course import Course, Exam, Lesson
from certify.domain.person import Department, Person
from certify.domain.placement import OutsidePerson
from certify.domain.qualification import Qualification
from certify.domain.registration import Cohort
from certify.domain.training import (
    AdHocPlan,
    Attendee,
    PlanLine,
    SessionState,
    TrainingAgreement,
    TrainingSession,
)


@dataclass(frozen=True)
class Came:
    """An attendee with the person, inside or outside, and the department."""

    attendee: Attendee
    person: Person | None
    outside: OutsidePerson | None
    department: Department | None


@dataclass(frozen=True)
class Summed:
    """A session with what its attendance came to."""

    session: TrainingSession
    asked: int
    came: int


def session_by_code(session: Session, code: str) -> TrainingSession | None:
    return session.exec(select(TrainingSession).where(TrainingSession.code == code)).first()


def of_cohort(session: Session, cohort_id: int) -> list[TrainingSession]:
    """The sessions whose assessment is the exam of a cohort."""
    query = select(TrainingSession).where(TrainingSession.cohort_id == cohort_id)
    return list(session.exec(query.order_by(col(TrainingSession.starts_at))).all())


def cohort(session: Session, cohort_id: int) -> tuple[Cohort, Exam, Course] | None:
    """A cohort with its exam and course."""
    query = (
        select(Cohort, Exam, Course)
        .join(Exam, col(Exam.id) == col(Cohort.exam_id))
        .join(Course, col(Course.id) == col(Exam.course_id))
        .where(Cohort.id == cohort_id)
    )
    return session.exec(query).first()


def lessons(session: Session, course: str) -> list[Lesson]:
    """The lessons of a course by its code, in order: the agenda of a session on it."""
    query = (
        select(Lesson)
        .join(Course, col(Course.id) == col(Lesson.course_id))
        .where(Course.code == course, col(Lesson.available).is_(True))
        .order_by(col(Lesson.position))
    )
    return list(session.exec(query).all())


def attendees(session: Session, session_id: int) -> list[Came]:
    """Who was asked to a session, by staff number; people from outside last."""
    query = (
        select(Attendee, Person, OutsidePerson, Department)
        .outerjoin(Person, col(Person.id) == col(Attendee.person_id))
        .outerjoin(OutsidePerson, col(OutsidePerson.id) == col(Attendee.outside_id))
        .outerjoin(Department, col(Department.id) == col(Person.department_id))
        .where(Attendee.session_id == session_id)
    )
    found = [Came(*row) for row in session.exec(query).all()]
    return sorted(found, key=lambda one: (one.person is None, one.person and one.person.staff_no))


def agreements(session: Session, session_id: int) -> list[tuple[TrainingAgreement, Person]]:
    """The agreements of a session with the persons who signed."""
    query = (
        select(TrainingAgreement, Person)
        .join(Person, col(Person.id) == col(TrainingAgreement.person_id))
        .where(TrainingAgreement.session_id == session_id)
        .order_by(col(TrainingAgreement.number))
    )
    return list(session.exec(query).all())


def plan_of(session: Session, one: TrainingSession) -> PlanLine | AdHocPlan | None:
    """The plan a session stands in, annual or ad hoc."""
    if one.ad_hoc_plan_id is not None:
        return session.get(AdHocPlan, one.ad_hoc_plan_id)
    return session.get(PlanLine, one.line_id) if one.line_id is not None else None


def trainer(session: Session, one: TrainingSession) -> str:
    """The name of who gives a session; empty where nobody is named."""
    if one.trainer_id is not None:
        return session.get_one(Person, one.trainer_id).name
    if one.outside_trainer_id is not None:
        return session.get_one(OutsidePerson, one.outside_trainer_id).name
    return ""


def held(session: Session, first: datetime, last: datetime) -> list[Summed]:
    """The sessions that begin in a span, `last` exclusive, with how many were asked and came."""
    came = func.count(col(Attendee.in_at))
    query: Any = (
        columns(TrainingSession, func.count(col(Attendee.id)), came)
        .outerjoin(Attendee, and_(col(Attendee.session_id) == col(TrainingSession.id)))
        .where(col(TrainingSession.starts_at) >= first, col(TrainingSession.starts_at) < last)
        .group_by(col(TrainingSession.id))
        .order_by(col(TrainingSession.starts_at))
    )
    return [Summed(*row) for row in session.execute(query)]


def costs(session: Session, first: datetime, last: datetime) -> tuple[int, int]:
    """Planned and actual cost of the sessions of a span, in fen; a cancelled one may cost, too."""
    planned = func.coalesce(func.sum(col(TrainingSession.planned_fen)), 0)
    actual = func.coalesce(func.sum(col(TrainingSession.actual_fen)), 0)
    span = (col(TrainingSession.starts_at) >= first, col(TrainingSession.starts_at) < last)
    query = select(actual).where(*span)
    uncancelled = select(planned).where(*span, TrainingSession.state != SessionState.CANCELLED)
    return int(session.exec(uncancelled).one() or 0), int(session.exec(query).one() or 0)


def hired(session: Session, first: date, last: date) -> int:
    """How many people were hired from day to day."""
    query = select(func.count(col(Person.id))).where(col(Person.hired_on).between(first, last))
    return session.exec(query).one()


def attempts_of_cohort(session: Session, cohort_id: int) -> list[tuple[int, str]]:
    """The attempts of a cohort with the staff number of each, by it."""
    query = (
        columns(col(Attempt.id), col(Person.staff_no))
        .join(Person, col(Person.id) == col(Attempt.person_id))
        .where(col(Attempt.cohort_id) == cohort_id)
        .order_by(col(Person.staff_no), col(Attempt.id))
    )
    return [(int(number), str(staff_no)) for number, staff_no in session.execute(query)]


def certificates_of_cohort(session: Session, cohort_id: int) -> list[tuple[str, int]]:
    """The certificates that attempts of a cohort earned, whose data stand, with the holders."""
    query = (
        columns(col(Certificate.number), col(Qualification.person_id))
        .join(Qualification, col(Qualification.id) == col(Certificate.qualification_id))
        .join(Attempt, col(Attempt.id) == col(Qualification.attempt_id))
        .where(col(Attempt.cohort_id) == cohort_id, col(Certificate.erased_at).is_(None))
        .order_by(col(Certificate.number))
    )
    return [(str(number), int(person)) for number, person in session.execute(query)]

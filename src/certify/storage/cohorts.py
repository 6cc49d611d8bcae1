"""Cohorts, their members and what these sat."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.person import Person
from certify.domain.registration import Cohort, CohortMember

_OF_PERSON = (
    select(Cohort, CohortMember)
    .join(CohortMember, col(CohortMember.cohort_id) == Cohort.id)
    .where(Cohort.exam_id == bindparam("exam"), CohortMember.person_id == bindparam("person"))
    .order_by(col(Cohort.id))
)


@dataclass(frozen=True)
class CohortRow:
    """A cohort with its exam."""

    cohort: Cohort
    exam: Exam


@dataclass(frozen=True)
class MemberRow:
    """A member with the person."""

    member: CohortMember
    person: Person


def every(session: Session) -> list[CohortRow]:
    """Every cohort with its exam, the newest first."""
    query = select(Cohort, Exam).join(Exam, col(Cohort.exam_id) == Exam.id)
    return [CohortRow(*row) for row in session.exec(query.order_by(col(Cohort.id).desc())).all()]


def members(session: Session, cohort_id: int | None = None) -> dict[int, list[MemberRow]]:
    """The members of one cohort or of all, by cohort, in the order of their staff numbers."""
    query = select(CohortMember, Person).join(Person, col(CohortMember.person_id) == Person.id)
    if cohort_id is not None:
        query = query.where(CohortMember.cohort_id == cohort_id)
    found: dict[int, list[MemberRow]] = {}
    for row in sorted(session.exec(query).all(), key=lambda row: row[1].staff_no):
        found.setdefault(row[0].cohort_id, []).append(MemberRow(*row))
    return found


def of_person(session: Session, person_id: int, exam_id: int) -> list[tuple[Cohort, CohortMember]]:
    """The cohorts of an exam in which a person is registered."""
    which = {"exam": exam_id, "person": person_id}
    return [(cohort, member) for cohort, member in session.exec(_OF_PERSON, params=which).all()]


def member(session: Session, cohort_id: int, person_id: int) -> CohortMember | None:
    """One registration, locked."""
    return session.get(CohortMember, (cohort_id, person_id), with_for_update=True)


def with_code(session: Session, person_id: int) -> list[tuple[Cohort, CohortMember]]:
    """The registrations of a person to which an exam code was given out."""
    query = (
        select(Cohort, CohortMember)
        .join(CohortMember, col(CohortMember.cohort_id) == Cohort.id)
        .where(CohortMember.person_id == person_id, CohortMember.code_hash != "")
        .order_by(col(Cohort.id))
    )
    return [(cohort, member) for cohort, member in session.exec(query).all()]


def attempts_in(session: Session, cohort_id: int, person_id: int) -> Sequence[Attempt]:
    """What a person sat in a cohort, oldest first."""
    query = select(Attempt).where(Attempt.cohort_id == cohort_id, Attempt.person_id == person_id)
    return session.exec(query.order_by(col(Attempt.id))).all()


def open_attempts(session: Session, cohort_id: int) -> dict[int, int]:
    """The attempts of a cohort that are open now, by person; nothing is locked."""
    query = select(Attempt.person_id, Attempt.id).where(
        Attempt.cohort_id == cohort_id, Attempt.state == AttemptState.OPEN
    )
    return {person: attempt or 0 for person, attempt in session.exec(query).all()}


def attempts(session: Session, exam_ids: Sequence[int]) -> dict[tuple[int, int], list[Attempt]]:
    """The attempts at exams by person and exam, oldest first."""
    query = select(Attempt).where(col(Attempt.exam_id).in_(exam_ids))
    found: dict[tuple[int, int], list[Attempt]] = {}
    for one in session.exec(query.order_by(col(Attempt.started_at), col(Attempt.id))).all():
        found.setdefault((one.person_id, one.exam_id), []).append(one)
    return found

"""The members of cohorts, counted by the database; one row a cohort."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt
from certify.domain.course import Exam
from certify.domain.person import Person
from certify.domain.rates import CohortCounts
from certify.domain.registration import Cohort, CohortMember


@dataclass(frozen=True)
class CountedCohort:
    """One cohort with its exam's title and its members counted."""

    cohort: Cohort
    exam: dict[str, str]
    counts: CohortCounts


def counted(
    session: Session, *, first: datetime, last: datetime, department: int | None = None
) -> list[CountedCohort]:
    """The cohorts whose window ends in a span; one without an end lies where it was made.

    Args:
        last: exclusive.
        department: only its members count, and only cohorts with some.
    """
    counts = _counts(session, department)
    lies = func.coalesce(col(Cohort.closes_at), col(Cohort.created_at))
    query = (
        select(Cohort, Exam.title)
        .join(Exam, col(Exam.id) == col(Cohort.exam_id))
        .where(lies >= first, lies < last)
        .order_by(col(Cohort.id).desc())
    )
    return [
        CountedCohort(cohort, dict(title), counts[cohort.id or 0])
        for cohort, title in session.exec(query).all()
        if cohort.id in counts
    ]


def _counts(session: Session, department: int | None) -> dict[int, CohortCounts]:
    """By cohort: how its members stand by their first attempt in it, and by those after it."""
    begun = (
        columns(
            col(Attempt.cohort_id).label("cohort_id"),
            col(Attempt.person_id).label("person_id"),
            func.min(col(Attempt.id)).label("id"),
        )
        .where(col(Attempt.cohort_id).is_not(None))
        .group_by(col(Attempt.cohort_id), col(Attempt.person_id))
        .subquery()
    )
    tried, again = aliased(Attempt), aliased(Attempt)
    expected = col(CohortMember.excused).is_(False)
    passed_later = exists().where(
        col(again.person_id) == col(tried.person_id),
        col(again.exam_id) == col(tried.exam_id),
        col(again.id) > col(tried.id),
        col(again.passed).is_(True),
    )

    def sums(*conditions: object) -> object:
        return func.sum(case((and_(*conditions), 1), else_=0))  # type: ignore[arg-type]

    failed = and_(expected, col(tried.passed).is_(False))
    query = (
        columns(
            col(CohortMember.cohort_id),
            func.count(),
            sums(~expected),
            sums(expected, col(tried.id).is_(None)),
            sums(expected, col(tried.passed).is_(True)),
            sums(failed),
            sums(expected, col(tried.id).is_not(None), col(tried.passed).is_(None)),
            sums(failed, passed_later),
        )  # type: ignore[call-overload]
        .join(Person, col(Person.id) == col(CohortMember.person_id))
        .outerjoin(
            begun,
            and_(
                begun.c.cohort_id == col(CohortMember.cohort_id),
                begun.c.person_id == col(CohortMember.person_id),
            ),
        )
        .outerjoin(tried, col(tried.id) == begun.c.id)
        .group_by(col(CohortMember.cohort_id))
    )
    if department is not None:
        query = query.where(col(Person.department_id) == department)
    found: dict[int, CohortCounts] = {}
    for cohort_id, *numbers in session.execute(query).all():
        members, excused, absent, passed, failed_, awaiting, later = map(int, numbers)
        found[cohort_id] = CohortCounts(members, excused, absent, passed, failed_, awaiting, later)
    return found

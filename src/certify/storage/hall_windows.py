"""Which cohorts have a window about a moment: the sittings that an invigilator chooses from."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from certify.domain.course import Exam
from certify.domain.registration import Cohort, CohortMember


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A cohort with its exam and how many are registered in it."""

    cohort: Cohort
    exam: Exam
    members: int


def windows(session: Session, *, opened_by: datetime, open_at: datetime) -> list[WindowRow]:
    """The cohorts with a window that begins by one moment and has not ended before another.

    One without an end counts as long as it began after `open_at`. The first to open comes first.
    """
    members = (
        select(func.count())
        .select_from(CohortMember)
        .where(col(CohortMember.cohort_id) == Cohort.id)
        .scalar_subquery()
    )
    query = (
        select(Cohort, Exam, members)
        .join(Exam, col(Cohort.exam_id) == Exam.id)
        .where(
            or_(col(Cohort.opens_at).is_(None), col(Cohort.opens_at) <= opened_by),
            or_(
                col(Cohort.closes_at) > open_at,
                col(Cohort.closes_at).is_(None) & (col(Cohort.opens_at) > open_at),
            ),
        )
    )
    rows = [WindowRow(*row) for row in session.exec(query).all()]
    return sorted(rows, key=lambda row: (row.cohort.opens_at or open_at, row.cohort.id or 0))

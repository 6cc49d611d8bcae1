"""The terms of a new attempt: its cohort, its end, and what the person needs."""

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.course import Exam
from certify.domain.sitting_rules import ordinary_end
from certify.domain.sitting_time import GrantKind
from certify.platform import Platform
from certify.services.deadline import move
from certify.services.own_time import needs_of
from certify.services.windows import window_of
from certify.storage import ledger


def set_terms(session: Session, platform: Platform, attempt: Attempt, exam: Exam) -> None:
    """Let an attempt just drawn end with its window, and add what the person needs.

    What an accommodation adds is added in full: it may go beyond the end of the window.
    """
    window = window_of(session, attempt.person_id, attempt.exam_id, attempt.started_at)
    closes_at = window.closes_at if window else None
    attempt.cohort_id = window.id if window else None
    attempt.deadline = ordinary_end(attempt.started_at, exam.minutes, closes_at)
    needs = needs_of(session, platform, attempt.person_id, attempt.exam_id)
    attempt.break_left = needs.break_minutes * 60
    session.add(attempt)
    if window is not None:
        ledger.append(
            session,
            at=attempt.started_at,
            actor_id=attempt.person_id,
            action="attempt-in-cohort",
            subject=f"attempt:{attempt.id}",
            facts={"cohort": window.id, "deadline": attempt.deadline.isoformat()},
        )
    seconds, kind = needs.extra_seconds(exam.minutes), GrantKind.ACCOMMODATION
    move(session, platform, attempt, kind, seconds, needs.reason, actor_id=needs.approved_by)

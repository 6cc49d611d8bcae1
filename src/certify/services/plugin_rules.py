"""Asks the rules that plugins add, with facts and never with rows of the database."""

from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import Attempt
from certify.domain.person import Department, Person, Post
from certify.domain.scoring import mark
from certify.hooks.rules import Candidate, ExamFacts, PastAttempt
from certify.platform import Platform
from certify.services.candidacy import Candidacy


def plugin_reasons(session: Session, platform: Platform, before: Candidacy) -> list[str]:
    """Why plugins let nobody start this attempt now; already in the language being spoken."""
    if not platform.plugins.has("certify_attempt_blockers"):
        return []
    person, exam, now = session.get_one(Person, before.person_id), before.exam, platform.clock.now()
    candidate = Candidate(
        staff_no=person.staff_no,
        department=session.get_one(Department, person.department_id).code,
        post=session.get_one(Post, person.post_id).code,
        hired_on=person.hired_on,
    )
    today = local_date(now, platform.policy.organisation.time_zone)
    facts = ExamFacts(exam.code, before.course.code, exam.part, now, today)
    past = tuple(
        PastAttempt(
            started_at=one.started_at,
            submitted_at=one.submitted_at,
            passed=one.passed,
            mark=_mark(one),
        )
        for one in before.past
    )
    return platform.plugins.reasons(
        "certify_attempt_blockers", candidate=candidate, exam=facts, past=past
    )


def _mark(attempt: Attempt) -> Fraction | None:
    if attempt.earned is None or not attempt.possible:
        return None
    return mark(attempt.earned, attempt.possible)

"""What a pass gives: post qualification, level when its conditions are met, certificates."""

from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import scoring
from certify.domain.attempt import Attempt
from certify.domain.course import Course, Exam
from certify.domain.granting import HeldLevel, InPost, counting_since, levels_due, post_period
from certify.domain.ladder import Evidence
from certify.domain.person import Person
from certify.domain.qualification import Basis, QualificationKind
from certify.domain.superseding import may_be_followed
from certify.hooks.events import CertificateIssued
from certify.platform import Platform
from certify.services import exam_parts
from certify.services.exam_parts import Passed
from certify.services.qualifying import remedial
from certify.services.qualifying.evidence import evidence_of, in_post
from certify.services.qualifying.giving import Gift, give, last_state, validity_of
from certify.storage import courses, qualifications, standards


def award(
    session: Session,
    platform: Platform,
    person: Person,
    attempt: Attempt,
    exam: Exam,
    course: Course,
    at: datetime | None = None,
) -> list[CertificateIssued]:
    """Give what a passed attempt earns; called inside the transaction that marked it.

    What was suspended until this exam is passed again is reinstated first (R-REM-05).

    Args:
        person: locked, so that nothing is given twice.
        at: when it was decided; None where the machine decided at submission.
    """
    at = at or attempt.submitted_at or platform.clock.now()
    remedial.passed(session, platform, person, exam, attempt)
    passed = exam_parts.passed_by(session, platform, person.id or 0)
    evidence = evidence_of(session, platform, person.id or 0, passed)
    post = in_post(session, platform, person)
    granted = []
    if exam.process_code:
        issued = _award_post(
            session, platform, person, attempt, exam, course, passed, evidence, post, at
        )
        granted.extend(issued)
    return [*granted, *_award_levels(session, platform, person, evidence, post, at)]


def award_levels(
    session: Session,
    platform: Platform,
    person: Person,
    at: datetime,
) -> list[CertificateIssued]:
    """Give every level whose conditions are met, on the latest passed attempt that counts for it.

    Called when anything that a condition asks for was done. A pass gives a level once: what is
    held is renewed by a pass within its renewal window only, not by reading again.

    Args:
        person: locked, so that nothing is given twice.
    """
    evidence = evidence_of(session, platform, person.id or 0)
    post = in_post(session, platform, person)
    return _award_levels(session, platform, person, evidence, post, at)


def _award_post(
    session: Session,
    platform: Platform,
    person: Person,
    attempt: Attempt,
    exam: Exam,
    course: Course,
    passed: Passed,
    evidence: Evidence,
    post: InPost,
    at: datetime,
) -> list[CertificateIssued]:
    policy = platform.policy.qualification
    old = qualifications.latest(session, person.id or 0, exam.process_code)
    if old is not None and not may_be_followed(last_state(session, old)):
        return []
    held = validity_of(old) if old else None
    since = counting_since(policy, held)
    if not exam_parts.are_passed(platform, passed, exam, since=since):
        return []
    day = local_date(at, platform.policy.organisation.time_zone)
    period = post_period(policy, day, held, evidence, post)
    if period is None:
        return []
    gift = Gift(
        QualificationKind.POST,
        exam.process_code,
        exam.process,
        period,
        Basis.EXAM,
        reason=f"attempt:{attempt.id}",
        attempt_id=attempt.id,
        facts=exam_facts(session, platform, attempt, course),
    )
    return [give(session, platform, person, gift, at)]


def _award_levels(
    session: Session,
    platform: Platform,
    person: Person,
    evidence: Evidence,
    post: InPost,
    at: datetime,
) -> list[CertificateIssued]:
    pass_of = {one.id: one for one in evidence.passes}
    held = {
        old.code: HeldLevel(
            validity_of(old), pass_of.get(old.attempt_id or 0), last_state(session, old)
        )
        for old in qualifications.held(session, person.id or 0, QualificationKind.LEVEL)
    }
    day = local_date(at, platform.policy.organisation.time_zone)
    issued = []
    for due in levels_due(platform.policy.qualification, evidence, held, post, day):
        attempt = session.get_one(Attempt, due.passed.id)
        course = session.get_one(Course, courses.exam_by_id(session, attempt.exam_id).course_id)
        gift = Gift(
            QualificationKind.LEVEL,
            due.level.code,
            due.level.title,
            due.period,
            Basis.EXAM,
            reason=f"attempt:{attempt.id}",
            attempt_id=attempt.id,
            facts=exam_facts(session, platform, attempt, course),
        )
        issued.append(give(session, platform, person, gift, at))
    return issued


def exam_facts(
    session: Session, platform: Platform, attempt: Attempt, course: Course
) -> dict[str, object]:
    """What a certificate says of the exam behind it (R-CRT-03)."""
    mark = scoring.mark(attempt.earned or Fraction(0), attempt.possible or Fraction(0))
    day = local_date(attempt.started_at, platform.policy.organisation.time_zone)
    return {
        "course": course.code,
        "course_title": dict(course.title),
        "course_version": attempt.course_version,
        "standards": standards.cited(session, course.id or 0, day),
        "mark": scoring.cut(mark or Fraction(0)),
        "is_retake": attempt.number > 1,
    }

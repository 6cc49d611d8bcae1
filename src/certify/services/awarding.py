"""What a pass gives: post qualification, level when its conditions are met, certificates."""

from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import scoring
from certify.domain.attempt import Attempt
from certify.domain.certificate import Certificate, certificate_number
from certify.domain.course import Course, Exam
from certify.domain.person import Person
from certify.domain.qualification import (
    Evidence,
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
    Validity,
    check_conditions,
    validity,
    window_opens,
)
from certify.hooks.events import CertificateIssued
from certify.platform import Platform
from certify.policy import Level
from certify.services import exam_parts
from certify.storage import courses, ledger, people, qualifications

POST_SERIES = "PQ"
"""Beginning of the certificate numbers of post qualifications; levels use their own code."""


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

    Args:
        person: locked, so that nothing is given twice.
        at: when it was decided; None where the machine decided at submission.
    """
    at = at or attempt.submitted_at or platform.clock.now()
    granted = []
    if exam.process_code and _parts_are_passed(session, platform, person, exam):
        months = platform.policy.qualification.post_months
        post = (QualificationKind.POST, exam.process_code, exam.process, months)
        if issued := _grant(session, platform, person, attempt, course, at, *post):
            granted.append(issued)
    return [*granted, *award_levels(session, platform, person, at)]


def award_levels(
    session: Session, platform: Platform, person: Person, at: datetime
) -> list[CertificateIssued]:
    """Give every level whose conditions are met, on the latest passed attempt that counts for it.

    Called when anything that a condition asks for was done. A pass gives a level once: what is
    held is renewed by a pass within its renewal window only, not by reading again.

    Args:
        person: locked, so that nothing is given twice.
    """
    course_of = {course.id: course for course in courses.every(session)}
    passes = [
        (attempt, course_of[exam.course_id])
        for attempt, exam in exam_parts.complete_passes(session, platform, person.id or 0)
    ]
    granted = []
    for level in platform.policy.qualification.ladder:
        counting = [one for one in passes if _counts(level, one[1])]
        if not counting:
            continue
        attempt, course = max(counting, key=lambda one: one[0].submitted_at or one[0].started_at)
        evidence = evidence_of(session, platform, person.id or 0)
        if not all(result.met for result in check_conditions(level.conditions, evidence)):
            continue
        if _is_used(session, platform, person, attempt, level):
            continue
        what = (QualificationKind.LEVEL, level.code, level.title, level.months)
        if issued := _grant(session, platform, person, attempt, course, at, *what):
            granted.append(issued)
    return granted


def evidence_of(session: Session, platform: Platform, person_id: int) -> Evidence:
    """What a person has shown so far, by kind of course (R-QUA-02)."""
    passed: dict[str, str] = {}
    finished: dict[str, str] = {}
    course_of = {course.id: course for course in courses.every(session)}
    for attempt, exam in exam_parts.complete_passes(session, platform, person_id):
        mark = scoring.mark(attempt.earned or Fraction(0), attempt.possible or Fraction(0))
        kind = course_of[exam.course_id].kind
        passed[kind] = f"{exam.code} {scoring.cut(mark or Fraction(0))}"
    for course in course_of.values():
        if courses.is_finished(session, person_id, course.id or 0):
            finished[course.kind] = f"{course.code} {course.version}"
    return Evidence(passed=passed, finished=finished)


def _parts_are_passed(session: Session, platform: Platform, person: Person, exam: Exam) -> bool:
    """Whether the process of an exam is passed in all its parts (R-ASM-05).

    To renew, every part is passed again within the renewal window.
    """
    old = qualifications.latest(session, person.id or 0, exam.process_code)
    renewal_days = platform.policy.qualification.renewal_days
    since = window_opens(old.valid_to, renewal_days) if old else None
    return exam_parts.are_passed(session, platform, person.id or 0, exam, since=since)


def _counts(level: Level, course: Course) -> bool:
    """Whether a pass in this course can complete a level: one of its conditions asks for it."""
    return any(
        condition.kind == "exam-passed" and condition.course_kind == course.kind
        for condition in level.conditions
    )


def _is_used(
    session: Session, platform: Platform, person: Person, attempt: Attempt, level: Level
) -> bool:
    """Whether a pass gave this level already, or came too early to renew it."""
    old = qualifications.latest(session, person.id or 0, level.code)
    if old is None:
        return False
    passed_at = attempt.submitted_at or attempt.started_at
    passed_on = local_date(passed_at, platform.policy.organisation.time_zone)
    opens = window_opens(old.valid_to, platform.policy.qualification.renewal_days)
    return old.attempt_id == attempt.id or passed_on < opens


def _grant(
    session: Session,
    platform: Platform,
    person: Person,
    attempt: Attempt,
    course: Course,
    now: datetime,
    kind: QualificationKind,
    code: str,
    title: dict[str, str],
    months: int,
) -> CertificateIssued | None:
    """One qualification with its certificate; None when it is held and not yet to be renewed."""
    today = local_date(now, platform.policy.organisation.time_zone)
    old = qualifications.latest(session, person.id or 0, code)
    held = Validity(old.valid_from, old.valid_to, old.first_issued_on) if old else None
    renewal_days = platform.policy.qualification.renewal_days
    if held is not None and today < window_opens(held.valid_to, renewal_days):
        return None
    period = validity(today, months, held, renewal_days)
    qualification = Qualification(
        person_id=person.id or 0,
        kind=kind,
        code=code,
        title=title,
        issued_on=today,
        first_issued_on=period.first_issued_on,
        valid_from=period.valid_from,
        valid_to=period.valid_to,
        attempt_id=attempt.id,
    )
    session.add(qualification)
    session.flush()
    session.add(
        QualificationChange(
            qualification_id=qualification.id or 0,
            state=QualificationState.ACTIVE,
            from_day=today,
            at=now,
            reason=f"attempt:{attempt.id}",
        )
    )
    series = code if kind is QualificationKind.LEVEL else POST_SERIES
    running = qualifications.next_number(session, f"{series}-{today.year}")
    number = certificate_number(series, today.year, running)
    certificate = Certificate(
        number=number,
        qualification_id=qualification.id or 0,
        issued_at=now,
        facts=_facts(session, person, attempt, qualification, course, number),
    )
    session.add(certificate)
    ledger.append(
        session,
        at=now,
        actor_id=0,
        action="qualification-granted",
        subject=f"person:{person.id}",
        facts={"code": code, "certificate": number, "valid_to": period.valid_to.isoformat()},
    )
    return CertificateIssued(number, person.staff_no, code, period.valid_to)


def _facts(
    session: Session,
    person: Person,
    attempt: Attempt,
    qualification: Qualification,
    course: Course,
    number: str,
) -> dict[str, object]:
    """All that the certificate says, frozen on the day of issue (R-CRT-03)."""
    row = people.row(session, person.id or 0)
    issuer = people.organisation(session)
    mark = scoring.mark(attempt.earned or Fraction(0), attempt.possible or Fraction(0))
    return {
        "number": number,
        "name": person.name,
        "staff_no": person.staff_no,
        "department": row.department.name if row else "",
        "post": row.post.name if row else "",
        "code": qualification.code,
        "title": qualification.title,
        "course": course.code,
        "course_version": attempt.course_version,
        "mark": scoring.cut(mark or Fraction(0)),
        "is_retake": attempt.number > 1,
        "issued_on": qualification.issued_on.isoformat(),
        "valid_from": qualification.valid_from.isoformat(),
        "valid_to": qualification.valid_to.isoformat(),
        "issuer": issuer.name if issuer else "",
    }

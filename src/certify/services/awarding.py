"""What a pass gives: post qualification, level when its conditions are met, certificates."""

from collections.abc import Sequence
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
from certify.services.exam_parts import Passed
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
    passed = exam_parts.passed_by(session, platform, person.id or 0)
    granted = []
    if exam.process_code:
        old = qualifications.latest(session, person.id or 0, exam.process_code)
        if _parts_are_passed(platform, passed, exam, old):
            months = platform.policy.qualification.post_months
            post = (QualificationKind.POST, exam.process_code, exam.process, months)
            if issued := _grant(session, platform, person, attempt, course, at, old, *post):
                granted.append(issued)
    return [*granted, *award_levels(session, platform, person, at, passed)]


def award_levels(
    session: Session,
    platform: Platform,
    person: Person,
    at: datetime,
    passed: Passed | None = None,
) -> list[CertificateIssued]:
    """Give every level whose conditions are met, on the latest passed attempt that counts for it.

    Called when anything that a condition asks for was done. A pass gives a level once: what is
    held is renewed by a pass within its renewal window only, not by reading again.

    Args:
        person: locked, so that nothing is given twice.
        passed: what the person passed, where it was read already.
    """
    passed = passed or exam_parts.passed_by(session, platform, person.id or 0)
    every = courses.every(session)
    course_of = {course.id: course for course in every}
    passes = exam_parts.complete_passes(platform, passed)
    granted = []
    for level in platform.policy.qualification.ladder:
        counting = [one for one in passes if _counts(level, course_of[one[1].course_id])]
        if not counting:
            continue
        attempt, exam = max(counting, key=lambda one: one[0].submitted_at or one[0].started_at)
        course = course_of[exam.course_id]
        evidence = _evidence(session, person.id or 0, every, passes)
        if not all(result.met for result in check_conditions(level.conditions, evidence)):
            continue
        old = qualifications.latest(session, person.id or 0, level.code)
        if old is not None and _is_used(platform, attempt, old):
            continue
        what = (QualificationKind.LEVEL, level.code, level.title, level.months)
        if issued := _grant(session, platform, person, attempt, course, at, old, *what):
            granted.append(issued)
    return granted


def evidence_of(session: Session, platform: Platform, person_id: int) -> Evidence:
    """What a person has shown so far, by kind of course (R-QUA-02)."""
    passed = exam_parts.passed_by(session, platform, person_id)
    complete = exam_parts.complete_passes(platform, passed)
    return _evidence(session, person_id, courses.every(session), complete)


def _evidence(
    session: Session,
    person_id: int,
    every: Sequence[Course],
    passes: Sequence[tuple[Attempt, Exam]],
) -> Evidence:
    kind_of = {course.id: course.kind for course in every}
    passed: dict[str, str] = {}
    for attempt, exam in passes:
        mark = scoring.mark(attempt.earned or Fraction(0), attempt.possible or Fraction(0))
        passed[kind_of[exam.course_id]] = f"{exam.code} {scoring.cut(mark or Fraction(0))}"
    read = courses.finished(session, person_id)
    finished = {
        course.kind: f"{course.code} {course.version}" for course in every if course.id in read
    }
    return Evidence(passed=passed, finished=finished)


def _parts_are_passed(
    platform: Platform, passed: Passed, exam: Exam, old: Qualification | None
) -> bool:
    """Whether the process of an exam is passed in all its parts (R-ASM-05).

    To renew, every part is passed again within the renewal window.
    """
    renewal_days = platform.policy.qualification.renewal_days
    since = window_opens(old.valid_to, renewal_days) if old else None
    return exam_parts.are_passed(platform, passed, exam, since=since)


def _counts(level: Level, course: Course) -> bool:
    """Whether a pass in this course can complete a level: one of its conditions asks for it."""
    return any(
        condition.kind == "exam-passed" and condition.course_kind == course.kind
        for condition in level.conditions
    )


def _is_used(platform: Platform, attempt: Attempt, old: Qualification) -> bool:
    """Whether a pass gave the level that is held, or came too early to renew it."""
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
    old: Qualification | None,
    kind: QualificationKind,
    code: str,
    title: dict[str, str],
    months: int,
) -> CertificateIssued | None:
    """One qualification with its certificate; None when it is held and not yet to be renewed.

    Args:
        old: the latest period of the same one, if there is any.
    """
    today = local_date(now, platform.policy.organisation.time_zone)
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

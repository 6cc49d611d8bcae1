"""All that is known of a person when a level is checked (R-QUA-02)."""

from datetime import date
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import scoring
from certify.domain.granting import InPost
from certify.domain.ladder import Evidence, Finished, Graded, Heard, Hours, Pass
from certify.domain.onboarding import ON_SITE
from certify.domain.person import Person
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.domain.validity import add_months, whole_months
from certify.platform import Platform
from certify.services import exam_parts, remedial
from certify.services.course_locks import DEPARTMENT, courses_to_do, lacks_owner
from certify.services.exam_parts import Passed
from certify.services.training.hours import attended
from certify.storage import courses, evidence, field_practice, qualifications


def evidence_of(
    session: Session, platform: Platform, person_id: int, passed: Passed | None = None
) -> Evidence:
    """What a person has shown so far.

    Args:
        passed: what the person passed, where it was read already.
    """
    passed = passed or exam_parts.passed_by(session, platform, person_id)
    today = platform.today()
    held = _held(session, person_id)
    return Evidence(
        passes=_passes(session, platform, passed),
        finished=(finished := _finished(session, platform, person_id)),
        phases=_phases(session, person_id),
        grades=[Graded(*one) for one in evidence.quarterly_grades(session, person_id)],
        hours=_hours(session, platform, person_id, finished),
        panels=_panels(session, person_id),
        held={code: [row.period for row in rows] for code, rows in held.items()},
        overdue_remedial=_overdue(session, person_id, today),
        suspended=_suspended(session, person_id, today),
    )


def in_post(session: Session, platform: Platform, person: Person) -> InPost:
    """How long a person has had the post, and whether a grade may be expected (R-QUA-07)."""
    since = evidence.in_post_since(session, person)
    expected = add_months(since, platform.policy.qualification.new_in_post_months)
    return InPost(
        months=whole_months(since, platform.today()),
        is_evaluated=evidence.closed_since(session, expected),
    )


def _passes(session: Session, platform: Platform, passed: Passed) -> list[Pass]:
    course_of = {course.id: course for course in courses.every(session)}
    zone = platform.policy.organisation.time_zone
    found = []
    for attempt, exam in exam_parts.complete_passes(platform, passed):
        course = course_of[exam.course_id]
        mark = scoring.mark(attempt.earned or Fraction(0), attempt.possible or Fraction(0))
        day = local_date(attempt.submitted_at or attempt.started_at, zone)
        found.append(
            Pass(course.kind, course.module, exam.code, mark or Fraction(0), day, attempt.id or 0)
        )
    return found


def _finished(session: Session, platform: Platform, person_id: int) -> list[Finished]:
    at = evidence.finished_at(session, person_id)
    complete = courses.finished(session, person_id)
    zone = platform.policy.organisation.time_zone
    return [
        Finished(one.kind, one.module, one.code, local_date(at[one.id], zone))
        for one in courses.every(session)
        if one.id in complete and one.id in at
    ]


def _phases(session: Session, person_id: int) -> tuple[str, ...]:
    """The phases of onboarding that a person has still to complete."""
    to_do = courses_to_do(session, person_id, courses.every(session))
    left = [phase for phase, courses_left in to_do.items() if courses_left]
    left += [DEPARTMENT] if lacks_owner(session, person_id) else []
    freed = {one.phase for one in field_practice.exemptions(session, person_id)}
    is_signed = field_practice.sign_off(session, person_id) is not None or ON_SITE in freed
    return tuple(dict.fromkeys([*left, *(() if is_signed else (ON_SITE,))]))


def _hours(
    session: Session, platform: Platform, person_id: int, finished: list[Finished]
) -> list[Hours]:
    """Hours of courses finished and of sessions attended."""
    hours = {one.code: Fraction(one.hours or 0) for one in courses.every(session)}
    read = [Hours(one.kind, one.day, hours[one.course]) for one in finished]
    there = attended(session, platform, person_id)
    return sorted([*read, *there], key=lambda one: one.day)


def _panels(session: Session, person_id: int) -> list[Heard]:
    return [
        Heard(
            level=panel.level,
            day=panel.day,
            members=len(scores),
            mean=sum((score for _member, score in scores), Fraction(0)) / len(scores),
            has_top=any(member.supervisor_id is None for member, _score in scores),
        )
        for panel, scores in evidence.panels(session, person_id)
        if scores
    ]


def _held(session: Session, person_id: int) -> dict[str, list[qualifications.PeriodRow]]:
    held: dict[str, list[qualifications.PeriodRow]] = {}
    for row in qualifications.of_person(session, person_id):
        if row.kind is QualificationKind.LEVEL:
            held.setdefault(row.code, []).append(row)
    return held


def _suspended(session: Session, person_id: int, day: date) -> tuple[str, ...]:
    return tuple(
        row.code
        for row in qualifications.of_person(session, person_id)
        if (standing := standing_on(day, row.period, row.successors)) is not None
        and standing.state is QualificationState.SUSPENDED
    )


def _overdue(session: Session, person_id: int, today: date) -> tuple[str, ...]:
    """Exams whose remedial training is past its last day and not done (R-QUA-10)."""
    late = []
    for exam_id in {
        one.exam_id for one in evidence.assignments(session, person_id) if one.due_on < today
    }:
        exam = courses.exam_by_id(session, exam_id)
        found = remedial.open_assignment(session, person_id, exam)
        if found is not None and found.due_on < today:
            late.append(exam.code)
    return tuple(sorted(late))

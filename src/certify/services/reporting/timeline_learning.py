"""Courses, practice, exams and cases on a person's timeline."""

from collections.abc import Iterator

from certify.domain.case_story import CaseStory
from certify.domain.field_practice import FieldPracticeSignOff, PhaseExemption
from certify.domain.person import Guidance
from certify.domain.scoring import cut, mark
from certify.i18n import N_
from certify.services.course_locks import PHASE_NAMES
from certify.services.reporting.event import Event, Look
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.storage import report_person


def courses(look: Look) -> Iterator[Event]:
    """Enrolments, courses read to their end, phases that HR freed the person from."""
    for enrolment, course in report_person.enrolments(look.session, look.id):
        facts = {"course": course.title, "due": enrolment.due_on or "–"}
        text = N_("Enrolled in “{course}”, due {due}")
        yield Event("course", look.day(enrolment.enrolled_at), Said(text, facts))
    for course, at in report_person.finished_courses(look.session, look.id):
        text = N_("Finished “{course}”")
        if course.phase:
            text = N_("Finished “{course}” (phase {phase})")
        named: dict[str, object] = {
            "course": course.title,
            "phase": label(PHASE_NAMES, course.phase),
        }
        yield Event("course", look.day(at), Said(text, named))
    for one in report_person.of(look.session, PhaseExemption, look.id):
        said = Said(N_("Freed from the phase {phase}"), {"phase": label(PHASE_NAMES, one.phase)})
        yield Event("course", look.day(one.at), said, _reason(one.reason))


def practice(look: Look) -> Iterator[Event]:
    """Guides, and the sign-off of on-site practice."""
    guided = report_person.of(look.session, Guidance, look.id)
    signed = report_person.of(look.session, FieldPracticeSignOff, look.id)
    guides = [*(one.guide_id for one in guided), *(one.guide_id for one in signed)]
    names = report_person.names(look.session, set(guides))
    for one in guided:
        facts = {"name": names.get(one.guide_id, "")}
        yield Event("practice", one.from_day, Said(N_("Guided by {name} from here on"), facts))
    for sign_off in signed:
        amount: dict[str, object] = {
            "name": names.get(sign_off.guide_id, ""),
            "entries": sign_off.entries,
            "days": sign_off.days,
        }
        text = N_("On-site practice signed off by {name}: {entries} tasks on {days} working days")
        more = Said("{note}", {"note": sign_off.note}) if sign_off.note else None
        yield Event("practice", look.day(sign_off.at), Said(text, amount), more)


def exams(look: Look) -> Iterator[Event]:
    """Attempts with their marks, and remedial training."""
    for attempt, exam in report_person.attempts(look.session, look.id):
        got = None
        if attempt.earned is not None and attempt.possible is not None:
            got = mark(attempt.earned, attempt.possible)
        facts: dict[str, object] = {"exam": exam.title, "mark": "" if got is None else cut(got)}
        text = N_("Sat “{exam}”: no result yet")
        if attempt.passed is True:
            text = N_("Passed “{exam}” with {mark}")
        elif attempt.passed is False:
            text = N_("Did not pass “{exam}”: {mark}")
        elif attempt.is_void:
            text = N_("Sat “{exam}”: every item was voided")
        retake = Said(N_("Attempt {number}"), {"number": attempt.number})
        day = look.day(attempt.submitted_at or attempt.started_at)
        yield Event("exam", day, Said(text, facts), retake if attempt.number > 1 else None)
    for one, exam in report_person.assignments(look.session, look.id):
        text = N_("Remedial training for “{exam}”, due {due}: {topics}")
        if one.cancelled_at:
            text = N_("Remedial training for “{exam}” was assigned and taken back")
        facts = {"exam": exam.title, "due": one.due_on, "topics": tuple(one.topics)}
        yield Event("exam", look.day(one.assigned_at), Said(text, facts))


def cases(look: Look) -> Iterator[Event]:
    """Cases the person wrote; drafts only for who sees all."""
    for one in report_person.owned(look.session, CaseStory, "author_id", look.id):
        facts = {"code": one.code, "title": one.title}
        if one.published_at:
            yield Event(
                "case",
                look.day(one.published_at),
                Said(N_("Case {code} published: {title}"), facts),
            )
        elif look.sees_all:
            yield Event(
                "case", look.day(one.written_at), Said(N_("Case {code} written: {title}"), facts)
            )


def _reason(reason: str) -> Said | None:
    return Said(N_("Reason: {reason}"), {"reason": reason}) if reason else None

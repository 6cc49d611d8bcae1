"""One person at a glance, for HR: who they are, what they hold, what is open, what they sat."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person, PersonStatus, Role
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import results
from certify.services.remedial import open_assignment
from certify.services.results import AttemptView, QualificationView
from certify.services.typed import person_of
from certify.storage import attempts, courses, evidence, people, placements, report_person

LAST_ATTEMPTS = 3


@dataclass(frozen=True)
class OpenThing:
    """Something that is still to be done, or that one should know."""

    text: str
    """Translated."""
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class PersonCard:
    """What a card says."""

    staff_no: str
    name: str
    department: dict[str, str]
    post: dict[str, str]
    supervisor: str
    """Number and name, or empty."""
    hired_on: date
    status: PersonStatus
    roles: tuple[Role, ...]
    qualifications: tuple[QualificationView, ...]
    """Every one, the newest first."""
    open_things: tuple[OpenThing, ...]
    """The most urgent first."""
    attempts: tuple[AttemptView, ...]
    """The last ones, the newest first."""
    may_change: bool
    """Whether the actor may change the person."""


def card(platform: Platform, *, actor: Actor, staff_no: str) -> PersonCard:
    """One person at a glance; whoever may see a record may see it.

    Raises:
        NotFound, NotPermitted
    """
    record = results.record(platform, actor=actor, staff_no=staff_no)
    with platform.database.read() as session:
        person = person_of(session, actor, staff_no)
        above = session.get(Person, person.supervisor_id) if person.supervisor_id else None
        held = people.roles_of(session, person.id or 0)
        things = _open(session, platform.today(), person)
    return PersonCard(
        staff_no=record.staff_no,
        name=record.name,
        department=record.department,
        post=record.post,
        supervisor=f"{above.staff_no} {above.name}" if above else "",
        hired_on=record.hired_on,
        status=person.status,
        roles=tuple(role for role in Role if role in held),
        qualifications=record.qualifications,
        open_things=tuple(sorted(things, key=lambda one: (one.due_on or date.max, one.text))),
        attempts=record.attempts[:LAST_ATTEMPTS],
        may_change=may(actor, Action.CHANGE_PEOPLE),
    )


def _open(session: Session, today: date, person: Person) -> list[OpenThing]:
    if person.status is not PersonStatus.EMPLOYED:
        return []
    person_id, passed = person.id or 0, attempts.passed_exams(session, person.id or 0)
    read = {course.id for course, _at in report_person.finished_courses(session, person_id)}
    found = []
    for enrolment, course in report_person.enrolments(session, person_id):
        exams = [one.id for one in courses.exams(session, course.id or 0) if one.available]
        if not course.available or (course.id in read and passed.issuperset(exams)):
            continue
        text = _("Exam to sit: {course}") if course.id in read else _("Course to read: {course}")
        is_late = enrolment.due_on is not None and enrolment.due_on < today
        found.append(OpenThing(text.format(course=pick(course.title)), enrolment.due_on, is_late))
    for exam_id in {one.exam_id for one in evidence.assignments(session, person_id)}:
        exam = courses.exam_by_id(session, exam_id)
        if open_one := open_assignment(session, person_id, exam):
            text = _("Remedial training: {exam}").format(exam=pick(exam.title))
            found.append(OpenThing(text, open_one.due_on, open_one.due_on < today))
    if any(one.accepted is None for one in placements.refusals(session, person_id)):
        found.append(OpenThing(_("A refusal of onboarding waits for HR."), None, is_late=False))
    for absence in placements.absences_of(session, person_id):
        if absence.cancelled_at is None and absence.from_day <= today <= absence.to_day:
            text = _("Away until {day}: {reason}")
            said = text.format(day=absence.to_day.isoformat(), reason=absence.reason)
            found.append(OpenThing(said, None, is_late=False))
    return found

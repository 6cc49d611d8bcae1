"""Who is registered for an exam that they may not sit yet, and why: a warning, no refusal.

Whoever has lessons left may finish them before the window opens. The reasons are those which the
person would read before the exam; the rules are the same, only what they read of everybody is read
in one query each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.course import Course, Exam
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.placement import TrainingOwner
from certify.domain.registration import is_over
from certify.i18n import _n
from certify.platform import Platform
from certify.services.candidacy import Candidacy
from certify.services.conduct_rules import known_cohort
from certify.services.lobby import own_blockers
from certify.storage import (
    attempts,
    cohorts,
    courses,
    escalations,
    field_practice,
    placements,
    qualifications,
)
from certify.storage.foreseen import foresee


@dataclass(frozen=True)
class NotYet:
    """One person, and every reason why they could not begin now."""

    staff_no: str
    name: str
    reasons: tuple[str, ...]
    """As the person reads them, translated."""

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.name} {self.staff_no}: {' '.join(self.reasons)}"


def not_yet(
    platform: Platform, *, actor: Actor, cohort_id: int, staff_nos: Iterable[str] | None = None
) -> tuple[NotYet, ...]:
    """The members of a cohort who may not sit its exam yet, by staff number.

    Its window, its bank and its door are no reasons here: they are the same for everybody. Who is
    excused, or has begun, is left out; once the window is over nobody is named.

    Args:
        staff_nos: only these members; None for all.
    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.MANAGE_COHORTS)
    wanted = None if staff_nos is None else frozenset(staff_nos)
    with platform.database.read() as session:
        cohort = known_cohort(session, cohort_id)
        if is_over(cohort, platform.clock.now()):
            return ()
        exam = session.get_one(Exam, cohort.exam_id)
        people = [
            row.person
            for row in cohorts.members(session, cohort_id).get(cohort_id, [])
            if not row.member.excused and (wanted is None or row.person.staff_no in wanted)
        ]
        found = []
        for before, person in zip(_candidacies(session, exam, people), people, strict=True):
            begun = any(one.cohort_id == cohort_id for one in before.past)
            reasons = [] if begun else own_blockers(session, platform, before, to_others=True)
            if reasons:
                found.append(NotYet(person.staff_no, person.name, tuple(reasons)))
        return tuple(found)


def warning(found: Sequence[NotYet]) -> str:
    """What is said above them."""
    return _n(
        "{count} of them may not sit the exam yet and would read:",
        "{count} of them may not sit the exam yet and would read:",
        len(found),
    ).format(count=len(found))


def _candidacies(session: Session, exam: Exam, people: Sequence[Person]) -> list[Candidacy]:
    """How everybody stands before an exam, with all that the rules will ask of them read ahead.

    The items of its bank are not read: no reason of a person lies in them.
    """
    ids, exam_id = [one.id or 0 for one in people], exam.id or 0
    course, every = session.get_one(Course, exam.course_id), courses.every(session)
    course_id = exam.course_id
    past = attempts.of_people(session, ids, exam_id)
    assigned = attempts.latest_assignments(session, ids, exam_id)
    asked = {course_id, *(one.id or 0 for one in every if one.code in course.prerequisites)}
    if course.phase:
        asked |= {one.id or 0 for one in every if one.phase}
        _foresee_phases(session, ids, every)
    foresee(session, courses.every, {(): every})
    foresee(session, courses.all_exams, {(): courses.all_exams(session)})
    foresee(session, courses.lessons, {(course_id,): courses.lessons(session, course_id)})
    foresee(session, courses.is_finished, courses.finished_by(session, ids, sorted(asked)))
    foresee(session, attempts.of_person, {(one, exam_id): made for one, made in past.items()})
    foresee(
        session, attempts.latest_assignment, {(one, exam_id): it for one, it in assigned.items()}
    )
    decided = escalations.decisions_on(session, ids, exam_id)
    foresee(session, escalations.decisions, {(one, exam_id): made for one, made in decided.items()})
    learning = [one for one in ids if course.phase or assigned[one] is not None]
    read = courses.progress_of(session, learning, course_id)
    foresee(session, courses.progress, {(one, course_id): made for one, made in read.items()})
    held: dict[tuple[int], list[qualifications.PeriodRow]] = {
        (one,): [] for one in ids if any(attempt.passed for attempt in past[one])
    }
    for period in qualifications.of_people(session, [one for (one,) in held]):
        held[(period.person_id,)].append(period)
    foresee(session, qualifications.of_person, held)
    return [Candidacy(one, exam, course, (), 0, past[one]) for one in ids]


def _foresee_phases(session: Session, ids: Sequence[int], every: Sequence[Course]) -> None:
    """Read ahead what phases of onboarding that come first ask of everybody."""
    exams: dict[tuple[int], list[Exam]] = {(one.id or 0,): [] for one in every}
    for exam in courses.all_exams(session):
        exams[(exam.course_id,)].append(exam)
    foresee(session, courses.exams, exams)
    passed = attempts.passed_by(session, ids)
    foresee(session, attempts.passed_exams, {(one,): made for one, made in passed.items()})
    freed = field_practice.exemptions_of(session, ids)
    foresee(session, field_practice.exemptions, {(one,): made for one, made in freed.items()})
    owners: dict[tuple[int], TrainingOwner | None] = dict.fromkeys((one,) for one in ids)
    owners.update(((one.person_id,), one) for one in placements.open_owners(session, ids))
    foresee(session, placements.owner, owners)

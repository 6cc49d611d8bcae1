"""What keeps a course closed: courses to finish first (R-CAT-07), phases before it (R-LRN-01).

A phase is complete when every lesson of each of its courses is finished and each of their exams
was passed once, or when HR freed the person from it. Whoever has begun a course goes on in it.
The department phase also waits for a training owner who is still the supervisor (R-PPL-05).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from certify.domain.course import Course
from certify.domain.onboarding import PHASES, locking_phase, phases_before
from certify.domain.person import Person
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.storage import attempts, courses, field_practice, placements

DEPARTMENT = "department"

PHASE_NAMES = {
    "head-office": N_("head office"),
    "department": N_("department"),
    "on-site-practice": N_("on-site practice"),
}
"""The phases of onboarding, for people."""


@dataclass(frozen=True)
class Lock:
    """One course that must be done before another one opens."""

    kind: Literal["prerequisite", "missing", "phase", "owner"]
    title: dict[str, str]
    phase: str = ""
    """The phase that comes first, of locks by phase."""


def prerequisite_locks(
    session: Session, person_id: int, course: Course, every: Sequence[Course]
) -> tuple[Lock, ...]:
    """The prerequisites a person has still to finish, and those that are not installed."""
    by_code = {other.code: other for other in every}
    locks = []
    for code in course.prerequisites:
        other = by_code.get(code)
        if other is None:
            locks.append(Lock("missing", {"zh": code, "en": code}))
        elif not courses.is_finished(session, person_id, other.id or 0):
            locks.append(Lock("prerequisite" if other.available else "missing", other.title))
    return tuple(locks)


def phase_locks(
    session: Session, platform: Platform, person_id: int, course: Course, every: Sequence[Course]
) -> tuple[Lock, ...]:
    """What is still to do in the first incomplete phase before that of an onboarding course."""
    if not platform.policy.learning.phases_in_order or course.kind != "onboarding":
        return ()
    if course.phase not in PHASES[1:] or courses.progress(session, person_id, course.id or 0):
        return ()
    return locks_before(session, platform, person_id, course.phase, every)


def locks_before(
    session: Session, platform: Platform, person_id: int, phase: str, every: Sequence[Course]
) -> tuple[Lock, ...]:
    """What is still to do in the first incomplete phase before another one."""
    if not platform.policy.learning.phases_in_order:
        return ()
    to_do = courses_to_do(session, person_id, every)
    first = locking_phase(phase, [name for name, left in to_do.items() if left])
    if not first and DEPARTMENT in phases_before(phase) and lacks_owner(session, person_id):
        return (Lock("owner", {}, DEPARTMENT),)
    return tuple(Lock("phase", one.title, first) for one in to_do.get(first, ()))


def lacks_owner(session: Session, person_id: int) -> bool:
    """Whether the department phase waits for a new training owner (R-PPL-05).

    The one who was named is not the direct supervisor any more. Where nobody was ever named, or
    HR freed the person from the phase, nothing waits.
    """
    named = placements.owner(session, person_id)
    if named is None or named.owner_id == session.get_one(Person, person_id).supervisor_id:
        return False
    return all(one.phase != DEPARTMENT for one in field_practice.exemptions(session, person_id))


def courses_to_do(
    session: Session, person_id: int, every: Sequence[Course]
) -> dict[str, list[Course]]:
    """By phase the onboarding courses that a person has still to complete; a freed phase has none.

    A course that is not installed any more locks nothing.
    """
    freed = {one.phase for one in field_practice.exemptions(session, person_id)}
    passed = attempts.passed_exams(session, person_id)
    to_do: dict[str, list[Course]] = {phase: [] for phase in PHASES}
    for course in every:
        if course.kind != "onboarding" or not course.available or course.phase not in to_do:
            continue
        if course.phase in freed:
            continue
        exams = [one.id for one in courses.exams(session, course.id or 0) if one.available]
        is_read = courses.is_finished(session, person_id, course.id or 0)
        if not is_read or not passed.issuperset(exams):
            to_do[course.phase].append(course)
    return to_do


def reading_locks(
    session: Session, platform: Platform, person_id: int, course: Course, every: Sequence[Course]
) -> tuple[Lock, ...]:
    """What keeps a person from reading a course; who was enrolled needs no prerequisites."""
    before: tuple[Lock, ...] = ()
    if course.prerequisites and courses.enrolment(session, person_id, course.id or 0) is None:
        before = prerequisite_locks(session, person_id, course, every)
    return (*before, *phase_locks(session, platform, person_id, course, every))


def exam_locks(
    session: Session, platform: Platform, person_id: int, course: Course, every: Sequence[Course]
) -> tuple[Lock, ...]:
    """What keeps a person from the exams of a course, enrolled or not."""
    return (
        *prerequisite_locks(session, person_id, course, every),
        *phase_locks(session, platform, person_id, course, every),
    )


def lock_reasons(locks: Sequence[Lock]) -> list[str]:
    """Why a course is closed, one short sentence for each kind of lock, translated."""

    def names(kind: str) -> str:
        return _("”, “").join(pick(lock.title) for lock in locks if lock.kind == kind)

    reasons = []
    if courses_first := names("prerequisite"):
        reasons.append(_("This course opens after “{courses}”.").format(courses=courses_first))
    if missing := names("missing"):
        text = _("This course opens after “{courses}”, which is not installed here.")
        reasons.append(text.format(courses=missing))
    if in_phase := names("phase"):
        phase = next(lock.phase for lock in locks if lock.kind == "phase")
        text = _("This opens after the phase “{phase}”. Still to complete: “{courses}”.")
        reasons.append(text.format(phase=_(PHASE_NAMES[phase]), courses=in_phase))
    if any(lock.kind == "owner" for lock in locks):
        reasons.append(
            _("This opens when HR names a new training owner: the supervisor has changed.")
        )
    return reasons


def locked_text(locks: Sequence[Lock]) -> str:
    """The same in one line."""
    return " ".join(lock_reasons(locks))

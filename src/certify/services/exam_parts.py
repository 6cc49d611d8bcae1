"""Which passes count: those of a process whose parts were all passed close together (R-ASM-05)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import Attempt
from certify.domain.course import Exam
from certify.domain.exam_parts import PartPass, completes, still_counts, together
from certify.platform import Platform
from certify.storage import attempts, courses


@dataclass(frozen=True)
class Passed:
    """All that a person passed, read once, beside every exam there is."""

    exams: Sequence[Exam]
    passes: Sequence[tuple[Attempt, Exam, PartPass]]
    """Oldest first."""


def passed_by(session: Session, platform: Platform, person_id: int) -> Passed:
    """Read what a person passed so far."""
    exams = courses.all_exams(session)
    return Passed(exams, _passes(session, platform, person_id, exams))


def are_passed(
    platform: Platform, passed: Passed, exam: Exam, *, since: date | None = None
) -> bool:
    """Whether every part of an exam's process is passed and none has run out.

    Args:
        since: first day on which a pass counts; None for any.
    """
    sisters = _sisters(exam, passed.exams)
    ids = {sister.id for sister in sisters}
    passes = [
        one
        for _attempt, of, one in passed.passes
        if of.id in ids and (since is None or one.day >= since)
    ]
    return together(_parts(exam, sisters), passes, platform.policy.exam.parts_days)


def complete_passes(platform: Platform, passed: Passed) -> list[tuple[Attempt, Exam]]:
    """The passes, oldest first, without those whose other parts were not passed in time."""
    days = platform.policy.exam.parts_days
    counted = []
    for attempt, exam, one in passed.passes:
        sisters = _sisters(exam, passed.exams)
        ids = {sister.id for sister in sisters}
        beside = [other for _attempt, of, other in passed.passes if of.id in ids]
        if completes(one, _parts(exam, sisters), beside, days):
            counted.append((attempt, exam))
    return counted


def waits_for_others(
    session: Session, platform: Platform, person_id: int, exam: Exam, *, since: date | None = None
) -> bool:
    """Whether this part is passed and valid, so that only the other parts are to be passed.

    Args:
        since: first day on which a pass counts; None for any.
    """
    sisters = _sisters(exam, courses.all_exams(session))
    if len(_parts(exam, sisters)) < 2:
        return False
    own = [one for _attempt, _exam, one in _passes(session, platform, person_id, [exam])]
    days, today = platform.policy.exam.parts_days, platform.today()
    return any(still_counts(one, today, days) and (not since or one.day >= since) for one in own)


def has_other_parts(session: Session, exam: Exam) -> bool:
    """Whether an exam is one of several parts of its process."""
    return len(_parts(exam, _sisters(exam, courses.all_exams(session)))) > 1


def _passes(
    session: Session, platform: Platform, person_id: int, exams: Iterable[Exam]
) -> list[tuple[Attempt, Exam, PartPass]]:
    exam_of = {exam.id: exam for exam in exams}
    zone = platform.policy.organisation.time_zone
    return [
        (attempt, exam, PartPass(exam.part, local_date(_sat_at(attempt), zone)))
        for attempt in attempts.of_person(session, person_id)
        if attempt.passed and (exam := exam_of.get(attempt.exam_id)) is not None
    ]


def _sat_at(attempt: Attempt) -> datetime:
    return attempt.submitted_at or attempt.started_at


def _sisters(exam: Exam, every: Iterable[Exam]) -> list[Exam]:
    """The exams of the same course and process, this one among them."""
    return [
        one
        for one in every
        if (one.course_id, one.process_code) == (exam.course_id, exam.process_code)
    ]


def _parts(exam: Exam, sisters: Sequence[Exam]) -> set[str]:
    """The parts that can be passed at present; what is not loaded any more is asked of nobody."""
    return {exam.part} | {one.part for one in sisters if one.available}

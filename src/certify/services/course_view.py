"""A course as one person sees it: its facts, its lessons, how far they got, what locks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.course import Course, Enrolment, Lesson, LessonProgress
from certify.domain.person import Actor
from certify.domain.validity import add_months
from certify.platform import Platform
from certify.services.course_locks import Lock, reading_locks
from certify.storage import courses


@dataclass(frozen=True)
class CourseFacts:
    """What a course says of itself besides its texts (R-CAT-01)."""

    phase: str
    """Of onboarding; empty for other kinds."""
    track: str
    layer: str
    module: str
    mode: str
    revised_on: date | None
    """Day on which what it holds last changed; None where nobody knows."""
    is_stale: bool
    """Whether it is in-service training that nobody revised for `learning.stale_months`."""


@dataclass(frozen=True)
class LessonEntry:
    """One lesson in a course's list."""

    code: str
    title: dict[str, str]
    method: str
    minutes: int
    is_started: bool
    is_finished: bool
    is_revised: bool = False
    """Whether its text changed since the person finished it; it counts as read (R-LRN-08)."""


@dataclass(frozen=True)
class CourseView:
    """A course as one person sees it."""

    code: str
    title: dict[str, str]
    summary: dict[str, str]
    kind: str
    version: str
    hours: str
    lessons: tuple[LessonEntry, ...]
    exams: tuple[str, ...]
    is_enrolled: bool
    due_on: date | None
    is_available: bool
    facts: CourseFacts
    locks: tuple[Lock, ...]
    """What keeps the person from reading it: prerequisites (R-CAT-07), phases (R-LRN-01)."""

    @property
    def is_locked(self) -> bool:
        """Whether something must be done before it opens."""
        return bool(self.locks)

    @property
    def finished(self) -> int:
        """How many lessons are finished."""
        return sum(lesson.is_finished for lesson in self.lessons)

    @property
    def next_lesson(self) -> str | None:
        """Where to go on: the first lesson not finished."""
        return next((lesson.code for lesson in self.lessons if not lesson.is_finished), None)


def view_of(
    session: Session,
    platform: Platform,
    actor: Actor,
    course: Course,
    enrolment: Enrolment | None,
    every: Sequence[Course],
) -> CourseView:
    """A course as the actor sees it.

    Args:
        every: all courses there are, for what comes before this one.
    """
    progress = courses.progress(session, actor.person_id, course.id or 0)
    entries = tuple(
        LessonEntry(
            code=lesson.code,
            title=lesson.title,
            method=lesson.method,
            minutes=lesson.minutes,
            is_started=lesson.id in progress,
            is_finished=_finished_at(progress, lesson) is not None,
            is_revised=_is_revised(progress, lesson),
        )
        for lesson in courses.lessons(session, course.id or 0)
    )
    return CourseView(
        code=course.code,
        title=course.title,
        summary=course.summary,
        kind=course.kind,
        version=course.version,
        hours=course.hours,
        lessons=entries,
        exams=tuple(exam.code for exam in courses.exams(session, course.id or 0) if exam.available),
        is_enrolled=enrolment is not None,
        due_on=enrolment.due_on if enrolment else None,
        is_available=course.available,
        facts=facts_of(platform, course),
        locks=reading_locks(session, platform, actor.person_id, course, every),
    )


def facts_of(platform: Platform, course: Course) -> CourseFacts:
    """The facts of a course today (R-LRN-08)."""
    revised_on = None
    if course.revised_at is not None:
        revised_on = local_date(course.revised_at, platform.policy.organisation.time_zone)
    months = platform.policy.learning.stale_months
    is_old = revised_on is not None and add_months(revised_on, months) < platform.today()
    return CourseFacts(
        phase=course.phase,
        track=course.track,
        layer=course.layer,
        module=course.module,
        mode=course.mode,
        revised_on=revised_on,
        is_stale=is_old and course.kind == "in-service" and course.available,
    )


def _finished_at(progress: Mapping[int, LessonProgress], lesson: Lesson) -> datetime | None:
    found = progress.get(lesson.id or 0)
    return None if found is None else found.finished_at


def _is_revised(progress: Mapping[int, LessonProgress], lesson: Lesson) -> bool:
    finished_at, revised_at = _finished_at(progress, lesson), lesson.revised_at
    return finished_at is not None and revised_at is not None and finished_at < revised_at

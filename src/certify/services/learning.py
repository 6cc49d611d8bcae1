"""Reading courses: what there is, how far a person got, and where they go on."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.course import Course, Enrolment, Lesson, LessonProgress
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_locks import locked_text
from certify.services.course_view import CourseView, view_of
from certify.services.qualifying.awarding import award_levels
from certify.services.qualifying.giving import announce_issued
from certify.services.typed import course_of, no_course, person_for
from certify.storage import courses, ledger

MOST_BLOCKS = 2**31 - 1
"""No lesson has more; a larger number would not fit into the database."""


@dataclass(frozen=True)
class LessonView:
    """One lesson to read, in every language it has."""

    course: str
    course_title: dict[str, str]
    code: str
    number: int
    count: int
    title: dict[str, str]
    body: dict[str, str]
    minutes: int
    block: int
    """Paragraph to go on from, counted from 0."""
    is_finished: bool
    previous: str | None
    next: str | None


def course_views(platform: Platform, *, actor: Actor) -> list[CourseView]:
    """Every course, as the actor sees it; unavailable ones only when the actor read in them."""
    require(actor, Action.LEARN, owner=actor.person_id)
    with platform.database.read() as session:
        enrolled = courses.enrolments(session, actor.person_id)
        every = courses.every(session)
        return [
            view_of(session, platform, actor, course, enrolled.get(course.id or 0), every)
            for course in every
            if course.available or course.id in enrolled
        ]


def course_view(platform: Platform, *, actor: Actor, course: str) -> CourseView:
    """One course.

    Raises:
        NotFound
    """
    require(actor, Action.LEARN, owner=actor.person_id)
    with platform.database.read() as session:
        every = courses.every(session)
        enrolled = courses.enrolments(session, actor.person_id)
        for found in every:
            if found.code == course and (found.available or found.id in enrolled):
                enrolment = enrolled.get(found.id or 0)
                return view_of(session, platform, actor, found, enrolment, every)
    raise no_course(course)


def open_lesson(platform: Platform, *, actor: Actor, course: str, lesson: str) -> LessonView:
    """Open a lesson to read; the first one enrols the person in the course.

    Raises:
        NotFound
        Refused: the course is locked by a prerequisite or a phase of onboarding.
    """
    require_person(actor)
    view = course_view(platform, actor=actor, course=course)
    if view.is_locked:
        raise Refused(locked_text(view.locks))
    now = platform.clock.now()
    with platform.database.write() as session:
        found, every = _lesson(session, course, lesson)
        course_row = session.get_one(Course, found.course_id)
        session.get(Person, actor.person_id, with_for_update=True)  # two terminals take turns
        if courses.enrolment(session, actor.person_id, found.course_id) is None:
            session.add(
                Enrolment(person_id=actor.person_id, course_id=found.course_id, enrolled_at=now)
            )
        progress = session.get(LessonProgress, (actor.person_id, found.id))
        if progress is None:
            progress = LessonProgress(
                person_id=actor.person_id, lesson_id=found.id or 0, opened_at=now
            )
            session.add(progress)
        place = every.index(found)
        return LessonView(
            course=course,
            course_title=course_row.title,
            code=found.code,
            number=place + 1,
            count=len(every),
            title=found.title,
            body=found.body,
            minutes=found.minutes,
            block=progress.block,
            is_finished=progress.finished_at is not None,
            previous=every[place - 1].code if place else None,
            next=every[place + 1].code if place + 1 < len(every) else None,
        )


def keep_place(platform: Platform, *, actor: Actor, course: str, lesson: str, block: int) -> None:
    """Remember the paragraph a person is at.

    Raises:
        NotPermitted: they came with the code of a sitting.
    """
    require(actor, Action.LEARN, owner=actor.person_id)
    with platform.database.write() as session:
        found, _every = _lesson(session, course, lesson)
        progress = session.get(LessonProgress, (actor.person_id, found.id))
        if progress is not None:
            progress.block = min(max(0, block), MOST_BLOCKS)


def finish_lesson(platform: Platform, *, actor: Actor, course: str, lesson: str) -> None:
    """Mark a lesson finished now; reading it again later marks it again (R-REM-01).

    A level whose last condition this was is granted.

    Raises:
        NotPermitted: they came with the code of a sitting.
        Refused: they did not open it before.
    """
    require(actor, Action.LEARN, owner=actor.person_id)
    now = platform.clock.now()
    issued = []
    with platform.database.write() as session:
        person = session.get(Person, actor.person_id, with_for_update=True)
        found, _every = _lesson(session, course, lesson)
        progress = session.get(LessonProgress, (actor.person_id, found.id))
        if progress is None or person is None:
            raise Refused(_("Open the lesson before you finish it."))
        progress.finished_at, progress.block = now, 0
        ledger.append(
            session,
            at=now,
            actor_id=actor.person_id,
            action="lesson-finished",
            subject=f"person:{actor.person_id}",
            facts={"course": course, "lesson": lesson},
        )
        issued = award_levels(session, platform, person, now)
    announce_issued(platform, issued)


def enrol(
    platform: Platform, *, actor: Actor, staff_no: str, course: str, due_on: date | None
) -> None:
    """Assign a course to a person, or change the day it is due.

    Raises:
        NotPermitted, NotFound
    """
    now = platform.clock.now()
    with platform.database.write() as session:
        person = person_for(session, actor, staff_no, Action.ASSIGN_COURSE)
        found = course_of(session, course)
        session.get(Person, person.id, with_for_update=True)  # two assignments take turns
        enrolment = courses.enrolment(session, person.id or 0, found.id or 0) or Enrolment(
            person_id=person.id or 0, course_id=found.id or 0, enrolled_at=now
        )
        enrolment.due_on = due_on
        enrolment.assigned_by = None if actor.is_console else actor.person_id
        session.add(enrolment)
        ledger.append(
            session,
            at=now,
            actor_id=actor.person_id,
            action="course-assigned",
            subject=f"person:{person.id}",
            facts={"course": course, "due_on": due_on.isoformat() if due_on else None},
        )


def _lesson(session: Session, course: str, lesson: str) -> tuple[Lesson, list[Lesson]]:
    found = course_of(session, course)
    every = list(courses.lessons(session, found.id or 0))
    for one in every:
        if one.code == lesson:
            return one, every
    raise NotFound(_("There is no lesson “{lesson}”.").format(lesson=lesson))

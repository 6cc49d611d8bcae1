"""Remedial training as the screens go through it: which lessons are left, for which exam."""

from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import learning, lobby

LessonsLeft = dict[str, tuple[str, ...]]
"""Codes of the lessons to read again before the retake of each exam; only exams with some."""


def lessons_left(platform: Platform, *, actor: Actor, course: str) -> LessonsLeft:
    """The remedial lessons that the actor has still to read in a course, by exam."""
    view = learning.course_view(platform, actor=actor, course=course)
    doors = [lobby.lobby(platform, actor=actor, exam=exam) for exam in view.exams]
    return {
        door.exam: door.remedial.lessons
        for door in doors
        if door.remedial is not None and door.remedial.lessons  # else only practice is left
    }


def every_lesson(left: LessonsLeft) -> set[str]:
    """The lessons left, whatever exam they are for."""
    return {lesson for lessons in left.values() for lesson in lessons}

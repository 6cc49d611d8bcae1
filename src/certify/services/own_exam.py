"""Who sits an exam sees nothing of its bank but the form in front of them.

A trainer reads and exports keys by right, and sits exams like anybody: at a second terminal, or on
the command line, those of the exam in front of them would be a cheat sheet. So whatever shows an
item with its key, what candidates chose of it, or how an answer to it is marked asks here first.
"""

from collections.abc import Mapping

from certify.domain.person import Actor
from certify.errors import Refused
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import closing
from certify.storage import attempts, courses

Sat = Mapping[int, dict[str, str]]
"""Titles of the exams that somebody sits now, by the id of the course they draw from."""


def sat_by(platform: Platform, actor: Actor) -> Sat:
    """What the actor sits now; call it before a transaction: it closes what is overdue."""
    if actor.is_console:
        return {}
    closing.close_overdue(platform)
    with platform.database.read() as session:
        return attempts.courses_sat(session, actor.person_id)


def refuse_bank(sat: Sat, course_id: int | None) -> None:
    """Refuse to show somebody items of a course whose exam they sit.

    Raises:
        Refused
    """
    if course_id is not None and course_id in sat:
        raise Refused(
            _(
                "You are sitting “{exam}”: items of its course, their keys and figures are not "
                "shown to you meanwhile."
            ).format(exam=pick(sat[course_id])),
            mend=_("Submit the exam first; then they are here again."),
        )


def refuse_course(platform: Platform, actor: Actor, code: str) -> None:
    """The same for a course by its code, in a transaction of its own; an unknown one has no exam.

    Raises:
        Refused
    """
    if sat := sat_by(platform, actor):
        with platform.database.read() as session:
            course = courses.by_code(session, code)
            refuse_bank(sat, course.id if course else None)

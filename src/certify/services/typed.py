"""What people type: whom and which course they mean, and texts that are there and not too long."""

from sqlmodel import Session

from certify.domain.clean import tidy_line
from certify.domain.course import Course
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound
from certify.i18n import _
from certify.storage import courses, people

MOST_CHARACTERS = 500


def person_of(session: Session, actor: Actor, staff_no: str | None, *told: Action) -> Person:
    """A person by staff number, or the actor.

    Args:
        told: who may do none of these to everybody is not told that nobody has a number, but
            that they may not, as of anybody else's: else they could try which numbers there are.
    Raises:
        NotFound, NotPermitted
    """
    wanted = actor.staff_no if staff_no is None else staff_no
    found = people.by_staff_no(session, wanted) if wanted else None
    if found is None:
        if not any(may(actor, action) for action in told[:-1]):
            for action in told[-1:]:
                require(actor, action)
        raise nobody(wanted)
    return found


def person_for(session: Session, actor: Actor, staff_no: str | None, *actions: Action) -> Person:
    """The same, if the actor may do one of these actions to what is theirs.

    Raises:
        NotPermitted: also of a number that nobody has.
        NotFound: nobody has the number; only to whom everybody is open.
    """
    found = person_of(session, actor, staff_no, *actions)
    whose = {"owner": found.id, "owner_supervisor": found.supervisor_id}
    if not any(may(actor, action, **whose) for action in actions[:-1]):
        require(actor, actions[-1], **whose)
    return found


def nobody(staff_no: str) -> NotFound:
    """That nobody has a staff number."""
    return NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))


def course_of(session: Session, code: str) -> Course:
    """A course by its code.

    Raises:
        NotFound
    """
    found = courses.by_code(session, code)
    if found is None:
        raise no_course(code)
    return found


def no_course(code: str) -> NotFound:
    """That there is no such course, or none for this person."""
    return NotFound(
        _("There is no course “{course}”.").format(course=code),
        mend=_("“certify course list” shows all of them."),
    )


def checked_text(text: str, what: str, most: int = MOST_CHARACTERS) -> str:
    """A typed line without control characters.

    Args:
        what: its name, translated.
    Raises:
        BadInput: it is empty or too long.
    """
    text = tidy_line(text).strip()
    if not text:
        raise BadInput(_("The {what} is missing.").format(what=what), mend=_("Write it."))
    if len(text) > most:
        raise BadInput(
            _("The {what} is longer than {count} characters.").format(what=what, count=most),
            mend=_("Make it shorter."),
        )
    return text

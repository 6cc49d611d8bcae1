"""Whom an inspector may not check (R-INS-09), and whom a check is about."""

from datetime import date

from sqlmodel import Session

from certify.domain.person import Actor, Department, Person, PersonStatus
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.services.departments import possible
from certify.services.typed import person_of
from certify.storage import inspections, people


def department_of(session: Session, code: str) -> Department:
    """A department by its code.

    Raises:
        NotFound
    """
    found = people.department(session, code)
    if found is None:
        raise NotFound(
            _("There is no department “{code}”.").format(code=code),
            mend=possible(people.departments(session)),
        )
    return found


def employed(session: Session, actor: Actor, staff_no: str) -> Person:
    """Somebody who works here by staff number.

    Raises:
        NotFound
        Refused: they have left.
    """
    found = person_of(session, actor, staff_no)
    if found.status is not PersonStatus.EMPLOYED:
        raise Refused(_("{name} has left the company.").format(name=found.name))
    return found


def whom(
    session: Session, actor: Actor, staff_no: str, department: str
) -> tuple[Person | None, int]:
    """The person a check is about, and the department: one of the two is given.

    Raises:
        BadInput: both are given, or none.
        NotFound, Refused
    """
    if bool(staff_no.strip()) == bool(department.strip()):
        raise BadInput(
            _("A check is of one person or of one department."),
            mend=_("Give a staff number or a department."),
        )
    if not staff_no.strip():
        return None, department_of(session, department).id or 0
    person = employed(session, actor, staff_no)
    return person, person.department_id


def refuse_head(session: Session, actor: Actor, department_id: int) -> None:
    """Refuse who leads the department that is checked as a whole: it is their own work (R-PPL-02).

    Raises:
        NotPermitted
    """
    if department_id in inspections.departments_headed(session, actor.person_id):
        raise NotPermitted(
            _("You lead this department."), mend=_("An inspector from elsewhere checks it.")
        )


def refuse_partial(session: Session, actor: Actor, person: Person, day: date) -> None:
    """Refuse who cannot be impartial.

    Raises:
        NotPermitted: nobody checks themselves or their own direct supervisor.
        Refused: the person inspected the actor on the same day.
    """
    person_id = person.id or 0
    if person_id == actor.person_id:
        raise NotPermitted(_("Nobody inspects themselves."), mend=_("Another inspector does it."))
    own = session.get_one(Person, actor.person_id)
    if own.supervisor_id == person_id:
        raise NotPermitted(
            _("{name} is your own direct supervisor.").format(name=person.name),
            mend=_("Another inspector does it."),
        )
    if inspections.inspected_by(session, person_id, actor.person_id, day):
        raise Refused(
            _("{name} inspected you on {day}.").format(name=person.name, day=day.isoformat()),
            mend=_("Another inspector does it, or another day."),
        )

"""The history of people: what holds of each from which day on (R-PPL-01).

A row is added, never edited. A change holds from today, or from an earlier day that HR gives: not
before the hire, and not before the latest change, since a period that has ended stays as it was.
Two changes from one day leave the later one.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person, Role
from certify.domain.placement import Placement, placed_on
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.storage import placements


def begin(session: Session, platform: Platform, person: Person) -> Sequence[Placement]:
    """Write down what is known of a person before a change, where nothing was yet."""
    if found := placements.written(session, person.id or 0):
        return found
    first = placements.first_of(person)
    first.at = platform.clock.now()
    session.add(first)
    session.flush()
    return [first]


def write(session: Session, platform: Platform, person: Person, from_day: date) -> None:
    """Write down that from a day on holds what a person's row says now."""
    session.add(
        Placement(
            person_id=person.id or 0,
            from_day=from_day,
            name=person.name,
            department_id=person.department_id,
            post_id=person.post_id,
            supervisor_id=person.supervisor_id,
            status=person.status,
            at=platform.clock.now(),
        )
    )


def write_earlier(
    session: Session, platform: Platform, known: Sequence[Placement], from_day: date
) -> None:
    """Let the first thing known of a person hold from an earlier day: the hire was corrected."""
    first_day = min(one.from_day for one in known)
    first = placed_on(first_day, known)
    if first is not None and from_day < first_day:
        held = first.model_dump(exclude={"id", "from_day", "at"})
        session.add(Placement(**held, from_day=from_day, at=platform.clock.now()))


def is_over(actor: Actor, person: Person) -> bool:
    """Whether the actor is HR, an administrator or the person's direct supervisor, and not them."""
    if person.id == actor.person_id:
        return False
    is_report = person.supervisor_id is not None and person.supervisor_id == actor.person_id
    return (is_report and Role.SUPERVISOR in actor.roles) or may(actor, Action.CHANGE_PEOPLE)


def require_over(actor: Actor, person: Person) -> None:
    """Refuse unless `is_over`.

    Raises:
        NotPermitted
    """
    if is_over(actor, person):
        return
    require(actor, Action.CHANGE_PEOPLE)
    raise NotPermitted(_("This is about yourself."), mend=_("Ask another colleague of HR."))


def day_of_change(
    platform: Platform, person: Person, known: Sequence[Placement], wanted: date | None
) -> date:
    """From which day a change holds.

    Args:
        known: what was written down of the person.
        wanted: what HR gave; None for today, or for the hire that is still to come.
    Raises:
        BadInput: a day to come, or before the hire.
        Refused: another change holds from a later day.
    """
    today, latest = platform.today(), max(one.from_day for one in known)
    if wanted is None:
        return max(today, latest)
    if wanted > today:
        raise BadInput(
            _("{day} is still to come.").format(day=wanted.isoformat()),
            mend=_("A change holds from today or an earlier day."),
        )
    if wanted < person.hired_on:
        raise BadInput(
            _("{name} was hired on {day}.").format(
                name=person.name, day=person.hired_on.isoformat()
            ),
            mend=_("Give that day or a later one."),
        )
    if wanted < latest:
        raise Refused(
            _("The latest change of {name} holds from {day}; what held before it stays.").format(
                name=person.name, day=latest.isoformat()
            ),
            mend=_("Give that day or a later one."),
        )
    return wanted

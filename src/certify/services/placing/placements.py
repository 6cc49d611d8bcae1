"""The history of people: what holds of each from which day on (R-PPL-01).

A row is added, never edited. A change holds from today, or from an earlier day that HR gives: not
before the hire, and not before the latest change, since a period that has ended stays as it was.
Two changes from one day leave the later one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person, Role
from certify.domain.placement import Placed, Placement, placed_on
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.storage import placements
from certify.storage.placements import PlacementRow
from certify.storage.rows import insert_all


def begin(
    session: Session, platform: Platform, persons: Sequence[Person]
) -> dict[int, list[PlacementRow]]:
    """Write down what is known of people before a change, where nothing was yet; by person id."""
    known = placements.written_of(session, [one.id or 0 for one in persons])
    new = [(one, one.hired_on) for one in persons if one.id not in known]
    return known | {id_: [held] for id_, held in write_all(session, platform, new)}


def write(session: Session, platform: Platform, person: Person, from_day: date) -> None:
    """Write down that from a day on holds what a person's row says now."""
    write_all(session, platform, [(person, from_day)])


def write_all(
    session: Session, platform: Platform, from_days: Iterable[tuple[Person, date]]
) -> list[tuple[int, PlacementRow]]:
    """`write` for many at once; what was written, with the person's id."""
    rows = [
        (
            one.id or 0,
            PlacementRow(
                from_day=from_day,
                name=one.name,
                department_id=one.department_id,
                post_id=one.post_id,
                supervisor_id=one.supervisor_id,
                status=one.status,
            ),
        )
        for one, from_day in from_days
    ]
    _insert(session, platform, rows)
    return rows


def write_earlier(
    session: Session,
    platform: Platform,
    known: Mapping[int, Sequence[PlacementRow]],
    persons: Iterable[Person],
) -> None:
    """Let the first thing known of people hold from an earlier day: the hire was corrected."""
    rows = []
    for person in persons:
        own = known[person.id or 0]
        first_day = min(one.from_day for one in own)
        first = placed_on(first_day, own)
        if first is not None and person.hired_on < first_day:
            rows.append((person.id or 0, replace(first, from_day=person.hired_on)))
    _insert(session, platform, rows)


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
    platform: Platform, person: Person, known: Sequence[Placed], wanted: date | None
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


def _insert(session: Session, platform: Platform, rows: Iterable[tuple[int, PlacementRow]]) -> None:
    now = platform.clock.now()
    written = [
        {
            "person_id": id_,
            "from_day": held.from_day,
            "name": held.name,
            "department_id": held.department_id,
            "post_id": held.post_id,
            "supervisor_id": held.supervisor_id,
            "status": held.status,
            "at": now,
        }
        for id_, held in rows
    ]
    insert_all(session, Placement, written)

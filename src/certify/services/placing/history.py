"""What is kept of a person over time: placements, absences, training owners (R-PPL-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.placement import Placement, placed_on, stretches
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services.people_words import STATUS_NAMES
from certify.services.placing import absences, owners
from certify.services.placing.absences import AbsenceView
from certify.services.placing.owners import OwnerView
from certify.services.placing.placements import is_over
from certify.services.typed import person_for
from certify.storage import people, placements


@dataclass(frozen=True)
class PlacementView:
    """What held of a person from one day to another, both inclusive."""

    from_day: date
    to_day: date | None
    """None while it goes on."""
    name: str
    department: dict[str, str]
    post: dict[str, str]
    supervisor: str
    """Name today; empty for who has none."""
    supervisor_no: str
    status: PersonStatus
    is_to_come: bool = False
    """Whether it has not begun: the hire is still to come."""


@dataclass(frozen=True)
class HistoryView:
    """A person over time, oldest first."""

    staff_no: str
    name: str
    placements: tuple[PlacementView, ...]
    absences: tuple[AbsenceView, ...]
    """By first day, cancelled ones too."""
    owners: tuple[OwnerView, ...]
    may_change: bool
    """Whether the actor may change the person."""
    may_record: bool
    """Whether the actor may record and cancel absences."""


def history(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> HistoryView:
    """What is kept of a person over time.

    Args:
        staff_no: whose; None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        may_record = is_over(actor, person)
        placed = _placements(session, placements.of_person(session, person), platform.today())
    return HistoryView(
        staff_no=person.staff_no,
        name=person.name,
        placements=placed,
        absences=tuple(absences.absences(platform, actor=actor, staff_no=person.staff_no)),
        owners=tuple(owners.owners(platform, actor=actor, staff_no=person.staff_no)),
        may_change=may(actor, Action.CHANGE_PEOPLE),
        may_record=may_record,
    )


def placement_on(
    platform: Platform, *, actor: Actor, day: date, staff_no: str | None = None
) -> PlacementView | None:
    """What held of a person on a day; None before the first day known of them.

    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        known = placements.of_person(session, person)
        if placed_on(day, known) is None:
            return None
        every = _placements(session, known, platform.today())
        return next(one for one in reversed(every) if one.from_day <= day)


def placement_text(view: PlacementView) -> str:
    """A placement without its days, in words."""
    parts = [view.name, pick(view.department), pick(view.post)]
    if view.supervisor:
        parts.append(_("supervisor: {name}").format(name=view.supervisor))
    if view.status is PersonStatus.LEFT:
        parts.append(_(STATUS_NAMES[view.status]))
    return " · ".join(parts)


def _placements(
    session: Session, known: Sequence[Placement], today: date
) -> tuple[PlacementView, ...]:
    departments = {one.id: one.names for one in people.departments(session)}
    posts = {one.id: one.names for one in people.posts(session)}
    first, last = min(one.from_day for one in known), max(one.from_day for one in known)
    found = []
    for start, end, held in stretches(first, last + timedelta(days=1), known):
        above = session.get(Person, held.supervisor_id) if held.supervisor_id else None
        found.append(
            PlacementView(
                from_day=start,
                to_day=None if end > last else end,
                name=held.name,
                department=departments[held.department_id],
                post=posts[held.post_id],
                supervisor=above.name if above else "",
                supervisor_no=above.staff_no if above else "",
                status=held.status,
                is_to_come=start > today,
            )
        )
    return tuple(found)

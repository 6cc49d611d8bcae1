"""The department's training owner of a newcomer (R-PPL-05, S3-TR-07).

It is both the newcomer's direct supervisor and the one who leads the on-site practice: who is
not one of the newcomer's guides on the day cannot be it. When the supervisor changes before the
department phase is complete, the phase stays open until an owner is named anew; where no owner
was ever named, nothing waits for one. A phase that was complete before the change stays so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.placement import TrainingOwner
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_locks import DEPARTMENT, courses_to_do
from certify.services.recording import record
from certify.services.typed import person_for, person_of
from certify.storage import courses, field_practice, placements


@dataclass(frozen=True)
class OwnerView:
    """Who answers or answered for somebody's training."""

    staff_no: str
    name: str
    from_day: date
    to_day: date | None
    """Last day, inclusive; None while it goes on."""
    is_supervisor: bool
    """Whether they are the direct supervisor today; if not, an owner must be named anew."""


def owners(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> list[OwnerView]:
    """A person's training owners, the first one first.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        return [
            OwnerView(
                staff_no=(who := session.get_one(Person, one.owner_id)).staff_no,
                name=who.name,
                from_day=one.from_day,
                to_day=one.to_day,
                is_supervisor=one.owner_id == person.supervisor_id,
            )
            for one in placements.owners(session, person.id or 0)
        ]


def assign_owner(platform: Platform, *, actor: Actor, staff_no: str, owner_no: str) -> None:
    """Let somebody answer for a newcomer's training from today on; who did so before stops.

    Raises:
        NotPermitted, NotFound
        Refused: they are not the direct supervisor or do not guide the on-site practice, or they
            answer for it already.
    """
    require(actor, Action.CHANGE_PEOPLE)
    today = platform.today()
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        session.get(Person, person.id, with_for_update=True)  # two assignments take turns
        owner = person_of(session, actor, owner_no)
        before = placements.owner(session, person.id or 0)
        if before is not None and before.owner_id == owner.id:
            raise Refused(
                _("{owner} answers for the training of {name} already.").format(
                    owner=owner.name, name=person.name
                )
            )
        _check(session, person, owner, today)
        if before is not None:
            before.to_day = max(before.from_day, today - timedelta(days=1))
        session.add(
            TrainingOwner(
                person_id=person.id or 0,
                owner_id=owner.id or 0,
                from_day=today,
                assigned_by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        subject = f"person:{person.id}"
        record(session, platform, actor, "training-owner-assigned", subject, owner=owner.id)


def settle(session: Session, platform: Platform, persons: Iterable[Person]) -> None:
    """End the owner's task when the supervisor changes after the department phase was complete."""
    under = {one.id or 0: one.supervisor_id for one in persons}
    first: dict[int, TrainingOwner] = {}
    for found in placements.open_owners(session, list(under)):
        first.setdefault(found.person_id, found)
    moved = [one for one in first.values() if one.owner_id != under[one.person_id]]
    every = courses.every(session) if moved else []
    for found in moved:
        if not courses_to_do(session, found.person_id, every)[DEPARTMENT]:
            found.to_day = max(found.from_day, platform.today() - timedelta(days=1))
            session.add(found)


def _check(session: Session, person: Person, owner: Person, today: date) -> None:
    if person.supervisor_id != owner.id or owner.status is PersonStatus.LEFT:
        raise Refused(
            _("{owner} is not the direct supervisor of {name}.").format(
                owner=owner.name, name=person.name
            ),
            mend=_("The training owner is both direct supervisor and guide of the newcomer."),
        )
    guides = field_practice.guides_on(session, person.id or 0, today)
    if owner.id not in {guide.id for guide in guides}:
        raise Refused(
            _("{owner} does not guide the on-site practice of {name}.").format(
                owner=owner.name, name=person.name
            ),
            mend=_(
                "Make them the guide first: “certify person guide {staff_no} {guide_no}”."
            ).format(staff_no=person.staff_no, guide_no=owner.staff_no),
        )

"""Who guides whom in on-site practice; a guide never marks the person guided (R-ASM-08)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action, require
from certify.domain.person import Actor, Guidance, Person
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.storage import ledger, markings, people


@dataclass(frozen=True)
class GuideView:
    """One guide of a person."""

    staff_no: str
    name: str
    from_day: date
    to_day: date | None
    """Last day, inclusive; None while it goes on."""


def guides_of(platform: Platform, *, actor: Actor, staff_no: str) -> list[GuideView]:
    """Everybody who guides or guided a person, the first one first.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.SEE_PEOPLE)
    with platform.database.read() as session:
        person = _person(session, staff_no)
        return [
            GuideView(guide.staff_no, guide.name, guidance.from_day, guidance.to_day)
            for guidance, guide in markings.guidance_of(session, person.id or 0)
        ]


def appoint(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    guide_no: str,
    from_day: date | None = None,
) -> None:
    """Make one person the guide of another.

    Args:
        from_day: first day; today where None.
    Raises:
        NotPermitted, NotFound
        BadInput: nobody guides themselves.
        Refused: the person guides them already.
    """
    require(actor, Action.CHANGE_PEOPLE)
    day = from_day or platform.today()
    with platform.database.write() as session:
        person, guide = _person(session, staff_no), _person(session, guide_no)
        if person.id == guide.id:
            raise BadInput(_("Nobody guides themselves."))
        session.get(Person, person.id, with_for_update=True)
        if markings.open_guidance(session, person.id or 0, guide.id or 0, day) is not None:
            raise Refused(
                _("{guide} guides {name} already.").format(guide=guide.name, name=person.name)
            )
        session.add(Guidance(person_id=person.id or 0, guide_id=guide.id or 0, from_day=day))
        _record(session, platform, actor, "guide-appointed", person, guide, day)


def end(
    platform: Platform, *, actor: Actor, staff_no: str, guide_no: str, last_day: date | None = None
) -> None:
    """End a guidance; who guided somebody once never marks them.

    Args:
        last_day: inclusive; today where None.
    Raises:
        NotPermitted
        NotFound: the person does not guide them.
        BadInput: it would end before it began.
    """
    require(actor, Action.CHANGE_PEOPLE)
    today = platform.today()
    with platform.database.write() as session:
        person, guide = _person(session, staff_no), _person(session, guide_no)
        found = markings.open_guidance(session, person.id or 0, guide.id or 0, today)
        if found is None:
            raise NotFound(
                _("{guide} does not guide {name}.").format(guide=guide.name, name=person.name)
            )
        found.to_day = last_day or today
        if found.to_day < found.from_day:
            raise BadInput(
                _("It began on {day} and cannot end before.").format(day=found.from_day.isoformat())
            )
        session.add(found)
        _record(session, platform, actor, "guide-ended", person, guide, found.to_day)


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    person: Person,
    guide: Person,
    day: date,
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"person:{person.id}",
        facts={"guide": guide.id, "day": day.isoformat()},
    )


def _person(session: Session, staff_no: str) -> Person:
    person = people.by_staff_no(session, staff_no)
    if person is None:
        raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
    return person

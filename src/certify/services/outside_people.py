"""Customers and trainers without staff number, with the least data needed (R-PPL-06)."""

from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.clean import is_clean_name
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.placement import OutsidePerson
from certify.errors import BadInput, NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.recording import record
from certify.storage import outside_people

KINDS = {"customer": N_("customer"), "trainer": N_("outside trainer")}


@dataclass(frozen=True)
class OutsideView:
    """Somebody from outside: a name and where they come from, nothing more."""

    id: int
    name: str
    organisation: str
    kind: str


def add(platform: Platform, *, actor: Actor, name: str, kind: str, organisation: str = "") -> int:
    """Write down somebody from outside; gives their number.

    Raises:
        NotPermitted
        BadInput: no usable name, or another kind.
    """
    require(actor, Action.HOLD_TRAINING)
    name, organisation = name.strip(), organisation.strip()
    if not is_clean_name(name) or (organisation and not is_clean_name(organisation)):
        raise BadInput(_("This name cannot be used."), mend=_("Use 1 to 80 printable characters."))
    if kind not in KINDS:
        raise BadInput(
            _("There is no kind “{kind}” of people from outside.").format(kind=kind),
            mend=_("Possible: {values}").format(values=", ".join(KINDS)),
        )
    with platform.database.write() as session:
        one = OutsidePerson(
            name=name,
            organisation=organisation,
            kind=kind,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
        session.add(one)
        session.flush()
        subject = f"outside-person:{one.id}"
        record(session, platform, actor, "outside-person-added", subject, kind=kind)
        return one.id or 0


def listed(platform: Platform, *, actor: Actor, kind: str = "") -> list[OutsideView]:
    """Everybody from outside, or those of one kind.

    Raises:
        NotPermitted
    """
    require(actor, Action.HOLD_TRAINING)
    with platform.database.read() as session:
        return [
            OutsideView(one.id or 0, one.name, one.organisation, one.kind)
            for one in outside_people.every(session, kind)
        ]


def outside_of(session: Session, number: int, kind: str) -> OutsidePerson:
    """Somebody from outside by their number.

    Raises:
        NotFound: there is nobody of this kind with it.
    """
    found = outside_people.one(session, number) if 0 < number < 2**31 else None
    if found is None or found.kind != kind:
        raise NotFound(
            _("No {kind} has the number {number}.").format(number=number, kind=_(KINDS[kind])),
            mend=_("“certify training outside list” shows all of them."),
        )
    return found

"""The inspected person confirms having read the result (R-INS-08)."""

from sqlmodel import Session

from certify.domain.inspection import Inspection
from certify.domain.message import PersonMessage
from certify.domain.permission import require_person
from certify.domain.person import Actor
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection.register import no_inspection
from certify.services.recording import record
from certify.storage import inspections


def confirm(platform: Platform, *, actor: Actor, number: str) -> None:
    """Confirm reading a result; its message is read with it.

    Raises:
        NotFound: it is not about the actor.
        Refused: it was confirmed already.
    """
    require_person(actor)
    with platform.database.write() as session:
        found = inspections.by_number(session, number.strip().upper(), lock=True)
        if found is None or found.person_id != actor.person_id:
            raise no_inspection(number)
        if found.read_at is not None:
            raise Refused(_("You have confirmed reading this already."))
        _confirmed(session, platform, actor, found)
        for message in inspections.messages_about(session, actor.person_id, found.number):
            message.read_at = platform.clock.now()


def message_read(
    session: Session, platform: Platform, actor: Actor, message: PersonMessage
) -> None:
    """Reading the message about a check confirms reading its result."""
    if message.kind != "inspected":
        return
    found = inspections.by_number(session, message.facts["number"], lock=True)
    if found is not None and found.person_id == actor.person_id and found.read_at is None:
        _confirmed(session, platform, actor, found)


def _confirmed(session: Session, platform: Platform, actor: Actor, found: Inspection) -> None:
    found.read_at = platform.clock.now()
    record(session, platform, actor, "inspection-read", f"inspection:{found.id}")

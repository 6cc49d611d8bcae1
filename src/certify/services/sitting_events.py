"""What happened while an exam was sat, for the invigilator; no verdict is drawn from any of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from certify.domain.attempt import AttemptState
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.sitting_time import GrantKind, SittingEvent
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.closing import no_attempt
from certify.storage import attempts, sitting_time

MOST_EVENTS = 500
"""Of one attempt; a terminal that reports without end fills no database."""

Focus = Literal["focus-lost", "focus-back"]
"""What a terminal tells of its person's attention."""
Link = Literal["connected", "disconnected"]
"""What a server tells of a terminal."""

WORDS = {
    "focus-lost": N_("went to another window"),
    "focus-back": N_("came back"),
    "continued": N_("went on at a terminal"),
    "break-began": N_("began a break"),
    "break-ended": N_("ended the break"),
    "connected": N_("terminal connected"),
    "disconnected": N_("terminal gone"),
    "paused": N_("paused by the invigilator"),
    "resumed": N_("let go on by the invigilator"),
    "ended": N_("ended by the invigilator"),
    "moved": N_("moved to another seat"),
    GrantKind.ACCOMMODATION.value: N_("time by accommodation"),
    GrantKind.OUTAGE.value: N_("time for an outage of the server"),
    GrantKind.INVIGILATOR.value: N_("time given"),
}
"""What happened, for people."""


@dataclass(frozen=True)
class EventView:
    """One thing that happened in a sitting."""

    at: datetime
    kind: str
    words: str
    seconds: int | None
    """How long it lasted, or how much time was given."""
    reason: str = ""
    by: str = ""
    """Name of who gave time, or did it to the candidate."""


def record(
    platform: Platform,
    *,
    actor: Actor,
    attempt_id: int,
    kind: Focus,
    seconds: int | None = None,
) -> None:
    """Write down that the terminal of an open exam lost or got back the person's attention.

    Args:
        seconds: for how long it was away.
    Raises:
        NotFound: it is not the actor's own attempt.
    """
    facts = {} if seconds is None else {"seconds": max(0, seconds)}
    _note(platform, actor, attempt_id, kind, facts)


def note_terminal(
    platform: Platform, *, actor: Actor, attempt_id: int, kind: Link, fence: int, node: str
) -> None:
    """Write down that a terminal of an open exam came or went.

    Args:
        fence: that of the terminal; one that is not the attempt's any more counts for nothing.
        node: the server that it is connected to.
    Raises:
        NotFound: it is not the actor's own attempt.
    """
    _note(platform, actor, attempt_id, kind, {"fence": fence, "node": node})


def _note(
    platform: Platform, actor: Actor, attempt_id: int, kind: str, facts: dict[str, Any]
) -> None:
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if attempt is None or attempt.person_id != actor.person_id:
            raise no_attempt()
        if attempt.state is not AttemptState.OPEN:
            return
        if sitting_time.count_events(session, attempt_id) >= MOST_EVENTS:
            return
        at = platform.clock.now()
        session.add(SittingEvent(attempt_id=attempt_id, at=at, kind=kind, facts=facts))


def events(platform: Platform, *, actor: Actor, attempt_id: int) -> list[EventView]:
    """Everything noticed of an attempt and every time grant, in order.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        person = session.get(Person, attempt.person_id) if attempt else None
        if attempt is None or person is None:
            require(actor, Action.INVIGILATE)
            raise NotFound(_("There is no such attempt."))
        owner, above = person.id, person.supervisor_id
        if not may(actor, Action.INVIGILATE):
            require(actor, Action.INVIGILATE, owner=owner, owner_supervisor=above)
        found = [_view(session, one) for one in sitting_time.events(session, attempt_id)]
        for grant in sitting_time.grants(session, attempt_id):
            if grant.kind in (GrantKind.BREAK, GrantKind.PAUSE):
                continue  # their own events say it
            by = _name(session, grant.actor_id)
            words = _(WORDS[grant.kind.value])
            found.append(
                EventView(grant.at, grant.kind.value, words, grant.seconds, grant.reason, by)
            )
        return sorted(found, key=lambda one: one.at)


def _view(session: Session, event: SittingEvent) -> EventView:
    words, facts = _(WORDS.get(event.kind, event.kind)), event.facts
    if facts.get("seat"):
        words = f"{words}: {facts['seat']}"
    return EventView(
        event.at,
        event.kind,
        words,
        facts.get("seconds"),
        facts.get("reason", ""),
        _name(session, facts.get("by")),
    )


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""

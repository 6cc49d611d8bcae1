"""What happened while an exam was sat, for the invigilator; no verdict is drawn from any of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
"""What a terminal tells of itself."""

WORDS = {
    "focus-lost": N_("went to another window"),
    "focus-back": N_("came back"),
    "continued": N_("went on at a terminal"),
    "break-began": N_("began a break"),
    "break-ended": N_("ended the break"),
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
    """Name of who gave time."""


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
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if attempt is None or attempt.person_id != actor.person_id:
            raise no_attempt()
        if attempt.state is not AttemptState.OPEN:
            return
        if sitting_time.count_events(session, attempt_id) >= MOST_EVENTS:
            return
        facts = {} if seconds is None else {"seconds": max(0, seconds)}
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
        found = [
            EventView(one.at, one.kind, _(WORDS.get(one.kind, one.kind)), one.facts.get("seconds"))
            for one in sitting_time.events(session, attempt_id)
        ]
        for grant in sitting_time.grants(session, attempt_id):
            if grant.kind is GrantKind.BREAK:
                continue  # the break's own events say it
            by = session.get_one(Person, grant.actor_id).name if grant.actor_id else ""
            words = _(WORDS[grant.kind.value])
            found.append(
                EventView(grant.at, grant.kind.value, words, grant.seconds, grant.reason, by)
            )
        return sorted(found, key=lambda one: one.at)

"""The moment at which an attempt hears something, also when the clock was set back."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.errors import NotSaved
from certify.platform import Platform
from certify.storage import attempts, ledger

TOLERANCE = timedelta(seconds=1)
"""A clock that is corrected by less is not worth a note."""


def heard_at(session: Session, platform: Platform, attempt: Attempt) -> datetime:
    """Now, but never before the attempt's start or its last response.

    A clock that was set back makes the attempt's time stand still until it catches up again. Each
    such stretch is written into the ledger once, at the moment at which time stands.

    Args:
        attempt: locked.
    """
    now = platform.clock.now()
    last = attempts.last_moment(session, attempt)
    if now >= last:
        return now
    action, subject = "clock-went-back", f"attempt:{attempt.id}"
    if last - now > TOLERANCE and not ledger.has(session, at=last, action=action, subject=subject):
        facts = {"clock": now.isoformat(), "person": attempt.person_id}
        ledger.append(session, at=last, actor_id=0, action=action, subject=subject, facts=facts)
    return last


def note_clock(platform: Platform, attempt_id: int) -> None:
    """Note that the clock was behind when a response was taken, beside what is saved already.

    What a full disk keeps from being noted, the next response notes: time still stands there.
    """
    with suppress(NotSaved), platform.database.write() as session:
        if (attempt := attempts.by_id(session, attempt_id)) is not None:
            heard_at(session, platform, attempt)

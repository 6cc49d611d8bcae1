"""The one place that moves an attempt's deadline: by a time grant, with its reason in the ledger.

The deadline of an attempt is its ordinary end plus all its time grants, and every judgement of
lateness reads that one column.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.sitting_time import GrantKind, TimeGrant
from certify.platform import Platform
from certify.storage import ledger


@dataclass(frozen=True)
class Announced:
    """What an invigilator told the candidate."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True)
class TimeLeft:
    """The time of an attempt as it is now; it may have been moved since the last look."""

    deadline: datetime
    now: datetime
    """When it was looked at, by the same clock that judges."""
    break_left: int
    """Seconds of break that may still be taken."""
    break_began_at: datetime | None
    is_open: bool
    paused_at: datetime | None = None
    """Since when an invigilator has stopped the exam: the time stands at this moment."""
    announcements: tuple[Announced, ...] = ()
    """Everything told to the candidate since the start, in order."""
    fence: int = 0
    """That of the terminal which holds the attempt; another one may write no more."""
    is_ended: bool = False
    """Whether an invigilator ended it before its time."""


def time_left_of(
    attempt: Attempt, now: datetime, announcements: tuple[Announced, ...] = ()
) -> TimeLeft:
    """What a candidate may know of their time."""
    return TimeLeft(
        deadline=attempt.deadline,
        now=now,
        break_left=attempt.break_left,
        break_began_at=attempt.break_began_at,
        is_open=attempt.state is AttemptState.OPEN,
        paused_at=attempt.paused_at,
        announcements=announcements,
        fence=attempt.fence,
        is_ended=attempt.ended_by is not None,
    )


def move(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    kind: GrantKind,
    seconds: int,
    reason: str,
    *,
    actor_id: int | None = None,
    outage_id: int | None = None,
) -> None:
    """Move an attempt's deadline and write down why.

    Args:
        attempt: locked and open.
        seconds: negative when time is taken back; 0 changes nothing.
        actor_id: who gave it; None where a rule did.
    """
    if seconds == 0:
        return
    now = platform.clock.now()
    attempt.deadline += timedelta(seconds=seconds)
    session.add(attempt)
    session.add(
        TimeGrant(
            attempt_id=attempt.id or 0,
            kind=kind,
            seconds=seconds,
            reason=reason,
            actor_id=actor_id,
            outage_id=outage_id,
            at=now,
        )
    )
    facts = {
        "kind": kind.value,
        "seconds": seconds,
        "deadline": attempt.deadline.isoformat(),
        "person": attempt.person_id,
        "reason": reason,
        "outage": outage_id,
    }
    ledger.append(
        session,
        at=now,
        actor_id=actor_id or 0,
        action="time-granted",
        subject=f"attempt:{attempt.id}",
        facts=facts,
    )

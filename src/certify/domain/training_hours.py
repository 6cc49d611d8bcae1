"""Hours of training attended, for the conditions of the ladder (R-TRN-04, R-TRN-09).

Pure: the live services and the simulation of a policy ask the same function.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from certify.domain.attendance import attendance
from certify.domain.ladder import Hours
from certify.domain.training import SessionState


@dataclass(frozen=True, slots=True)
class SignedSession:
    """A session of one person, and when the person came and went; moments are aware."""

    day: date
    """On which it began, on the company's calendar."""
    kind: str
    starts_at: datetime
    ends_at: datetime
    in_at: datetime | None
    out_at: datetime | None
    state: SessionState = SessionState.HELD


def training_hours(sessions: Iterable[SignedSession], needed: Fraction) -> list[Hours]:
    """What counts of some sessions, oldest first: the time the person was there.

    Cancelled sessions and those for customers count nothing; of two at the same time the one that
    began first counts: nobody is in two places.

    Args:
        needed: share of a session's time that counts as attended, the boundary included.
    """
    found, busy_until = [], datetime.min.replace(tzinfo=UTC)
    for one in sorted(sessions, key=lambda session: session.starts_at):
        if one.state is SessionState.CANCELLED or one.kind == "customer":
            continue
        span, signed = (one.starts_at, one.ends_at), (one.in_at, one.out_at)
        there = attendance(span, signed, one.ends_at, needed=needed, late_after=timedelta(0))
        if there.hours and one.starts_at >= busy_until:
            busy_until = one.ends_at
            found.append(Hours(one.kind, one.day, there.hours))
    return found

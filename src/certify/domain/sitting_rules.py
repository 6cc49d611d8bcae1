"""How long an attempt may take: accommodations, breaks, windows and outages, as pure rules.

Whole seconds throughout; where a rule gives a fraction of one it is rounded for the candidate,
except that the time for an outage or a break is never more than it lasted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from certify.domain.sitting_time import Accommodation


@dataclass(frozen=True)
class Needs:
    """What a person's accommodations come to in one exam."""

    time_factor: Fraction = Fraction(1)
    break_minutes: int = 0
    line_mode: bool = False
    reason: str = ""
    """Why there is more time."""
    approved_by: int | None = None
    """Person id of who approved it."""

    def extra_seconds(self, minutes: int) -> int:
        """Seconds that the time factor adds to an exam of so many minutes."""
        return ceil(minutes * 60 * (self.time_factor - 1))


def in_force(row: Accommodation, exam_id: int, day: date) -> bool:
    """Whether an accommodation counts for an exam on a day; its last day is inclusive."""
    if row.ended_at is not None or row.exam_id not in (None, exam_id):
        return False
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def needs(rows: Iterable[Accommodation], exam_id: int, day: date) -> Needs:
    """The most of what each accommodation in force gives; they do not add up."""
    found = [row for row in rows if in_force(row, exam_id, day)]
    if not found:
        return Needs()
    longest = max(found, key=lambda row: row.time_factor or Fraction(1))
    return Needs(
        time_factor=longest.time_factor or Fraction(1),
        break_minutes=max(row.break_minutes for row in found),
        line_mode=any(row.line_mode for row in found),
        reason=longest.reason,
        approved_by=longest.approved_by,
    )


def ordinary_end(started_at: datetime, minutes: int, closes_at: datetime | None) -> datetime:
    """When an attempt without any grant ends: after its minutes, or with its window."""
    end = started_at + timedelta(minutes=minutes)
    return end if closes_at is None else min(end, closes_at)


def break_used(began_at: datetime, now: datetime, left: int) -> int:
    """Seconds of break taken, never more than were left: an abandoned break ends by itself."""
    return max(0, min(left, ceil((now - began_at).total_seconds())))


def break_stood(began_at: datetime, now: datetime, left: int) -> int:
    """Seconds for which a break lets the exam stand: only whole ones, and never more than passed.

    Else breaks begun and ended in one breath would turn into time to work.
    """
    return max(0, min(left, int((now - began_at).total_seconds())))


def extra_change(had: int, has: int, given: int) -> int:
    """Seconds to move an open attempt by when what the person needs changes.

    A gift takes nothing away and an end gives nothing, also where what counts today is not what
    counted when the attempt began.

    Args:
        had: seconds that the needs added before the change, by the rules of today.
        has: seconds that they add after it.
        given: seconds that were given to the attempt for its accommodations so far.
    """
    if has > had:
        return max(0, has - given)
    return min(0, has - given) if has < had else 0


def outage_credit(
    *,
    began_at: datetime,
    ended_at: datetime,
    last_heard: datetime,
    deadline: datetime,
    pauses: Iterable[tuple[datetime, datetime]] = (),
) -> int:
    """Seconds that an outage took from an attempt.

    The attempt's time stood still from the last sign of life of a server, or of the attempt itself
    if that came later, until the outage ended. Who had no time left by then gets none.

    Args:
        last_heard: last response of the attempt, else its start.
        pauses: stretches in which an invigilator had stopped it, from when to when; they are given
            back by themselves.
    """
    stood_from = max(began_at, last_heard)
    if deadline <= stood_from or ended_at <= stood_from:
        return 0
    paused = sum(
        (max(timedelta(0), min(to, ended_at) - max(since, stood_from)) for since, to in pauses),
        timedelta(0),
    )
    return max(0, int((ended_at - stood_from - paused).total_seconds()))

"""Presence in a session: how long somebody was there, exactly (R-TRN-04)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction


class Presence(StrEnum):
    """How an attendee stands to a session."""

    EXCUSED = "excused"
    EXPECTED = "expected"
    """Has not come, and the session is not over."""
    ABSENT = "absent"
    """Did not come and was not excused."""
    THERE = "there"
    """Signed in; the session still goes on."""
    END_UNKNOWN = "end-unknown"
    """Signed in, never out: the trainer confirms until when."""
    ATTENDED = "attended"
    TOO_SHORT = "too-short"
    """Was there, but less than the share that counts as attended."""


@dataclass(frozen=True)
class Attendance:
    """What a line of the sign-in sheet says."""

    presence: Presence
    minutes: Fraction
    """Minutes within the session, exact; none while the end is unknown."""
    share: Fraction
    """Of the session's time, 0 to 1, exact."""
    is_late: bool
    late_by: Fraction
    """Minutes after the start, exact; none for who came in time."""

    @property
    def hours(self) -> Fraction:
        """Hours attended, exact; none unless the session counts as attended."""
        if self.presence is not Presence.ATTENDED:
            return Fraction(0)
        return self.minutes / 60


def attendance(
    session: tuple[datetime, datetime],
    signed: tuple[datetime | None, datetime | None],
    now: datetime,
    *,
    needed: Fraction,
    late_after: timedelta,
    is_excused: bool = False,
) -> Attendance:
    """How somebody attended. Moments are aware; time is counted in UTC, whatever the clocks do.

    Args:
        session: its start and end, which lies after the start.
        signed: when the person signed in and out; who comes early or stays on gains nothing.
        needed: share of the session's time that counts as attended, the boundary included.
        late_after: who signs in later than this after the start is late.
    """
    start, end = (moment.astimezone(UTC) for moment in session)
    in_at, out_at = (moment and moment.astimezone(UTC) for moment in signed)
    nothing = Fraction(0)
    if in_at is None:
        over = Presence.ABSENT if now >= end else Presence.EXPECTED
        presence = Presence.EXCUSED if is_excused else over
        return Attendance(presence, nothing, nothing, False, nothing)
    is_late, late_by = in_at - start > late_after, max(nothing, _minutes(in_at - start))
    if out_at is None:
        presence = Presence.END_UNKNOWN if now >= end else Presence.THERE
        return Attendance(presence, nothing, nothing, is_late, late_by)
    minutes = max(nothing, _minutes(min(out_at, end) - max(in_at, start)))
    share = minutes / _minutes(end - start)
    presence = Presence.ATTENDED if share >= needed else Presence.TOO_SHORT
    return Attendance(presence, minutes, share, is_late, late_by)


def _minutes(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(microseconds=1), 60_000_000)


def overlaps(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two sessions have time in common; one that begins when the other ends does not."""
    return one[0] < other[1] and other[0] < one[1]


def is_signed_before(signed_at: datetime, starts_at: datetime) -> bool:
    """Whether an agreement was signed before the training began (R-TRN-05, S3-TR-14)."""
    return signed_at < starts_at


def needs_agreement(*, funded: bool, fen: int) -> bool:
    """Whether a training agreement is needed: the company pays, in full or in part, and it costs.

    Args:
        funded: whether the company pays, be it in part.
        fen: what it costs.
    """
    return funded and fen > 0

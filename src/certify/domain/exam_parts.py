"""Written and practical parts of one process: none makes up for another (R-ASM-05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PartPass:
    """One pass of one part."""

    part: str
    day: date
    """The day on which it was sat: waiting for an examiner costs nobody a valid part."""


def together(parts: Collection[str], passes: Iterable[PartPass], days: int) -> bool:
    """Whether every part was passed, the latest passes no more than some days apart.

    Args:
        parts: the parts that the process has.
        days: how long a passed part stays valid, the last day included.
    """
    latest: dict[str, date] = {}
    for one in passes:
        latest[one.part] = max(latest.get(one.part, one.day), one.day)
    if not set(parts) <= latest.keys():
        return False
    held = [latest[part] for part in parts]
    return not held or (max(held) - min(held)).days <= days


def completes(one: PartPass, parts: Collection[str], passes: Iterable[PartPass], days: int) -> bool:
    """Whether a pass has beside it, within the days that a part stays valid, one of every part."""
    near = {other.part for other in passes if abs((other.day - one.day).days) <= days}
    return set(parts) <= near | {one.part}


def still_counts(one: PartPass, today: date, days: int) -> bool:
    """Whether a passed part is valid today, so that only the other parts are missing."""
    return (today - one.day).days <= days

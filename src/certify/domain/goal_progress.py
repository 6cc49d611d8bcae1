"""How far a measure came from its baseline to its target (R-SUP-04), and which way it went."""

from enum import StrEnum
from fractions import Fraction


class Way(StrEnum):
    """How a measure moved, as its goal sees it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    """One of the two values is missing."""


def progress(base: Fraction, target: Fraction, now: Fraction) -> Fraction:
    """(now − base) / (target − base), exact: 0 at the baseline, 1 at the target.

    It is above 1 beyond the target and below 0 where things are worse than at the start; a measure
    that is to fall needs nothing special.

    Raises:
        ValueError: baseline and target are the same, so that there is no way between them.
    """
    if base == target:
        raise ValueError("baseline and target are the same")
    return (now - base) / (target - base)


def way(before: Fraction | None, now: Fraction | None, *, rises: bool) -> Way:
    """Whether a measure became better.

    Args:
        rises: whether more is better.
    """
    if before is None or now is None:
        return Way.UNKNOWN
    if before == now:
        return Way.SAME
    return Way.BETTER if (now > before) is rises else Way.WORSE

"""What came back of a satisfaction survey (R-SUP-03, S1-FL-05)."""

from fractions import Fraction

TOPICS = ("attitude", "efficiency", "effect")
"""Attitude, efficiency, effect of resolution (S1-QM-03)."""


def return_rate(sent: int, returned: int) -> Fraction | None:
    """The share of the forms sent that came back (回收率), 0 to 1; None when none was sent.

    Raises:
        ValueError: a negative count, or more came back than were sent.
    """
    if sent < 0 or returned < 0:
        raise ValueError("a count is negative")
    if returned > sent:
        raise ValueError(f"{returned} returned of {sent} sent")
    return Fraction(returned, sent) if sent else None


def is_enough(rate: Fraction | None, target: Fraction) -> bool | None:
    """Whether a return rate reaches the target, the boundary included; None without a rate."""
    return None if rate is None else rate >= target

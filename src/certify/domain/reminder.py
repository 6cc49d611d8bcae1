"""When somebody is reminded that something ends (R-CRT-04)."""

from collections.abc import Iterable


def reminder_due(days_left: int, days: Iterable[int]) -> int | None:
    """The most urgent reminder whose time has come; None before the first and after the end.

    Args:
        days_left: days until the last valid day; 0 on that day, negative after it.
        days: before the last valid day on which there is a reminder, in any order.

    >>> reminder_due(25, (60, 30, 7))
    30
    """
    return min((one for one in days if 0 <= days_left <= one), default=None)

"""How long a qualification counts: periods that never drift, windows to renew (R-QUA-04, -05)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


def add_months(day: date, months: int) -> date:
    """The same day number n months later, or the month's end where it does not exist (R-QUA-04)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def whole_months(first: date, last: date) -> int:
    """How many whole months lie between two days; 0 when the second comes before the first."""
    months = (last.year - first.year) * 12 + last.month - first.month
    while months > 0 and add_months(first, months) > last:
        months -= 1
    return max(0, months)


@dataclass(frozen=True)
class Validity:
    """First and last valid day, both inclusive, and the day that renewals count from."""

    valid_from: date
    valid_to: date
    first_issued_on: date


class Renewal(StrEnum):
    """What a pass on a day does to a period that is held."""

    TOO_EARLY = "too-early"
    IN_WINDOW = "in-window"
    """The new period follows the old one."""
    IN_GRACE = "in-grace"
    """The old one has ended: the new period starts on the day of the pass."""
    TOO_LATE = "too-late"
    """The full way applies."""


def renewal(valid_to: date, day: date, renewal_days: int, grace_days: int) -> Renewal:
    """What a pass on a day does, by the last valid day of what is held (R-QUA-05).

    Args:
        renewal_days: days before the last valid day from which it may be renewed.
        grace_days: days after it in which it still may.
    """
    if day < window_opens(valid_to, renewal_days):
        return Renewal.TOO_EARLY
    if day <= valid_to:
        return Renewal.IN_WINDOW
    return Renewal.IN_GRACE if day <= grace_ends(valid_to, grace_days) else Renewal.TOO_LATE


def validity(passed_on: date, months: int, held: Validity | None, renewal_days: int) -> Validity:
    """The period that a pass on a day gives (R-QUA-04, R-QUA-05).

    Within the renewal window the new period starts the day after the old one and counts from the
    first issue; otherwise it starts on the day of the pass and counts from there.

    Args:
        held: the latest period of the same qualification, if any.
        renewal_days: how many days before the old end the window opens.
    """
    if held is None or not may_renew(held.valid_to, passed_on, renewal_days):
        return Validity(passed_on, add_months(passed_on, months), passed_on)
    first = held.first_issued_on
    so_far = (held.valid_to.year - first.year) * 12 + held.valid_to.month - first.month
    end = add_months(first, so_far + months)
    return Validity(held.valid_to + timedelta(days=1), end, first)


def extended(held: Validity, months: int) -> Validity:
    """The same period, longer by months counted from the first day (L0 once by 3)."""
    first = held.first_issued_on
    so_far = (held.valid_to.year - first.year) * 12 + held.valid_to.month - first.month
    return Validity(held.valid_from, add_months(first, so_far + months), first)


def window_opens(valid_to: date, renewal_days: int) -> date:
    """First day on which the exam may be sat again to renew."""
    return valid_to - timedelta(days=renewal_days)


def grace_ends(valid_to: date, grace_days: int) -> date:
    """Last day on which an exam still renews; from the end on nothing may be served (R-QUA-05)."""
    return valid_to + timedelta(days=grace_days)


def may_renew(valid_to: date, day: date, renewal_days: int) -> bool:
    """Whether a day lies in the window before the old period's end, both ends included."""
    return window_opens(valid_to, renewal_days) <= day <= valid_to

"""Months of training: the grid of a calendar, and which kinds were held each month (R-TRN-03)."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Month(StrEnum):
    """What the monthly check says of one kind in one month."""

    HELD = "held"
    MISSING = "missing"
    NOT_DUE = "not-due"
    """Nobody needed it: no newcomers, no onboarding."""
    TO_COME = "to-come"
    """Not held yet, and the month is not over."""


@dataclass(frozen=True)
class MonthCheck:
    """One kind in one month."""

    month: int
    kind: str
    held: int
    verdict: Month


def month_check(kind: str, month: date, held: int, today: date, *, in_need: bool) -> MonthCheck:
    """Whether the one session a month that is expected was held (S1-TR-04).

    Args:
        month: its first day.
        held: sessions of the kind held in it.
        in_need: whether anybody needed the kind in it.
    """
    if held:
        verdict = Month.HELD
    elif not in_need:
        verdict = Month.NOT_DUE
    else:
        is_over = (month.year, month.month) < (today.year, today.month)
        verdict = Month.MISSING if is_over else Month.TO_COME
    return MonthCheck(month.month, kind, held, verdict)


def weeks(year: int, month: int) -> list[list[date]]:
    """The weeks of a month, Monday first, with the days of its neighbours that fill them."""
    if (year, month) in ((date.min.year, 1), (date.max.year, 12)):
        raise ValueError("the calendar ends here")
    return calendar.Calendar().monthdatescalendar(year, month)


def month_after(first: date, step: int) -> date:
    """The first day of the month that lies some months after or before another."""
    number = first.year * 12 + first.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)

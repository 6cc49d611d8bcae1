"""Periods of evaluation: their codes and days, overlap, and the way to closed (R-EVA-06)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from certify.domain.evaluation import EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.validity import add_months

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
AD_HOC_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
"""A code of an ad-hoc period: letters, digits, dots and hyphens."""
STEPS = {
    PeriodState.OPEN: (PeriodState.SCORING,),
    PeriodState.SCORING: (PeriodState.REVIEW,),
    PeriodState.REVIEW: (PeriodState.SCORING, PeriodState.CLOSED),
    PeriodState.CLOSED: (),
}
"""From each state the ones that may follow; back from review to scoring takes a reason."""


def days_of(kind: PeriodKind, code: str) -> tuple[date, date] | None:
    """First and last day, inclusive, of a regular period by its code; None where it is no such.

    `2024-06` is a month, `2024-Q2` a quarter.
    """
    pattern, months = (_MONTH, 1) if kind is PeriodKind.MONTH else (_QUARTER, 3)
    found = pattern.fullmatch(code) if kind is not PeriodKind.AD_HOC else None
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    try:
        first = date(year, (number - 1) * months + 1, 1)
    except ValueError:
        return None
    return first, add_months(first, months) - timedelta(days=1)


def overlapping(
    first: date, last: date, others: Iterable[EvaluationPeriod]
) -> EvaluationPeriod | None:
    """The first of other periods that shares a day with these; both ends are inclusive."""
    return next((one for one in others if one.first_day <= last and first <= one.last_day), None)

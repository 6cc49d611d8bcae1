"""The level of newcomers, for accompanied work only: who gets it, and for how long (L0).

Pure: the live services and the simulation of a policy ask the same functions.
"""

from collections.abc import Iterable
from datetime import date

from certify.domain.validity import Validity, add_months
from certify.policy import Level


def trainee_level(ladder: Iterable[Level]) -> Level | None:
    """The level of newcomers; None where the ladder has none."""
    return next((one for one in ladder if one.trainee), None)


def trainee_period(level: Level, hired_on: date, day: date, *, has_level: bool) -> Validity | None:
    """From the day of hire on; None for who is no newcomer, or where it would be over by a day.

    Args:
        has_level: whether the person holds any level, or did.
    """
    last = add_months(hired_on, level.months)
    return None if has_level or last < day else Validity(hired_on, last, hired_on)

"""Normal frequency: who is inspected next, so that everybody's turn comes (R-INS-03)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from certify.domain.inspection_schedule import monday_of


@dataclass(frozen=True)
class Frequency:
    """What policy says of inspections at normal frequency."""

    per_week: int
    people_each: int
    per_month: int
    everyone_days: int


@dataclass(frozen=True)
class LastSeen:
    """When somebody at normal frequency was inspected last."""

    person_id: int
    day: date
    """The day of the last check; who was never inspected counts from the day of hiring."""


@dataclass(frozen=True)
class Turn:
    """Somebody whose inspection is due this week."""

    person_id: int
    due_on: date
    """The last day, inclusive: of the quarter, or of this week."""
    is_quarter: bool
    """Whether the time in which everybody is inspected once ends this week, or is over."""


def turns(
    people: Iterable[LastSeen], rounds: Collection[date], today: date, frequency: Frequency
) -> list[Turn]:
    """Who is due this week at normal frequency, the longest unseen first.

    Everybody whose quarter ends by Sunday is due; the rounds of this week that are left over go to
    who was not seen for longest.

    Args:
        rounds: the days on which somebody at normal frequency was inspected already.
    """
    monday = monday_of(today)
    sunday = monday + timedelta(days=6)
    waiting = sorted(people, key=lambda one: (one.day, one.person_id))
    limit = timedelta(days=frequency.everyone_days)
    due = [
        Turn(one.person_id, one.day + limit, True) for one in waiting if one.day + limit <= sunday
    ]
    this_week = sum(monday <= day <= sunday for day in rounds)
    this_month = sum((day.year, day.month) == (today.year, today.month) for day in rounds)
    left = max(0, min(frequency.per_week - this_week, frequency.per_month - this_month))
    room = max(0, left * frequency.people_each - len(due))
    others = [one for one in waiting[len(due) :] if one.day < monday]
    return [*due, *(Turn(one.person_id, sunday, False) for one in others[:room])]

"""Who is to be inspected when: newcomers weekly until skilled, then at normal frequency.

A week is Monday to Sunday. Decisions where the sources are silent (R-INS-02):

- A week of leave is one in which every working day from the start of the practice on was one of
  absence; it neither counts nor breaks the run. A check that was made in it counts all the same.
- A week that was not checked and was no leave breaks the run: weekly checks that are to follow one
  another cannot have holes. The week that is not over breaks nothing yet.
- A check that could not be judged is none.
- Skilled is who holds the level on a day on which enough whole weeks follow one another without
  fault, and stays skilled: a later fault is for a rectification notice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certify.domain.calendar import WorkingCalendar

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class WeekKind(StrEnum):
    """What became of a week that is over."""

    CLEAN = "clean"
    FAULT = "fault"
    AWAY = "away"
    MISSED = "missed"


@dataclass(frozen=True)
class Check:
    """One check of a person that was judged."""

    day: date
    is_clean: bool


@dataclass(frozen=True)
class Decision:
    """What a supervisor said of a newcomer."""

    day: date
    skilled: bool


@dataclass(frozen=True)
class Rule:
    """What policy asks of newcomers: `inspection.skilled_weeks` and `undecided_weeks`."""

    skilled_weeks: int
    undecided_weeks: int


@dataclass(frozen=True)
class Week:
    """A week that is over."""

    monday: date
    kind: WeekKind
    run: int
    """Weeks without fault one after the other, up to its end."""


@dataclass(frozen=True)
class Newcomer:
    """How far somebody is on the way to normal frequency."""

    start: date
    weeks: tuple[Week, ...]
    """Those that are over, the first one first, while the person was not skilled."""
    skilled_from: date | None
    """From which day on normal frequency holds."""
    needs_decision: bool
    """Whether the supervisor has to decide, after so many weeks."""
    due_on: date | None
    """The Sunday until which a check is due: before today when weeks were missed; None when
    nothing is due this week."""

    @property
    def run(self) -> int:
        """Weeks without fault one after the other."""
        return self.weeks[-1].run if self.weeks else 0


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def newcomer(
    start: date,
    checks: Iterable[Check],
    absences: Iterable[tuple[date, date]],
    holds_level: Callable[[date], bool],
    today: date,
    rule: Rule,
    *,
    decisions: Sequence[Decision] = (),
    calendar: WorkingCalendar | None = None,
) -> Newcomer:
    """Where a newcomer stands today (R-INS-02).

    Args:
        start: first day of on-site practice.
        checks: of the person, in any order.
        absences: first and last day of each, inclusive.
        holds_level: whether the person holds the level of policy on a day.
        decisions: of the supervisor, in the order in which they were made.
        calendar: working days; Monday to Friday where left out.
    """
    working = calendar or WorkingCalendar()
    known = [one for one in checks if start <= one.day <= today]
    away = list(absences)
    weeks: list[Week] = []
    monday = monday_of(start)
    while True:
        run = weeks[-1].run if weeks else 0
        by_run = _skilled_in(monday, today, run, known, holds_level, rule)
        said = (one.day for one in decisions if one.skilled and one.day < monday + _WEEK)
        if found := min((day for day in (by_run, *said) if day and day <= today), default=None):
            return Newcomer(start, tuple(weeks), found, False, None)
        if monday + _WEEK > today:
            break
        kind = _kind(monday, start, known, away, working)
        weeks.append(Week(monday, kind, _next_run(run, kind)))
        monday += _WEEK
    return Newcomer(
        start,
        tuple(weeks),
        None,
        _undecided(weeks, decisions) >= rule.undecided_weeks,
        _due_on(weeks, monday, start, known, away, working),
    )


def _skilled_in(
    monday: date,
    today: date,
    run: int,
    checks: Sequence[Check],
    holds_level: Callable[[date], bool],
    rule: Rule,
) -> date | None:
    """The first day of a week on which somebody with a run of whole weeks is skilled."""
    if run < rule.skilled_weeks:
        return None
    faults = [one.day for one in checks if not one.is_clean and one.day >= monday]
    last = min(monday + _WEEK - _DAY, today, *(day - _DAY for day in faults))
    days = (monday + timedelta(days=n) for n in range((last - monday).days + 1))
    return next((day for day in days if holds_level(day)), None)


def _kind(
    monday: date,
    start: date,
    checks: Iterable[Check],
    absences: Sequence[tuple[date, date]],
    working: WorkingCalendar,
) -> WeekKind:
    found = [one.is_clean for one in checks if monday_of(one.day) == monday]
    if found:
        return WeekKind.CLEAN if all(found) else WeekKind.FAULT
    days = [monday + timedelta(days=n) for n in range(7)]
    due = [day for day in days if day >= start and working.is_working_day(day)]
    is_away = all(any(first <= day <= last for first, last in absences) for day in due)
    return WeekKind.AWAY if is_away else WeekKind.MISSED


def _next_run(run: int, kind: WeekKind) -> int:
    if kind is WeekKind.AWAY:
        return run
    return run + 1 if kind is WeekKind.CLEAN else 0


def _undecided(weeks: Iterable[Week], decisions: Sequence[Decision]) -> int:
    """Weeks without leave since the start, or since the supervisor last said no."""
    last = decisions[-1].day if decisions else date.min
    return sum(one.kind is not WeekKind.AWAY and one.monday > last for one in weeks)


def _due_on(
    weeks: Sequence[Week],
    monday: date,
    start: date,
    checks: Sequence[Check],
    absences: Sequence[tuple[date, date]],
    working: WorkingCalendar,
) -> date | None:
    """The Sunday of the first week missed since the last one that was not, else of this week."""
    if _kind(monday, start, checks, absences, working) is not WeekKind.MISSED:
        return None
    first = monday
    for one in reversed(weeks):
        if one.kind is WeekKind.MISSED:
            first = one.monday
        elif one.kind is not WeekKind.AWAY:
            break
    return first + _WEEK - _DAY

"""Where a person was, in which post and under whom, from day to day (R-PPL-01, R-EVA-03)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from sqlmodel import Field, SQLModel

from certify.domain.columns import named
from certify.domain.person import PersonStatus


class Placed(Protocol):
    """What a rule asks of a placement: a `Placement`, or a lighter row of a list of many."""

    @property
    def from_day(self) -> date: ...
    @property
    def supervisor_id(self) -> int | None: ...
    @property
    def status(self) -> PersonStatus: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


class Placement(SQLModel, table=True):
    """What holds of a person from a day on, until the next row; never edited."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_day: date
    name: str
    department_id: int = Field(foreign_key="department.id")
    post_id: int = Field(foreign_key="post.id")
    supervisor_id: int | None = Field(default=None, foreign_key="person.id")
    status: PersonStatus = named(PersonStatus, PersonStatus.EMPLOYED)
    at: datetime
    """When it was written down."""


class Absence(SQLModel, table=True):
    """Days on which a person was away, both inclusive: leave, illness, another posting."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_day: date
    to_day: date
    reason: str
    recorded_by: int
    at: datetime
    cancelled_at: datetime | None = None


class TrainingOwner(SQLModel, table=True):
    """Who in the department answers for a newcomer's training (R-PPL-05)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    owner_id: int = Field(foreign_key="person.id")
    from_day: date
    to_day: date | None = None
    """Last day, inclusive; None: until it is ended."""
    assigned_by: int
    at: datetime


class OnboardingRefusal(SQLModel, table=True):
    """Somebody refuses mandatory onboarding; only HR accepts a reason (R-PPL-07)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str
    at: datetime
    accepted: bool | None = None
    """None until HR has decided: the enrolment stays open and overdue."""
    decided_by: int | None = None
    decision: str = ""
    decided_at: datetime | None = None


class OutsidePerson(SQLModel, table=True):
    """A customer or trainer without staff number; nothing more is kept of them (R-PPL-06)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    organisation: str = ""
    kind: str
    """`customer` or `trainer`."""
    recorded_by: int
    at: datetime


def placed_on(day: date, placements: Iterable[PlacedT]) -> PlacedT | None:
    """What holds of a person on a day; None before the first row.

    Args:
        placements: of one person, in the order in which they were written down.
    """
    found = None
    for one in placements:
        if one.from_day <= day and (found is None or one.from_day >= found.from_day):
            found = one
    return found


def stretches(
    first: date, last: date, placements: Iterable[PlacedT]
) -> Iterator[tuple[date, date, PlacedT]]:
    """What holds of a person in a period: first day, last day (inclusive) and what held.

    Days before the first row are left out; the stretches touch and never overlap.
    """
    known = list(placements)
    starts = sorted({first, *(one.from_day for one in known if first < one.from_day <= last)})
    for start, after in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
        held = placed_on(start, known)
        if held is not None and start < after:
            yield start, after - timedelta(days=1), held


def days_under(first: date, last: date, placements: Iterable[Placed]) -> dict[int, int]:
    """How many days of a period a person was employed under each direct supervisor (R-EVA-03).

    Args:
        first: first day of the period.
        last: last day, inclusive.
        placements: of one person, in the order in which they were written down.
    """
    found: dict[int, int] = {}
    for start, end, held in stretches(first, last, placements):
        if held.supervisor_id and held.status is PersonStatus.EMPLOYED:
            days = (end - start).days + 1
            found[held.supervisor_id] = found.get(held.supervisor_id, 0) + days
    return found


def overlapping(first: date, last: date, absences: Iterable[Absence]) -> Absence | None:
    """The first absence, not cancelled, that has a day between two days (both inclusive)."""
    days = (one for one in absences if not one.cancelled_at)
    return next((one for one in days if one.from_day <= last and first <= one.to_day), None)


def is_absent(day: date, absences: Iterable[Absence]) -> bool:
    """Whether a person was away on a day; a cancelled absence counts for nothing."""
    return any(one.from_day <= day <= one.to_day and not one.cancelled_at for one in absences)


def days_present(
    first: date, last: date, placements: Iterable[Placed], absences: Iterable[Absence]
) -> int:
    """How many calendar days of a period a person was employed and not absent (R-EVA-03).

    Args:
        first: first day of the period.
        last: last day, inclusive.
        placements: of one person, in the order in which they were written down.
        absences: of the same person, cancelled ones too.
    """
    away = list(absences)
    return sum(
        not is_absent(start + timedelta(days=number), away)
        for start, end, held in stretches(first, last, placements)
        if held.status is PersonStatus.EMPLOYED
        for number in range((end - start).days + 1)
    )

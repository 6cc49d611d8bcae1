"""Where a person was, in which post and under whom, from day to day (R-PPL-01, R-EVA-03)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Field, SQLModel

from certify.domain.columns import named
from certify.domain.person import PersonStatus


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


def placed_on(day: date, placements: Iterable[Placement]) -> Placement | None:
    """What holds of a person on a day; None before the first row.

    Args:
        placements: of one person, in the order in which they were written down.
    """
    found = None
    for one in placements:
        if one.from_day <= day and (found is None or one.from_day >= found.from_day):
            found = one
    return found


def days_under(first: date, last: date, placements: Iterable[Placement]) -> dict[int, int]:
    """How many days of a period a person was employed under each direct supervisor (R-EVA-03).

    Args:
        first: first day of the period.
        last: last day, inclusive.
        placements: of one person, in the order in which they were written down.
    """
    known = list(placements)
    found: dict[int, int] = {}
    day = first
    while day <= last:
        held = placed_on(day, known)
        if held and held.supervisor_id and held.status is PersonStatus.EMPLOYED:
            found[held.supervisor_id] = found.get(held.supervisor_id, 0) + 1
        day += timedelta(days=1)
    return found

"""On-site practice (实地训练): the log under a guide, and the sign-off (R-LRN-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, SQLModel

from certify.domain.calendar import WorkingCalendar


class FieldPracticeEntry(SQLModel, table=True):
    """One task done under a guide."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    day: date
    task: str
    written_at: datetime
    guide_id: int | None = Field(default=None, foreign_key="person.id")
    """Who remarked on it; None until then."""
    remark: str = ""
    improvement: str = ""
    remarked_at: datetime | None = None


class FieldPracticeSignOff(SQLModel, table=True):
    """The guide's word that the practice is complete."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    guide_id: int = Field(foreign_key="person.id")
    at: datetime
    entries: int
    days: int
    """Working days on which there was an entry."""
    note: str = ""


class PhaseExemption(SQLModel, table=True):
    """HR frees a person from a phase of onboarding, with a reason (R-LRN-01)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    phase: str
    reason: str
    exempted_by: int | None = Field(default=None, foreign_key="person.id")
    """None: from the command line of whoever may open the database."""
    at: datetime


@dataclass(frozen=True)
class Amount:
    """How much on-site practice there is, or must be."""

    entries: int
    days: int
    """Different working days."""

    def covers(self, needed: "Amount") -> bool:
        """Whether this is enough."""
        return self.entries >= needed.entries and self.days >= needed.days


def amount(days: Iterable[date], calendar: WorkingCalendar) -> Amount:
    """The amount of the entries with a remark, by their days.

    An entry of a day on which nobody works counts as an entry and gives no working day.
    """
    every = list(days)
    return Amount(len(every), len({day for day in every if calendar.is_working_day(day)}))

"""A person's development plan (职业发展规划): where to, and the steps (R-LRN-07)."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from certify.domain.columns import named


class EntryKind(StrEnum):
    """What an entry of the plan is."""

    STEP = "step"
    COMPETITION = "competition"
    OUTSIDE_CERTIFICATE = "outside-certificate"


class DevelopmentPlan(SQLModel, table=True):
    """The level a person aims at."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    target_level: str
    by_day: date | None = None
    changed_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")


class DevelopmentEntry(SQLModel, table=True):
    """One step, competition or outside certificate."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: EntryKind = named(EntryKind)
    title: str
    day: date | None = None
    note: str = ""
    done: bool = False
    written_by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime

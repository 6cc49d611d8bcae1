"""On-site practice (实地训练): the log under a guide, and the sign-off (R-LRN-05)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


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

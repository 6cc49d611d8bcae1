"""Who is registered for an exam together, when they may sit it, and on what occasion (R-ASM-14)."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Cohort(SQLModel, table=True):
    """Persons counted together (参训批次), with the window in which they may sit the exam."""

    id: int | None = Field(default=None, primary_key=True)
    exam_id: int = Field(foreign_key="exam.id", index=True)
    title: str
    occasion: str = ""
    """Why an ad-hoc exam is held: project, key link, complaint; empty for a regular one."""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """End of the window: no attempt begins from then on, and open ones end then."""
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class CohortMember(SQLModel, table=True):
    """One person registered in a cohort."""

    cohort_id: int = Field(primary_key=True, foreign_key="cohort.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    excused: bool = False
    reason: str = ""
    """Why the person is excused."""
    excused_by: int | None = Field(default=None, foreign_key="person.id")

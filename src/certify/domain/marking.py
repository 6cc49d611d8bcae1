"""Marking by persons: essays and practicals, by rubric, blind to the name (R-ASM-08)."""

from datetime import datetime
from fractions import Fraction

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import exact, json


class Marking(SQLModel, table=True):
    """What one examiner gave one answer; inserted whole, with every criterion, never changed."""

    __table_args__ = (
        UniqueConstraint("attempt_id", "position", "round"),
        UniqueConstraint("attempt_id", "position", "examiner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    position: int
    round: int
    """1 first examiner, 2 second, 3 who decides where two differ; 4 and more: re-marking."""
    examiner_id: int = Field(foreign_key="person.id")
    points: dict[str, str] = json(dict)
    """Points by criterion code, as exact text."""
    remarks: dict[str, str] = json(dict)
    """Remark by criterion code."""
    share: Fraction | None = exact()
    """Points given / points of the rubric."""
    at: datetime


class Remarking(SQLModel, table=True):
    """A candidate's request to be marked again (R-ASM-15)."""

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    asked_at: datetime
    reason: str
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted: bool | None = None
    answer: str = ""

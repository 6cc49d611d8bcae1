"""A standard on its way: draft → review → pilot → approved → effective (R-STD-01 … R-STD-06)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import json, named


class DraftState(StrEnum):
    """How far a new text is; once effective, a later version supersedes it."""

    DRAFT = "draft"
    REVIEW = "review"
    PILOT = "pilot"
    APPROVED = "approved"
    """It has its first day and waits for it, or is in force from that day on."""
    DROPPED = "dropped"


class StandardDraft(SQLModel, table=True):
    """A new text of a standard before it is one."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    content: dict[str, Any] = json(dict)
    """What a version says: item, category, requirement, department, target, remark."""
    description: str
    """What changes and why, for the revision record (R-STD-06)."""
    is_material: bool = True
    """Whether holders need delta training."""
    is_confidential: bool = False
    effective_from: date
    state: DraftState = named(DraftState, DraftState.DRAFT)
    drafted_by: int
    drafted_at: datetime
    approved_by: int | None = None
    approved_at: datetime | None = None
    version_id: int | None = Field(default=None, foreign_key="standardversion.id")


class StandardOpinion(SQLModel, table=True):
    """《评审意见汇总表》: what one department says of a draft; the latest one counts."""

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="standarddraft.id", index=True)
    side: str
    """`sales`, `technology`, `customer-service`, `quality` or what the policy names."""
    agrees: bool
    opinion: str
    by: int
    at: datetime
    voided_at: datetime | None = None
    """When a change of the draft made it worthless."""


class PilotScene(SQLModel, table=True):
    """One scene in which a draft was tried, with what the front line said."""

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="standarddraft.id", index=True)
    scene: str
    works: bool
    feedback: str
    by: int
    at: datetime
    voided_at: datetime | None = None
    """When a change of the draft made it worthless."""


class StandardReview(SQLModel, table=True):
    """The regular review of a standard: looked at, kept or to be changed (R-STD-03)."""

    id: int | None = Field(default=None, primary_key=True)
    standard_id: int = Field(foreign_key="standard.id", index=True)
    day: date
    keeps: bool
    remark: str
    by: int
    at: datetime


class DeltaTraining(SQLModel, table=True):
    """What changed in a standard, to be learned by who holds a qualification on it (R-STD-05)."""

    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="standardversion.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    processes: list[str] = json(list)
    """Codes of the post qualifications of the person that stand on the standard."""
    assigned_at: datetime
    due_on: date
    """Inclusive."""
    read_at: datetime | None = None
    passed_at: datetime | None = None
    passed_how: str = ""
    """`practice`, `exam` or `recorded`."""
    recorded_by: int | None = None
    suspended_at: datetime | None = None
    suspended: list[int] = json(list)
    """Ids of the qualifications that were suspended for it."""

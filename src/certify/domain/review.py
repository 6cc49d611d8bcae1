"""How an item comes into use: draft → reviewed → in use → retired (R-ASM-13)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import maybe_json, named


class StepKind(StrEnum):
    """What somebody did to one version of an item."""

    SEEN = "seen"
    """Saw its key before it was reviewed: no blind second key can come from this person."""
    SECOND_KEY = "second-key"
    """Answered it without seeing the key."""
    NOTE = "note"
    """Remarked on it, as on an ambiguity."""
    RETURNED = "returned"
    """Gave it back to its author, with what to mend."""
    APPROVED = "approved"
    RELEASED = "released"
    """Put it in use."""
    RETIRED = "retired"
    KEPT = "kept"
    """Looked at it after a standard it cites got a new version: it is still right."""


class ReviewStep(SQLModel, table=True):
    """One step of the review of one version; steps are added, never changed."""

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="itemversion.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime
    kind: StepKind = named(StepKind)
    note: str = ""
    answer: dict[str, Any] | None = maybe_json()
    """The answer of a second key."""
    agrees: bool | None = None
    """Whether a second key earned all points under the key of the version."""

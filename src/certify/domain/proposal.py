"""Deeds that take two persons: one proposes, another one confirms (ASVS 2.3.5)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, SQLModel, text

from certify.domain.columns import json, named


class ProposalKind(StrEnum):
    """What is proposed."""

    REVOCATION = "revocation"
    ERASURE = "erasure"


class ProposalState(StrEnum):
    """Open until another person decides, or who made it takes it back."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Proposal(SQLModel, table=True):
    """Something that one person wants done and another has to confirm."""

    __table_args__ = (
        Index(
            "one_open_proposal",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: ProposalKind = named(ProposalKind)
    subject: str
    """To what: `qualification:7`, `person:12`."""
    person_id: int = Field(foreign_key="person.id", index=True)
    """Whom it is about; they may neither propose nor confirm it."""
    facts: dict[str, Any] = json(dict)
    """What was wanted beside it, such as the first day."""
    reason: str
    proposed_by: int
    proposed_at: datetime
    state: ProposalState = named(ProposalState, ProposalState.OPEN)
    decided_by: int | None = None
    decided_at: datetime | None = None
    remark: str = ""
    """Why it was declined."""

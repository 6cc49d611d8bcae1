"""Removing personal data when its time is over (R-FRM-05)."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json


class Erasure(SQLModel, table=True):
    """That a person's data were removed: when, by whom, why; nothing of the data themselves."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime
    proposed_by: int
    confirmed_by: int
    reason: str
    removed: dict[str, Any] = json(dict)
    """How many values of each table."""

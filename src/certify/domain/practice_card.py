"""What is remembered of a person's practice of one item."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import exact, json, maybe_json


class PracticeCard(SQLModel, table=True):
    """When an item comes back for a person, as the spacing library keeps it."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    card: dict[str, Any] = json(dict)
    due_at: datetime = Field(index=True)


class PracticeAnswer(SQLModel, table=True):
    """One practised answer; it never changes a mark (R-SIM-06)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    item_id: int = Field(foreign_key="item.id")
    version_id: int = Field(foreign_key="itemversion.id")
    topic: str
    seed: str
    answer: dict[str, Any] | None = maybe_json()
    share: Fraction | None = exact()
    """None where only a person could mark it."""
    recalled: bool | None = None
    """What the person said of an answer that no machine marks; None before they did."""
    at: datetime

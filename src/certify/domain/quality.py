"""Satisfaction surveys and the goals of quality (R-SUP-03, R-SUP-04)."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import exact, json, maybe_json


class Survey(SQLModel, table=True):
    """A satisfaction survey that was brought in (R-SUP-03)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    first_day: date
    last_day: date
    sent: int
    returned: int
    topics: dict[str, Any] = json(dict)
    """Mean of `attitude`, `efficiency` and `effect`, 0 to 100, as exact text."""
    source: str = ""
    recorded_by: int
    at: datetime


class QualityGoal(SQLModel, table=True):
    """A measure on its way from a baseline to a target (R-SUP-04)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: dict[str, str] = json(dict)
    unit: dict[str, str] = json(dict)
    base: Fraction | None = exact()
    target: Fraction | None = exact()
    recorded_by: int
    at: datetime


class QualityGoalValue(SQLModel, table=True):
    """Where a measure stood on a day."""

    __table_args__ = (UniqueConstraint("goal_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="qualitygoal.id", index=True)
    day: date
    value: Fraction | None = exact()
    facts: dict[str, Any] | None = maybe_json()
    recorded_by: int
    at: datetime

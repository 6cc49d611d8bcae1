"""Time given to an attempt beside its minutes, and what was noticed while it was sat.

The deadline of an attempt is its start, plus the minutes of the exam, plus every time grant.
"""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import exact, json, named


class Accommodation(SQLModel, table=True):
    """What one person needs in every exam (or in one): more time, breaks, line mode."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    exam_id: int | None = Field(default=None, foreign_key="exam.id")
    """None: every exam."""
    time_factor: Fraction | None = exact()
    """Minutes of the exam are multiplied by it; None means 1."""
    break_minutes: int = 0
    line_mode: bool = False
    valid_from: date
    valid_to: date | None = None
    """Last day, inclusive; None: until it is ended."""
    reason: str
    approved_by: int = Field(foreign_key="person.id")
    at: datetime
    ended_at: datetime | None = None


class GrantKind(StrEnum):
    """Why an attempt has more time."""

    ACCOMMODATION = "accommodation"
    OUTAGE = "outage"
    BREAK = "break"
    INVIGILATOR = "invigilator"
    PAUSE = "pause"


class TimeGrant(SQLModel, table=True):
    """Seconds added to one attempt's deadline, with reason and approver; never changed."""

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    kind: GrantKind = named(GrantKind)
    seconds: int
    reason: str
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    """None where a rule gave it."""
    outage_id: int | None = Field(default=None, foreign_key="outage.id")
    at: datetime


class Outage(SQLModel, table=True):
    """A stretch in which no server was alive, as their signs of life prove."""

    id: int | None = Field(default=None, primary_key=True)
    began_at: datetime
    """Last sign of life of any server before it."""
    ended_at: datetime
    """First sign of life after it."""
    node: str
    """The server that noticed it."""


class Beat(SQLModel, table=True):
    """The last sign of life of one server."""

    node: str = Field(primary_key=True)
    at: datetime
    stopped: bool = False
    """Whether it was stopped in order, which is no outage."""


class SittingEvent(SQLModel, table=True):
    """Something the invigilator may want to know of an attempt; no verdict is drawn from it."""

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    at: datetime
    kind: str
    """`focus-lost`, `focus-back`, `continued`, `break-began`, `break-ended`; of a server's
    terminals `connected`, `disconnected` (with `node`); of an invigilator `paused`, `resumed`,
    `ended`, `moved` (with `by`, a person's id, and `reason`)."""
    facts: dict[str, Any] = json(dict)

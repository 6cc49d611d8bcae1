"""Service standards, their versions, and the steps of procedures (R-CAT-03 … R-CAT-05)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import json, maybe_json, named


class StandardCategory(StrEnum):
    """What a standard is about."""

    BASIC = "basic"
    PROCESS = "process"
    RESULT = "result"


class Standard(SQLModel, table=True):
    """A numbered row of the catalogue, such as CS-001; any prefix may be used."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    withdrawn_on: date | None = None


class StandardVersion(SQLModel, table=True):
    """The text of a standard from a day on, never changed once stored."""

    __table_args__ = (UniqueConstraint("standard_id", "effective_from"),)

    id: int | None = Field(default=None, primary_key=True)
    standard_id: int = Field(foreign_key="standard.id", index=True)
    effective_from: date
    """First day in force."""
    item: dict[str, str] = json(dict)
    """What it is about, by language."""
    category: StandardCategory = named(StandardCategory)
    requirement: dict[str, str] = json(dict)
    department: str = ""
    target: dict[str, Any] | None = maybe_json()
    """`metric` by language, `operator`, `value` as decimal text, `unit` by language."""
    remark: dict[str, str] = json(dict)
    content_hash: str
    created_at: datetime


class ProcedureStep(SQLModel, table=True):
    """One step of a procedure with the one post that is responsible for it (R-CAT-05)."""

    __table_args__ = (UniqueConstraint("procedure", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    procedure: str = Field(index=True)
    """Code of the procedure."""
    position: int
    title: dict[str, str] = json(dict)
    post: str
    """The post responsible, by its code."""
    output: dict[str, str] = json(dict)
    """The form or record it leaves."""
    limit: str = ""
    """Its time limit in words, such as `24 h` or `3 wd`."""
    standard: str = ""
    """Number of the standard behind it; empty where there is none."""

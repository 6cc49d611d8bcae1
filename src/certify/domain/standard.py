"""Service standards, their versions, and the steps of procedures (R-CAT-03 … R-CAT-05)."""

import hashlib
import json as json_text
import operator
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
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
    department: dict[str, str] = json(dict)
    """The department responsible, by language."""
    target: dict[str, Any] | None = maybe_json()
    """`metric` by language, `operator`, `value` as decimal text, `unit` by language."""
    remark: dict[str, str] = json(dict)
    content_hash: str
    created_at: datetime
    description: str = ""
    """What changed and why (R-STD-06)."""
    reviser_id: int | None = None
    is_material: bool = False
    """Whether holders needed delta training."""
    is_confidential: bool = False
    """Whether what is printed of it carries a confidentiality mark."""
    delta_assigned_at: datetime | None = None
    """When its holders got their delta training; None while nobody settled it."""


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


NUMBER = r"[A-Z][A-Z0-9]{0,9}(?:-[A-Z0-9]{1,10}){1,3}"
"""A number with any prefix, such as CS-001 or ISO-9001-8."""
COMPARISONS = {">=": operator.ge, "<=": operator.le, "=": operator.eq}
"""How a measured value is held against a target."""
SIGNS = {">=": "≥", "<=": "≤", "=": "="}


def is_met(target: Mapping[str, Any], measured: Decimal) -> bool:
    """Whether a measured value meets a target; “≥ 100 %” is met by 100 % alone (R-CAT-03)."""
    return bool(COMPARISONS[target["operator"]](measured, Decimal(target["value"])))


def text_hash(facts: Mapping[str, Any]) -> str:
    """The identity of a standard's text: all that a version says but its first day."""
    text = json_text.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def newest_in_force(versions: Iterable[StandardVersion], day: date) -> StandardVersion | None:
    """The version in force on a day; None before the first one."""
    begun = [one for one in versions if one.effective_from <= day]
    return max(begun, key=lambda one: one.effective_from, default=None)

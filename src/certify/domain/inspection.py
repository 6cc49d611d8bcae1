"""Inspections, rectification notices and anomaly forms (R-INS-01 … R-INS-09)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json, named


class InspectionResult(StrEnum):
    """达标, 不达标; nothing is judged from no sample (R-INS-05)."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_JUDGED = "not-judged"


class Inspection(SQLModel, table=True):
    """One line of the register; every check has one, with or without fault (R-INS-01)."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    """Such as `IN-2024-000123`; a year's numbers have no gaps."""
    day: date
    inspector_id: int = Field(foreign_key="person.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Who was inspected; None for a check of a department."""
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    scope: str
    """`rules`, `process`, `safety-hygiene` or `other` (S3-QI-03)."""
    checklist: str = ""
    points: list[dict[str, Any]] = json(list)
    """Each point of the checklist with `ok` and `remark`, in order, as it was worded then."""
    standard: str = ""
    """Number of the standard that a rate check is held against."""
    target: dict[str, Any] = json(dict)
    """Its target as it was on the day."""
    window: str = ""
    """Time of the day it is about, such as `10:00-11:00`; empty for the whole day."""
    sampled: int | None = None
    passed: int | None = None
    result: InspectionResult = named(InspectionResult)
    finding: str = ""
    is_major: bool = False
    at: datetime
    read_at: datetime | None = None
    """When the inspected person confirmed reading it (R-INS-08)."""


class SkillDecision(SQLModel, table=True):
    """The supervisor says whether a newcomer is skilled, when the checks did not (R-INS-02)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    skilled: bool
    reason: str
    decided_by: int
    day: date
    at: datetime


class NoticeState(StrEnum):
    """issued → answered → done → verified → closed; a failed verification reopens (R-INS-06)."""

    ISSUED = "issued"
    ANSWERED = "answered"
    DONE = "done"
    VERIFIED = "verified"
    CLOSED = "closed"


class RectificationNotice(SQLModel, table=True):
    """《整改通知书》 to the department responsible."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    inspection_id: int | None = Field(default=None, foreign_key="inspection.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    owner_id: int = Field(foreign_key="person.id", index=True)
    standard: str = ""
    problem: str
    cause: str = ""
    measure: str = ""
    issued_by: int
    issued_on: date
    due_on: date
    """Inclusive."""
    state: NoticeState = named(NoticeState, NoticeState.ISSUED)
    done_on: date | None = None
    verified_on: date | None = None
    verified_by: int | None = None
    reopened: int = 0
    """How often a verification failed."""


class NoticeStep(SQLModel, table=True):
    """One step of a notice; never edited."""

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="rectificationnotice.id", index=True)
    state: NoticeState = named(NoticeState)
    text: str = ""
    passed: bool | None = None
    """Of a verification."""
    by: int
    at: datetime


class AnomalyState(StrEnum):
    """specialist → manager's instruction → countersignatures → recheck (R-INS-07)."""

    OPENED = "opened"
    INSTRUCTED = "instructed"
    COUNTERSIGNED = "countersigned"
    CLOSED = "closed"


class AnomalyForm(SQLModel, table=True):
    """《异常处理单》: cause, process, countermeasure, and who signed (S3-QM-07)."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    day: date
    department_id: int = Field(foreign_key="department.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    what: str
    cause: str
    process: str
    countermeasure: str
    opened_by: int
    opened_at: datetime
    state: AnomalyState = named(AnomalyState, AnomalyState.OPENED)
    instruction: str = ""
    instructed_by: int | None = None
    instructed_at: datetime | None = None
    recheck: str = ""
    recheck_passed: bool | None = None
    rechecked_by: int | None = None
    rechecked_at: datetime | None = None


class AnomalyStep(SQLModel, table=True):
    """One step of a form, those before a failed recheck too; never edited."""

    id: int | None = Field(default=None, primary_key=True)
    form_id: int = Field(foreign_key="anomalyform.id", index=True)
    action: str
    """`opened`, `instructed`, `countersigned` or `rechecked`."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    """Of a countersignature."""
    text: str = ""
    passed: bool | None = None
    """Of a recheck."""
    by: int
    at: datetime


class Countersignature(SQLModel, table=True):
    """The consent of one related department, as the latest instruction asks for it."""

    id: int | None = Field(default=None, primary_key=True)
    form_id: int = Field(foreign_key="anomalyform.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    signed_by: int | None = None
    opinion: str = ""
    signed_at: datetime | None = None

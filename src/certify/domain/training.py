"""Training plans, sessions, sign-in and agreements (R-TRN-01 … R-TRN-09). Money is in fen."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import exact, json, named


class PlanState(StrEnum):
    """draft → submitted → approved or returned by HR → in force (R-TRN-01)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    IN_FORCE = "in-force"


class TrainingMode(StrEnum):
    """Who gives it and where (S0-TR-05 … S0-TR-07)."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    ONLINE = "online"


class AnnualPlan(SQLModel, table=True):
    """《在职培训计划表》 of a year, drafted at the end of the year before."""

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(unique=True)
    state: PlanState = named(PlanState, PlanState.DRAFT)
    drafted_by: int
    drafted_at: datetime
    submitted_by: int | None = None
    submitted_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    remark: str = ""
    """HR's word when it was approved or returned."""


class PlanLine(SQLModel, table=True):
    """One training of an annual plan."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annualplan.id", index=True)
    month: int
    kind: str
    """`onboarding`, `in-service`, `special` or `customer`."""
    title: str
    course: str = ""
    """Code of the course; empty where there is none."""
    mode: TrainingMode = named(TrainingMode, TrainingMode.INTERNAL)
    hours: Fraction | None = exact()
    audience: str = ""
    trainer: str = ""
    planned_fen: int = 0


class AdHocPlan(SQLModel, table=True):
    """《在职培训实施计划表》 of one training outside the annual plan (R-TRN-02)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    occasion: str
    kind: str
    course: str = ""
    mode: TrainingMode = named(TrainingMode, TrainingMode.INTERNAL)
    first_day: date
    last_day: date
    hours: Fraction | None = exact()
    audience: str = ""
    trainer: str = ""
    planned_fen: int = 0
    state: PlanState = named(PlanState, PlanState.DRAFT)
    drafted_by: int
    drafted_at: datetime
    submitted_by: int | None = None
    submitted_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    remark: str = ""


class SessionState(StrEnum):
    """How far a session is."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    """Its assessment record is complete."""
    CANCELLED = "cancelled"


class TrainingSession(SQLModel, table=True):
    """One dated delivery of training."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    kind: str
    mode: TrainingMode = named(TrainingMode, TrainingMode.INTERNAL)
    course: str = ""
    line_id: int | None = Field(default=None, foreign_key="planline.id")
    ad_hoc_plan_id: int | None = Field(default=None, foreign_key="adhocplan.id")
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id")
    """The cohort whose exam is its assessment."""
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    trainer_id: int | None = Field(default=None, foreign_key="person.id")
    outside_trainer_id: int | None = Field(default=None, foreign_key="outsideperson.id")
    funded: bool = False
    """Whether the company pays, in full or in part: agreements are needed (R-TRN-05)."""
    planned_fen: int = 0
    actual_fen: int | None = None
    state: SessionState = named(SessionState, SessionState.PLANNED)
    remark: str = ""
    recorded_by: int
    at: datetime


class Attendee(SQLModel, table=True):
    """One person of a session: who was asked, came, went, and how they did."""

    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="trainingsession.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    outside_id: int | None = Field(default=None, foreign_key="outsideperson.id")
    excused: str = ""
    """The reason of an excused absence."""
    in_at: datetime | None = None
    out_at: datetime | None = None
    signed_by: int | None = None
    """Who signed in: the person; nobody signs for others (R-TRN-04)."""
    confirmed_by: int | None = None
    """The trainer who confirmed an end that is not known."""
    mark: Fraction | None = exact()
    """Of an assessment that was no exam here, 0 to 100."""
    passed: bool | None = None
    assessed_by: int | None = None
    remark: str = ""


class TrainingAgreement(SQLModel, table=True):
    """《培训协议》, signed before company-funded training begins (R-TRN-05, S3-TR-14)."""

    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    session_id: int = Field(foreign_key="trainingsession.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    signed_at: datetime
    amount_fen: int
    terms: str = ""
    facts: dict[str, Any] = json(dict)
    recorded_by: int
    at: datetime

"""Periods of evaluation, what is measured and rated in them, and what comes of it (R-EVA)."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import exact, json, long_exact, maybe_named, named
from certify.domain.grade import Grade


class PeriodKind(StrEnum):
    """Regular periods of one scheme never overlap; ad-hoc ones may (R-EVA-06)."""

    MONTH = "month"
    QUARTER = "quarter"
    AD_HOC = "ad-hoc"


class PeriodState(StrEnum):
    """open → scoring → review → closed; only an upheld appeal changes what is closed."""

    OPEN = "open"
    SCORING = "scoring"
    REVIEW = "review"
    CLOSED = "closed"


class RaterType(StrEnum):
    """Who rates (S3-EV-04)."""

    SUPERVISOR = "supervisor"
    SELF = "self"
    SUBORDINATE = "subordinate"
    CUSTOMER = "customer"


class EvaluationPeriod(SQLModel, table=True):
    """One period over which people are evaluated by one scheme."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    """Such as `2024-Q2`, `2024-06` or a code of its own for an ad-hoc one."""
    kind: PeriodKind = named(PeriodKind)
    scheme: str
    first_day: date
    last_day: date
    """Inclusive."""
    occasion: str = ""
    """Of an ad-hoc one: the project, key link or complaint (S0-AS-03)."""
    state: PeriodState = named(PeriodState, PeriodState.OPEN)
    rules: dict[str, Any] = json(dict)
    """Scheme and policy as they were when the period was opened: a later change alters nothing
    (R-PLT-05)."""
    opened_by: int
    opened_at: datetime
    closed_by: int | None = None
    closed_at: datetime | None = None


class MeasuredValue(SQLModel, table=True):
    """A raw value of one indicator for a person or a department; the latest one counts."""

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="evaluationperiod.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    indicator: str
    value: Fraction | None = exact()
    """None: not applicable, as with no complaints at all."""
    source: str
    """File and row, or `typed`."""
    recorded_by: int
    at: datetime


class Rating(SQLModel, table=True):
    """What one rater was asked for, and gave."""

    __table_args__ = (UniqueConstraint("period_id", "person_id", "rater_type", "rater_id"),)

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="evaluationperiod.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    """The ratee."""
    rater_type: RaterType = named(RaterType)
    rater_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """None for a customer."""
    counts: bool = True
    """False where the rater only comments, as a supervisor of the shorter part of the period."""
    score: Fraction | None = exact()
    """0 to 100; None until it is given."""
    comment: str = ""
    reference: str = ""
    """Of a customer's answer: its number in the file it came from."""
    given_at: datetime | None = None


class Evaluation(SQLModel, table=True):
    """What one person's period came to; a new revision after an upheld appeal."""

    __table_args__ = (UniqueConstraint("period_id", "person_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="evaluationperiod.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    revision: int = 1
    """The highest one counts."""
    ratee_class: str
    measured: Fraction | None = long_exact()
    mix: Fraction | None = long_exact()
    final: Fraction | None = long_exact()
    grade: Grade | None = maybe_named(Grade)
    """None where there is no grade; `why` says the reason."""
    why: str = ""
    """Key of the reason for no grade, or for a capped one; empty otherwise."""
    parts: dict[str, Any] = json(dict)
    """All that the score was made of, as exact text, so that it can be explained for ever."""
    decided_by: int
    decided_at: datetime


class SeriousProblem(SQLModel, table=True):
    """A serious service problem of a person; once confirmed it caps the grade (R-EVA-11)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    day: date
    what: str
    inspection_id: int | None = Field(default=None, foreign_key="inspection.id")
    reported_by: int
    at: datetime
    confirmed: bool | None = None
    """None until somebody else than the reporter has decided."""
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision: str = ""


class EvaluationEvidence(SQLModel, table=True):
    """An event at work that stands behind a score; one event counts once a scheme (R-EVA-09)."""

    __table_args__ = (UniqueConstraint("scheme", "kind", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    scheme: str
    kind: str
    """`complaint`, `return`, `repair`, `installation-follow-up` or `inspection`."""
    reference: str
    """Number of the event where it is kept."""
    day: date
    indicator: str = ""
    what: str
    recorded_by: int
    at: datetime


class Appeal(SQLModel, table=True):
    """An objection to a grade (R-EVA-06)."""

    id: int | None = Field(default=None, primary_key=True)
    evaluation_id: int = Field(foreign_key="evaluation.id", unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str
    at: datetime
    upheld: bool | None = None
    decision: str = ""
    decided_by: int | None = None
    decided_at: datetime | None = None
    new_evaluation_id: int | None = Field(default=None, foreign_key="evaluation.id")


class ConsequenceState(StrEnum):
    """HR confirms or declines, with a reason (R-EVA-08)."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The grade it came from was changed on appeal."""


class ProposedConsequence(SQLModel, table=True):
    """What a grade may bring; nothing happens until HR has confirmed it."""

    id: int | None = Field(default=None, primary_key=True)
    evaluation_id: int = Field(foreign_key="evaluation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    facts: dict[str, Any] = json(dict)
    """`factor` and `days` as text, where it has them."""
    state: ConsequenceState = named(ConsequenceState, ConsequenceState.PROPOSED)
    due_on: date | None = None
    reason: str = ""
    decided_by: int | None = None
    decided_at: datetime | None = None


class CoachingPlan(SQLModel, table=True):
    """Help after a weak grade."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    evaluation_id: int = Field(foreign_key="evaluation.id")
    due_on: date
    steps: str = ""
    written_by: int | None = None
    written_at: datetime | None = None
    done_on: date | None = None


class DepartmentSheet(SQLModel, table=True):
    """The sheet of a department, which is not the mean of its people (R-EVA-10)."""

    __table_args__ = (UniqueConstraint("period_id", "department_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="evaluationperiod.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    revision: int = 1
    scores: dict[str, Any] = json(dict)
    """Score of each indicator as exact text."""
    score: Fraction | None = long_exact()
    grade: Grade | None = maybe_named(Grade)
    remark: str = ""
    scored_by: int
    at: datetime

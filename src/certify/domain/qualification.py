"""Levels and post qualifications: conditions, validity and states (R-QUA-01 … R-QUA-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Field, SQLModel

from certify.domain.columns import exact, json, named


class QualificationKind(StrEnum):
    """Rank and right to run a process are separate records (R-QUA-03)."""

    LEVEL = "level"
    POST = "post"


class QualificationState(StrEnum):
    """What was decided; that a period has run out follows from the dates."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    PENDING = "pending"


class Basis(StrEnum):
    """What a qualification rests on."""

    EXAM = "exam"
    TRAINEE = "trainee"
    """Given when the person was hired (L0)."""
    CONDITIONS = "conditions"
    """Granted by HR, every condition of the level met."""
    EXCEPTION = "exception"
    """Granted by HR although a condition is not met or a rung is skipped (R-QUA-01)."""
    INITIAL_RECOGNITION = "initial-recognition"
    """Existing staff, once, at introduction (R-QUA-09)."""
    OUTSIDE_CERTIFICATE = "outside-certificate"
    """Of technical posts, in place of the exam (R-QUA-03)."""
    DEMOTION = "demotion"
    """A lower level after a grade, confirmed by HR (R-EVA-08)."""


class Qualification(SQLModel, table=True):
    """One period in which a person holds a level or a post qualification."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: QualificationKind = named(QualificationKind)
    code: str = Field(index=True)
    """Level code (`L1`) or process code."""
    title: dict[str, str] = json(dict)
    issued_on: date
    first_issued_on: date
    """Renewals count from here, so that the day of the month does not drift (R-QUA-05)."""
    valid_from: date
    valid_to: date
    """Last valid day, inclusive."""
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id")
    basis: Basis = named(Basis, Basis.EXAM)
    post: str = ""
    """Of a post qualification: code of the post it was given for; no other is covered
    (R-PPL-03)."""
    extensions: int = 0
    """How often its validity was extended."""


class Panel(SQLModel, table=True):
    """A panel that heard a person for a level."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    level: str
    day: date
    recorded_by: int
    at: datetime


class PanelScore(SQLModel, table=True):
    """What one member of a panel gave, 0 to 100."""

    panel_id: int = Field(primary_key=True, foreign_key="panel.id")
    member_id: int = Field(primary_key=True, foreign_key="person.id")
    score: Fraction | None = exact()
    remark: str = ""


class OutsideCertificate(SQLModel, table=True):
    """A certificate of somebody else than the company (R-QUA-03, R-QUA-08)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str
    issuer: str
    number: str = ""
    issued_on: date
    valid_to: date | None = None
    process: str = ""
    """The process whose exam it stands for; empty: informative only."""
    qualification_id: int | None = Field(default=None, foreign_key="qualification.id")
    recorded_by: int
    at: datetime


class QualificationChange(SQLModel, table=True):
    """A state a qualification got, from which day, by whom and why; never edited (R-QUA-06)."""

    id: int | None = Field(default=None, primary_key=True)
    qualification_id: int = Field(foreign_key="qualification.id", index=True)
    state: QualificationState = named(QualificationState)
    from_day: date
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str


def state_on(
    day: date, period: tuple[date, date], changes: Sequence[tuple[date, QualificationState]]
) -> QualificationState | None:
    """The state as of a day; None before the qualification existed (R-CRT-01).

    Args:
        period: first and last valid day, inclusive.
        changes: day and state, in the order in which they were decided.
    """
    state = None
    for from_day, changed_to in changes:
        if from_day <= day:
            state = changed_to
    if state is QualificationState.ACTIVE and day < period[0]:
        return QualificationState.PENDING
    if state in (QualificationState.ACTIVE, QualificationState.SUSPENDED) and day > period[1]:
        return QualificationState.EXPIRED  # a suspension does not extend validity (R-QUA-07)
    return state


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a qualification and what was decided of it."""

    valid_from: date
    valid_to: date
    changes: tuple[tuple[date, QualificationState], ...]
    """Day and state, in the order in which they were decided."""

    def state_on(self, day: date) -> QualificationState | None:
        """The state that dates and decisions of this period alone give."""
        return state_on(day, (self.valid_from, self.valid_to), self.changes)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a period counts for on a day, beside the later ones."""

    state: QualificationState
    is_renewed: bool
    """Whether a later period follows: this one may end, but nobody has to renew it."""

    @property
    def is_to_renew(self) -> bool:
        """Whether it is active and nothing follows it."""
        return self.state is QualificationState.ACTIVE and not self.is_renewed


def standing_on(day: date, period: Period, successors: Sequence[Period]) -> Standing | None:
    """How a period stands as of a day; None before it existed.

    Once a successor has begun, the period is superseded, not expired (R-QUA-05). A revoked
    successor takes nothing over, and a revoked period stays revoked.

    Args:
        successors: later periods of the same qualification of the same person.
    """
    state = period.state_on(day)
    if state is None:
        return None
    if not successors:
        return Standing(state, is_renewed=False)
    nothing = (None, QualificationState.REVOKED)
    later = [one for one in successors if one.state_on(day) not in nothing]
    has_begun = any(one.valid_from <= day for one in later)
    if has_begun and state is not QualificationState.REVOKED:
        state = QualificationState.SUPERSEDED
    return Standing(state, bool(later))


CHANGES: dict[QualificationState, frozenset[QualificationState]] = {
    QualificationState.PENDING: frozenset(
        {QualificationState.SUSPENDED, QualificationState.REVOKED, QualificationState.SUPERSEDED}
    ),
    QualificationState.ACTIVE: frozenset(
        {QualificationState.SUSPENDED, QualificationState.REVOKED, QualificationState.SUPERSEDED}
    ),
    QualificationState.SUSPENDED: frozenset(
        {QualificationState.ACTIVE, QualificationState.REVOKED, QualificationState.SUPERSEDED}
    ),
    QualificationState.EXPIRED: frozenset({QualificationState.REVOKED}),
    QualificationState.SUPERSEDED: frozenset({QualificationState.REVOKED}),
    QualificationState.REVOKED: frozenset(),
}
"""What may follow a state: an expired one cannot be suspended, revoked is final (R-QUA-06)."""


def may_become(state: QualificationState, following: QualificationState) -> bool:
    """Whether a person may decide that a qualification gets another state."""
    return following in CHANGES[state]

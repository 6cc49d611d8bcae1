"""Frozen facts that plugins with rules of their own decide on; they hold no keys or answers."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True)
class Candidate:
    """Who wants to sit an exam."""

    staff_no: str
    department: str
    """Code of the department."""
    post: str
    """Code of the post."""
    hired_on: date


@dataclass(frozen=True)
class ExamFacts:
    """Which exam, and when it would begin."""

    exam: str
    course: str
    part: str
    """`written` or `practical`."""
    now: datetime
    today: date
    """The calendar day where the company works."""


@dataclass(frozen=True)
class PastAttempt:
    """One earlier attempt of the candidate at the exam."""

    started_at: datetime
    submitted_at: datetime | None
    passed: bool | None
    """None while there is no result."""
    mark: Fraction | None
    """0 to 100."""

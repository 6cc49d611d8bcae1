"""Frozen summaries that listeners receive after commit; they hold no keys and no other marks."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class AttemptScored:
    """An attempt was submitted and marked."""

    attempt_id: int
    staff_no: str
    exam: str
    mark: Fraction | None
    passed: bool


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate was issued."""

    number: str
    staff_no: str
    code: str
    valid_to: date


@dataclass(frozen=True)
class QualificationChanged:
    """A level or post qualification got another state."""

    staff_no: str
    code: str
    """Level or process."""
    state: str
    """A `QualificationState`."""
    from_day: date
    reason: str


@dataclass(frozen=True)
class EvaluationClosed:
    """A period of evaluation was closed; whose grade it was is not told."""

    period: str
    graded: int
    """People with a grade."""


@dataclass(frozen=True)
class StandardChanged:
    """A standard has a new text with its first day."""

    number: str
    effective_from: date
    is_material: bool

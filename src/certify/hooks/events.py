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

"""Seals: hashes of rows in the ledger, by which a row that was changed later is found (R-SUP-06).

The entry that records a row carries `seals`, the seal of each by its name. A seal covers the
columns named here and no others; a column that a later release adds is not among them, or the
seals of earlier releases would break.
"""

import hashlib
import json as json_text
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import SQLModel

SEALED: dict[str, tuple[str, ...]] = {
    "attempt": (
        "id",
        "person_id",
        "exam_id",
        "course_version",
        "number",
        "state",
        "form",
        "seed",
        "pass_mark",
        "partial_credit",
        "started_at",
        "submitted_at",
        "by_deadline",
        "cohort_id",
        "sequence",
        "chain_head",
        "earned",
        "possible",
        "passed",
        "fatal",
        "profile",
    ),
    "attemptresult": (
        "attempt_id",
        "number",
        "kind",
        "at",
        "earned",
        "possible",
        "passed",
        "parts",
        "reason",
        "correction_id",
    ),
    "marking": (
        "id",
        "attempt_id",
        "position",
        "round",
        "examiner_id",
        "points",
        "remarks",
        "share",
        "at",
    ),
    "qualification": (
        "id",
        "person_id",
        "kind",
        "code",
        "title",
        "issued_on",
        "first_issued_on",
        "valid_from",
        "valid_to",
        "attempt_id",
        "basis",
        "post",
        "extensions",
    ),
    "certificate": ("id", "number", "qualification_id", "issued_at", "revision"),
    "certificaterevision": ("certificate_id", "revision", "issued_at", "reason"),
    "qualificationchange": (
        "id",
        "qualification_id",
        "state",
        "from_day",
        "at",
        "actor_id",
        "reason",
    ),
    "evaluation": (
        "id",
        "period_id",
        "person_id",
        "revision",
        "ratee_class",
        "measured",
        "mix",
        "final",
        "grade",
        "why",
        "parts",
        "decided_by",
        "decided_at",
    ),
    "policyversion": ("id", "at", "digest", "changed_by", "reason"),
    "signingkey": ("id", "made_at", "made_by", "retired_at"),
    "erasure": ("person_id", "at", "proposed_by", "confirmed_by", "reason", "removed"),
}
"""By table the columns that say what counts; the rest may change."""

KEYS = {
    "attemptresult": ("attempt_id", "number"),
    "certificaterevision": ("certificate_id", "revision"),
    "erasure": ("person_id",),
}
"""What names a row where it is not `id`."""

EMPTIED = ("attemptresult", "marking", "qualificationchange", "evaluation", "certificaterevision")
"""Sealed tables with words about a person; an erasure empties them and seals what is left."""

LEFT = ("sequence", "position", "flagged", "received_at", "erased_at")
"""What is left of a response without its answer."""


_line = json_text.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
).encode


def sealed(*rows: SQLModel) -> dict[str, str]:
    """The seal of each row by its name, for the `seals` of a ledger entry.

    Args:
        rows: flushed, so that they have their numbers.
    """
    found: dict[str, str] = {}
    for row in rows:
        table = str(row.__tablename__)
        found |= sealed_row(table, {name: getattr(row, name) for name in SEALED[table]})
    return found


def sealed_row(table: str, values: Mapping[str, Any]) -> dict[str, str]:
    """`sealed` of a row that no object stands for."""
    return {row_name(table, values): seal(table, values)}


def row_name(table: str, values: Mapping[str, Any]) -> str:
    """What a row is called in the ledger: `attemptresult:12/1`."""
    return f"{table}:" + "/".join(str(values[name]) for name in KEYS.get(table, ("id",)))


def seal(table: str, values: Mapping[str, Any]) -> str:
    """SHA-256 over what counts of a row."""
    parts = [plain(values[name]) for name in SEALED[table]]
    return hashlib.sha256(_line(parts).encode()).hexdigest()


def digest_of_rows(rows: Iterable[Sequence[Any]]) -> str:
    """SHA-256 over the values of several rows, in order."""
    line = json_text.dumps([[plain(value) for value in row] for row in rows], default=str)
    return hashlib.sha256(line.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as the ledger keeps it: numbers and moments as exact text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value

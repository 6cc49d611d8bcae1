"""Corrections of items after an exam: proposed with a preview, applied by a second person."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json, named


class CorrectionKind(StrEnum):
    """What is corrected."""

    VOID = "void"
    """The item is taken out of earned and possible."""
    REKEY = "re-key"
    """The item is marked by the key of another version of it."""
    REWEIGHT = "re-weight"
    """The item gets other points."""
    REMARK = "re-mark"
    """One attempt's answer is marked again by a person."""


@dataclass(frozen=True)
class Change:
    """What a correction changes for one attempt."""

    attempt_id: int
    staff_no: str
    name: str
    before: Fraction | None
    """Mark; None where every item was void."""
    after: Fraction | None
    passed_before: bool
    passed_after: bool
    kept: bool
    """Whether it would fall and the person keeps what they had."""
    granted: tuple[str, ...]
    """Codes of the qualifications given by it."""
    revoked: tuple[str, ...]
    """Numbers of the certificates revoked by it."""


def fingerprint(changes: Iterable[Change]) -> str:
    """One hash over a list of changes, so that what is applied is what was looked at."""
    lines = sorted(repr(astuple(change)) for change in changes)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Correction(SQLModel, table=True):
    """One correction; it counts from the moment a second person applied it."""

    id: int | None = Field(default=None, primary_key=True)
    exam_id: int = Field(foreign_key="exam.id", index=True)
    kind: CorrectionKind = named(CorrectionKind)
    version_id: int = Field(foreign_key="itemversion.id", index=True)
    """The item version as it stood on the forms."""
    facts: dict[str, Any] = json(dict)
    """`{"version": id}` of the new key, `{"points": "2"}`, or
    `{"attempt": id, "position": n, "share": "3/4"}`."""
    lowers: bool = False
    """Whether those whose mark falls get the lower one; otherwise they keep theirs."""
    reason: str
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime
    preview_hash: str
    """Of the list of changes the proposer saw; applied only while it is still the same."""
    applied_by: int | None = Field(default=None, foreign_key="person.id")
    applied_at: datetime | None = None
    withdrawn_at: datetime | None = None

"""Attempts and their responses: states, deadline, fencing and the chain of what was answered.

A response is inserted, never updated: the latest one of an item counts, and each carries the
hash of the one before, so that what was answered and when cannot be rearranged later.
"""

import hashlib
import json as json_text
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, Index, SQLModel, text

from certify.domain.columns import exact, json, maybe_json, named


class AttemptState(StrEnum):
    """Open until submitted by the person or by the deadline; then immutable (R-ASM-09)."""

    OPEN = "open"
    AWAITING = "awaiting-marking"
    """Submitted, and persons have still to mark some of it: outside all rates (R-ASM-10)."""
    SUBMITTED = "submitted"


class Attempt(SQLModel, table=True):
    """One sitting of one exam by one person."""

    __table_args__ = (
        Index(
            "one_open_attempt",
            "person_id",
            "exam_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    exam_id: int = Field(foreign_key="exam.id", index=True)
    course_version: str
    number: int
    """1 for the first attempt at the exam or after a pass of it, 2 and more for a retake (补考)."""
    state: AttemptState = named(AttemptState, AttemptState.OPEN)
    form: list[dict[str, Any]] = json(list)
    """Items in order, each `{"version": id, "points": "2", "seed": "…"}`."""
    seed: str
    pass_mark: Fraction = exact()
    partial_credit: Fraction = exact()
    started_at: datetime
    deadline: datetime
    submitted_at: datetime | None = None
    by_deadline: bool = False
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id", index=True)
    """The cohort in whose window it was begun."""
    break_left: int = 0
    """Seconds of break that may still be taken; the deadline moves by what is taken."""
    break_began_at: datetime | None = None
    """Since when the person is on a break; no answer is taken until it ends."""
    paused_at: datetime | None = None
    """Since when an invigilator has stopped it; its time stands and no answer is taken."""
    paused_by: int | None = Field(default=None, foreign_key="person.id")
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    """The invigilator who ended it before its time; its answers count as they stood."""
    fence: int = 1
    """Raised each time a terminal takes the attempt over; older ones may not write."""
    sequence: int = 0
    position: int = 0
    """Index of the item the person was at, counted from 0."""
    chain_head: str = ""
    earned: Fraction | None = exact()
    possible: Fraction | None = exact()
    passed: bool | None = None
    """None until there is a result, and where every item was voided."""
    fatal: bool = False
    """Whether a fatal error failed it, whatever its mark (R-SIM-05)."""
    profile: list[dict[str, Any]] = json(list)

    @property
    def is_void(self) -> bool:
        """Whether every item of it was voided: it has no result and counts nowhere (R-ASM-03)."""
        return self.state is AttemptState.SUBMITTED and self.passed is None


class Response(SQLModel, table=True):
    """One answer or flag as it was received."""

    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id")
    sequence: int = Field(primary_key=True)
    position: int
    answer: dict[str, Any] | None = maybe_json()
    flagged: bool = False
    received_at: datetime
    previous_hash: str
    hash: str
    erased_at: datetime | None = None
    """When the answer was removed with the person's data (R-FRM-05); its hash stays."""


def chain_hash(
    previous: str,
    *,
    attempt_id: int,
    sequence: int,
    position: int,
    answer: dict[str, Any] | None,
    flagged: bool,
    received_at: datetime,
) -> str:
    """The hash of a response, over itself and the hash of the one before."""
    facts = [previous, attempt_id, sequence, position, answer, flagged, received_at.isoformat()]
    line = json_text.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def first_false_response(attempt: Attempt, responses: Iterable[Response]) -> int | None:
    """The sequence number at which an attempt's chain first breaks, or None when it holds.

    An answer that was erased is believed by the hash that it left; the ones around it hold it.

    Args:
        responses: all of the attempt, in order.
    """
    previous, count = "", 0
    for count, response in enumerate(responses, start=1):
        right = chain_hash(
            previous,
            attempt_id=attempt.id or 0,
            sequence=count,
            position=response.position,
            answer=response.answer,
            flagged=response.flagged,
            received_at=response.received_at,
        )
        if response.erased_at is not None and response.answer is None:
            right = response.hash
        kept = (response.sequence, response.previous_hash, response.hash)
        if kept != (count, previous, right):
            return count
        previous = right
    if (attempt.sequence, attempt.chain_head) != (count, previous):
        return min(attempt.sequence, count) + 1
    return None

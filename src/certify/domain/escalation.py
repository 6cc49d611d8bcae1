"""When all attempts at an exam are used, the supervisor decides about one more (R-REM-01)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, SQLModel

from certify.domain.attempt import Attempt


class RetakeDecision(SQLModel, table=True):
    """What was decided about one more attempt; inserted, never changed."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    exam_id: int = Field(foreign_key="exam.id")
    granted: bool
    reason: str
    decided_by: int = Field(foreign_key="person.id")
    at: datetime


def granted_attempts(
    attempts: Sequence[Attempt], decisions: Sequence[RetakeDecision]
) -> tuple[set[int], int]:
    """Ids of the attempts that used up a grant, and how many grants are still unused.

    A grant is used by the first attempt that was started after it; one grant gives one attempt.

    Args:
        attempts: of one person at one exam since the latest pass, the oldest first.
        decisions: about the same, the oldest first.
    """
    used: set[int] = set()
    unused = 0
    for decision in decisions:
        if not decision.granted:
            continue
        later = [one.id or 0 for one in attempts if one.started_at >= decision.at]
        if (first := next((one for one in later if one not in used), None)) is not None:
            used.add(first)
        else:
            unused += 1
    return used, unused


def latest_refusal(
    attempts: Sequence[Attempt], decisions: Sequence[RetakeDecision]
) -> RetakeDecision | None:
    """The decision against one more attempt that stands: the last one since the last attempt."""
    last = max((one.started_at for one in attempts), default=None)
    since = [one for one in decisions if last is None or one.at >= last]
    return since[-1] if since and not since[-1].granted else None

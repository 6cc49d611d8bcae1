"""What to learn again after a failure, and when the retake opens (R-REM-01)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Field, SQLModel

from certify.domain.columns import json
from certify.domain.scoring import TopicResult


class RemedialAssignment(SQLModel, table=True):
    """Targeted training (补训) that a failed attempt, a grade or a verification created."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    exam_id: int = Field(foreign_key="exam.id")
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", unique=True)
    origin: str = "attempt"
    """`attempt`, `grade` (an evaluation) or `verification` (of a rectification), R-REM-05."""
    origin_id: int | None = None
    """Which evaluation or notice; None for an attempt."""
    topics: list[str] = json(list)
    assigned_at: datetime
    due_on: date
    cancelled_at: datetime | None = None
    """When a correction turned the failure into a pass."""


def topics_to_repeat(profile: Iterable[TopicResult], fatal: Iterable[str] = ()) -> list[str]:
    """Exactly the topics below the pass mark, and those of fatal errors (R-REM-01)."""
    return list(dict.fromkeys([*(result.topic for result in profile if result.below), *fatal]))


def due_day(failed_on: date, days: int) -> date:
    """The last day to finish the remedial training, inclusive."""
    return failed_on + timedelta(days=days)


@dataclass(frozen=True)
class LessonRead:
    """What remedial training needs to know of a lesson."""

    code: str
    topics: frozenset[str]
    finished_at: datetime | None


def still_to_read(
    topics: Sequence[str], assigned_at: datetime, lessons: Iterable[LessonRead]
) -> list[str]:
    """The lessons on these topics not finished again since the failure, in course order."""
    wanted = frozenset(topics)
    return [
        lesson.code
        for lesson in lessons
        if lesson.topics & wanted
        and (lesson.finished_at is None or lesson.finished_at <= assigned_at)
    ]


def still_to_practise(
    topics: Sequence[str], needed: int, items: Mapping[int, str], right: Collection[int]
) -> dict[str, int]:
    """By topic, how many practice items are still to be answered rightly; only topics with some.

    A topic with fewer items than are needed asks for all of them, so that no retake stays shut.

    Args:
        needed: items of each topic, by policy; 0 asks for none.
        items: the topic of every practice item that can be answered rightly, by item.
        right: the items answered rightly since the failure.
    """
    left = {}
    for topic in topics:
        there = [item for item, of in items.items() if of == topic]
        missing = min(needed, len(there)) - sum(item in right for item in there)
        if missing > 0:
            left[topic] = missing
    return left

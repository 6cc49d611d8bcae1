"""What an attempt gave: the points of every item, the verdict, and every later result beside it.

A result is inserted, never updated (R-ASM-09): marking, correction and re-marking add one with a
reason, and the attempt carries the newest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain import scoring
from certify.domain.columns import exact, json, named
from certify.domain.scoring import Earned, TopicResult


class ResultKind(StrEnum):
    """Why there is a result."""

    SCORED = "scored"
    """The machine marked every item at submission."""
    MARKED = "marked"
    """Persons marked what the machine cannot."""
    CORRECTED = "corrected"
    """An item was voided, got another key or other points."""
    REMARKED = "re-marked"
    """Marked again because the candidate asked (R-ASM-15)."""


class AttemptResult(SQLModel, table=True):
    """One result of one attempt."""

    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id")
    number: int = Field(primary_key=True)
    """Counted from 1; the highest is the one that counts."""
    kind: ResultKind = named(ResultKind)
    at: datetime
    earned: Fraction | None = exact()
    possible: Fraction | None = exact()
    passed: bool
    parts: list[dict[str, Any]] = json(list)
    """Every item of the form, as `Part.to_json` writes it."""
    reason: str = ""
    correction_id: int | None = Field(default=None, foreign_key="correction.id")
    """The last correction of the exam that it counts; None when there was none."""


@dataclass(frozen=True)
class Part:
    """One item of a form with what its answer earned."""

    position: int
    version: int
    """Id of the item version by which it was marked."""
    topic: str
    points: Fraction
    share: Fraction | None
    """Exact share of the points, 0 to 1; None while a person has still to mark it."""
    fatal: bool = False
    voided: bool = False
    """Taken out of earned and possible."""
    choices: tuple[str, ...] = ()
    """The options chosen, for the item analysis."""

    def to_json(self) -> dict[str, Any]:
        """The part as it is kept; numbers as exact text."""
        kept: dict[str, Any] = {
            "position": self.position,
            "version": self.version,
            "topic": self.topic,
            "points": str(self.points),
            "share": None if self.share is None else str(self.share),
        }
        kept |= {name: True for name in ("fatal", "voided") if getattr(self, name)}
        return kept | ({"choices": list(self.choices)} if self.choices else {})

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Part":
        """A part as it was kept."""
        return cls(
            position=int(kept["position"]),
            version=int(kept["version"]),
            topic=str(kept["topic"]),
            points=Fraction(kept["points"]),
            share=None if kept["share"] is None else Fraction(kept["share"]),
            fatal=bool(kept.get("fatal")),
            voided=bool(kept.get("voided")),
            choices=tuple(kept.get("choices", ())),
        )


@dataclass(frozen=True)
class Verdict:
    """What the parts of an attempt come to under its pass mark."""

    earned: Fraction
    possible: Fraction
    mark: Fraction | None
    """None when every item was voided: no result (R-ASM-03)."""
    passed: bool
    profile: Sequence[TopicResult]
    fatal_topics: tuple[str, ...]
    """Topics of the items with a fatal error, which alone fail the attempt (R-SIM-05)."""


def awaits_marking(parts: Iterable[Part]) -> bool:
    """Whether a person has still to mark something that counts (R-ASM-10)."""
    return any(part.share is None and not part.voided for part in parts)


def verdict(parts: Sequence[Part], pass_mark: Fraction) -> Verdict:
    """Mark, verdict and topic profile of fully marked parts (R-ASM-03, R-SIM-05)."""
    counted = [part for part in parts if not part.voided]
    earned = [
        Earned(
            topic=part.topic, earned=(part.share or Fraction(0)) * part.points, possible=part.points
        )
        for part in counted
    ]
    total = scoring.total(earned)
    mark = scoring.mark(*total)
    fatal = tuple(dict.fromkeys(part.topic for part in counted if part.fatal))
    return Verdict(
        earned=total[0],
        possible=total[1],
        mark=mark,
        passed=scoring.passed(mark, pass_mark) and not fatal,
        profile=scoring.topic_profile(earned, pass_mark),
        fatal_topics=fatal,
    )

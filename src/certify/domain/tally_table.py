"""Tables of the additive sums of the item analysis, kept when an attempt gets its result.

A report adds rows up and never reads responses again (R-ASM-11). A correction takes an attempt's
old rows away and adds the new ones.
"""

import hashlib
import json as json_text
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from certify.domain.attempt import Attempt
from certify.domain.result import Part
from certify.domain.tally import AttemptScores, ItemScore, tally, thousandths


class ExamTally(SQLModel, table=True):
    """How many attempts at an exam had a total."""

    exam_id: int = Field(primary_key=True, foreign_key="exam.id")
    is_first: bool = Field(primary_key=True)
    """First attempts apart from retakes, whose candidates saw items before."""
    possible: int = Field(primary_key=True)
    """Points of the form, in thousandths."""
    total: int = Field(primary_key=True)
    """Points earned, in thousandths."""
    n: int


class ItemTally(SQLModel, table=True):
    """What the attempts with a total earned at an item version by one choice.

    The key is in the order in which a report groups, and the table lies in that order.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    exam_id: int = Field(primary_key=True, foreign_key="exam.id")
    is_first: bool = Field(primary_key=True)
    possible: int = Field(primary_key=True)
    """Points of the form, in thousandths: totals compare only where they are the same."""
    version_id: int = Field(primary_key=True, foreign_key="itemversion.id")
    points: int = Field(primary_key=True)
    """Points the item could give, in thousandths."""
    choice: str = Field(primary_key=True)
    """Options chosen, joined by `+`; empty when there are none."""
    total: int = Field(primary_key=True, sa_type=BigInteger)
    n: int
    sum_x: int = Field(sa_type=BigInteger)
    """Sum of the points earned, in thousandths."""
    sum_xx: int = Field(sa_type=BigInteger)


def rows(
    attempt: Attempt, parts: Sequence[Part], *, sign: int = 1
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What one attempt adds to the sums, or with `sign=-1` takes away from them again.

    Returns:
        the columns of an `ExamTally`, and of an `ItemTally` for every item that counts.
    """
    counted = [part for part in parts if not part.voided]
    points = [thousandths(part.points) for part in counted]
    whole, items = tally(AttemptScores(tuple(map(_score, counted))))
    of_form = {
        "exam_id": attempt.exam_id,
        "is_first": attempt.number == 1,
        "possible": sum(points),
        "total": whole.total,
    }
    return of_form | {"n": sign}, [
        of_form
        | {
            "version_id": row.version,
            "points": worth,
            "choice": row.choice,
            "n": sign * row.n,
            "sum_x": sign * row.sum_x,
            "sum_xx": sign * row.sum_xx,
        }
        for row, worth in zip(items, points, strict=True)
    ]


def _score(part: Part) -> ItemScore:
    earned = thousandths((part.share or Fraction(0)) * part.points)
    return ItemScore(part.version, earned, "+".join(sorted(part.choices)))


def fingerprint(parts: Sequence[Part]) -> str:
    """One hash over all parts, for the ledger."""
    text = json_text.dumps([part.to_json() for part in parts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

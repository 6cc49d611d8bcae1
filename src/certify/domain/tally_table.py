"""Tables of the additive sums of the item analysis, kept when an attempt gets its result.

A report adds rows up and never reads responses again (R-ASM-11). A correction takes an attempt's
old rows away and adds the new ones.
"""

import hashlib
import json as json_text
from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from certify.domain.attempt import Attempt
from certify.domain.result import Part
from certify.domain.tally import thousandths


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
    """What the attempts with a total earned at an item version by one choice."""

    exam_id: int = Field(primary_key=True, foreign_key="exam.id")
    is_first: bool = Field(primary_key=True)
    version_id: int = Field(primary_key=True, foreign_key="itemversion.id")
    points: int = Field(primary_key=True)
    """Points the item could give, in thousandths."""
    total: int = Field(primary_key=True)
    choice: str = Field(primary_key=True)
    """Options chosen, joined by `+`; empty when there are none."""
    n: int
    sum_x: int = Field(sa_type=BigInteger)
    """Sum of the points earned, in thousandths."""
    sum_xx: int = Field(sa_type=BigInteger)


def rows(
    attempt: Attempt, parts: Sequence[Part], *, sign: int = 1
) -> tuple[ExamTally, list[ItemTally]]:
    """What one attempt adds to the sums, or with `sign=-1` takes away from them again."""
    counted = [part for part in parts if not part.voided]
    earned = [thousandths((part.share or Fraction(0)) * part.points) for part in counted]
    total, is_first = sum(earned), attempt.number == 1
    exam = ExamTally(
        exam_id=attempt.exam_id,
        is_first=is_first,
        possible=sum(thousandths(part.points) for part in counted),
        total=total,
        n=sign,
    )
    return exam, [
        ItemTally(
            exam_id=attempt.exam_id,
            is_first=is_first,
            version_id=part.version,
            points=thousandths(part.points),
            total=total,
            choice="+".join(sorted(part.choices)),
            n=sign,
            sum_x=sign * x,
            sum_xx=sign * x * x,
        )
        for part, x in zip(counted, earned, strict=True)
    ]


def fingerprint(parts: Sequence[Part]) -> str:
    """One hash over all parts, for the ledger."""
    text = json_text.dumps([part.to_json() for part in parts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

"""Additive sums of the item analysis, kept when an attempt gets its result (R-ASM-11).

A report adds rows up and never reads responses again. A correction takes an attempt's old rows
away and adds the new ones.
"""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


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

"""Rules of exams: how they are drawn, sat, marked, corrected and counted."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from certify.policy.section import Section, Share


class ExamPolicy(Section):
    """Exams and how they are marked."""

    pass_mark: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(85)
    """Mark one person needs, 0 to 100 (R-ASM-03); the mark in force at the start counts."""
    partial_credit: Annotated[Share, Field(ge=0, lt=1)] = Fraction(1, 2)
    """Share of the points for a multiple-choice answer that is right but incomplete (R-ASM-06)."""
    lessons_first: bool = True
    """Whether every lesson of the course must be finished before its exam opens."""
    parts_days: Annotated[int, Field(ge=1, le=730)] = 90
    """Days for which a passed part stays valid until the other parts are passed (R-ASM-05)."""
    release_without_window: bool = False
    """Whether keys and explanations of attempts outside any window are shown once they are marked;
    else only those of a cohort whose window has ended (R-ASM-12)."""


class BlueprintPolicy(Section):
    """What is expected of items that nobody has answered yet, when a blueprint is proved."""

    expected_p_easy: Annotated[Share, Field(ge=0, le=1)] = Fraction(9, 10)
    """Share of the points expected of an item whose authors call it easy (difficulty 1)."""
    expected_p_medium: Annotated[Share, Field(ge=0, le=1)] = Fraction(3, 4)
    """Share of the points expected of an item of medium difficulty (difficulty 2)."""
    expected_p_hard: Annotated[Share, Field(ge=0, le=1)] = Fraction(3, 5)
    """Share of the points expected of an item whose authors call it hard (difficulty 3)."""


class SittingPolicy(Section):
    """What happens while an exam is being sat."""

    credit_from_seconds: Annotated[int, Field(ge=1, le=3600)] = 30
    """Length of an outage of the server, in seconds, from which its time is given back."""
    beat_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    """Seconds between two signs of life of a server; how exactly an outage is known."""
    max_credit_minutes: Annotated[int, Field(ge=0, le=1440)] = 120
    """Most minutes one attempt is given back for outages; more is decided by a person."""


class MarkingPolicy(Section):
    """Essays and practicals, which persons mark (R-ASM-08)."""

    second: Literal["near", "always", "never"] = "near"
    """When a second person marks: `near` the pass mark, `always` or `never`."""
    near: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(3)
    """How close to the pass mark, in marks, the end included, needs a second person (R-ASM-08)."""
    third_beyond: Annotated[Share, Field(ge=0, le=1)] = Fraction(1, 5)
    """Share of an item's points by which two persons may differ before a third one decides."""
    remark_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    """Working days after the result within which a candidate may ask for re-marking (R-ASM-15)."""


class AnalysisPolicy(Section):
    """Item analysis: when a figure is worth a flag (R-ASM-11)."""

    min_n: Annotated[int, Field(ge=2, le=10000)] = 20
    """Answers an item needs before it is flagged."""
    p_low: Annotated[Share, Field(ge=0, le=1)] = Fraction(3, 10)
    """Difficulty index below which an item counts as too hard."""
    p_high: Annotated[Share, Field(ge=0, le=1)] = Fraction(95, 100)
    """Difficulty index above which an item counts as too easy."""
    d_low: Annotated[Share, Field(ge=-1, le=1)] = Fraction(1, 5)
    """Discrimination below which an item hardly tells strong from weak."""
    group_share: Annotated[Share, Field(gt=0, le=Fraction(1, 2))] = Fraction(27, 100)
    """Share of the candidates in the upper and in the lower group."""


class CohortPolicy(Section):
    """Pass rate of persons counted together, never to be mixed up with the pass mark."""

    target: Annotated[Share, Field(ge=0, le=1)] = Fraction(85, 100)
    """Share of those counted that must pass (R-ASM-04)."""


class PracticePolicy(Section):
    """Practice between exams, with items that no exam draws."""

    per_session: Annotated[int, Field(ge=1, le=100)] = 10
    """Items in one round of practice."""
    new_per_session: Annotated[int, Field(ge=0, le=100)] = 6
    """Most items in one round that the person never practised before."""
    retention: Annotated[Share, Field(ge=Fraction(1, 2), lt=1)] = Fraction(9, 10)
    """Probability of recall at which an item comes back (FSRS)."""


class RetakePolicy(Section):
    """What follows a failed attempt."""

    max_attempts: Annotated[int, Field(ge=1, le=20)] = 3
    """Attempts at one exam within `within_days`; then a supervisor decides (R-REM-01)."""
    within_days: Annotated[int, Field(ge=1, le=730)] = 90
    """Length of the period in which attempts are counted, in days (R-REM-01)."""
    remedial_days: Annotated[int, Field(ge=1, le=180)] = 14
    """Days to finish the remedial training after a failure (R-REM-01)."""
    max_overlap: Annotated[Share, Field(ge=0, le=1)] = Fraction(3, 10)
    """Share of a retake's items that may have stood on earlier forms of the person (R-REM-03);
    where the bank is too small for that, the least seen items are used and it is said."""
    practice_right: Annotated[int, Field(ge=0, le=50)] = 0
    """Practice items of each topic to be learnt again that must be answered rightly after a failure
    before the retake opens; 0 asks for none. A topic with fewer items asks for all of them."""

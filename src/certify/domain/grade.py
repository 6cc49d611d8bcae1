"""The four grades and the bands of scores they stand for (R-EVA-05, S3-EV-06)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from certify.policy import GradePolicy


class Grade(StrEnum):
    """优秀, 良好, 一般, 不合格; the best one first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    UNQUALIFIED = "unqualified"

    @property
    def rank(self) -> int:
        """3 for the best, 0 for the worst."""
        return _RANKS[self]

    def reaches(self, other: "Grade | str") -> bool:
        """Whether this grade is as good as another one or better."""
        return self.rank >= Grade(other).rank


_RANKS = {one: place for place, one in enumerate(reversed(Grade))}


def grade(score: Fraction, policy: GradePolicy) -> Grade:
    """The grade of a score from 0 to 100, by lower bounds that belong to the upper grade.

    The unrounded score decides, unless the policy says `half_up` (R-EVA-05).

    Raises:
        ValueError: the score is not between 0 and 100.
    """
    if not 0 <= score <= 100:
        raise ValueError(f"{score} is not between 0 and 100")
    counted = half_up(score) if policy.rounding == "half_up" else score
    for bound, found in _bounds(policy):
        if counted >= bound:
            return found
    return Grade.UNQUALIFIED


def half_up(score: Fraction) -> Fraction:
    """A score rounded to a whole number, a half upwards: 79.5 gives 80."""
    return Fraction((2 * score + 1) // 2)


@lru_cache(maxsize=32)
def _bounds(policy: GradePolicy) -> tuple[tuple[Fraction, Grade], ...]:
    """The lowest score of each grade but the worst, the best first."""
    return (
        (Fraction(policy.excellent_from), Grade.EXCELLENT),
        (Fraction(policy.good_from), Grade.GOOD),
        (Fraction(policy.fair_from), Grade.FAIR),
    )


@dataclass(frozen=True)
class Band:
    """One grade from a score on, up to another one that is not in it; the uppermost holds 100."""

    grade: Grade
    lower: Decimal
    upper: Decimal


def bands(policy: GradePolicy) -> tuple[Band, ...]:
    """The bands, the best first; they cover 0 to 100 without gap or overlap."""
    bounds = (policy.excellent_from, policy.good_from, policy.fair_from, Decimal(0))
    uppers = (Decimal(100), *bounds)
    return tuple(
        Band(one, lower, upper) for one, lower, upper in zip(Grade, bounds, uppers, strict=False)
    )


def counted(grades: Iterable[Grade]) -> Mapping[Grade, int]:
    """How often each grade was given, the best first."""
    every = list(grades)
    return {one: every.count(one) for one in Grade}

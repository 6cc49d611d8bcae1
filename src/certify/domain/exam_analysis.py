"""Figures of a whole exam: reliability, error of measurement, trust in the verdicts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from certify.domain.decision_consistency import Decisions, decision_consistency
from certify.domain.tally import ExamSums, ItemSums, TotalTally, exam_sums


class Missing(StrEnum):
    """Why a figure is not there."""

    TOO_FEW = "too-few"
    """Fewer attempts than the policy's minimum: the figure would only look precise."""
    NO_SPREAD = "no-spread"
    """Everybody has the same total."""
    ONE_ITEM = "one-item"
    """Reliability is agreement between items; it takes two."""
    UNEQUAL_FORMS = "unequal-forms"
    """Forms drawn at random differ so much in difficulty that alpha would be above 1."""
    NOT_RELIABLE = "not-reliable"
    """Alpha is 0 or less, or exactly 1, or the totals hardly differ: there is no distribution of
    true scores to estimate."""


@dataclass(frozen=True)
class ExamAnalysis:
    """The figures of one exam; totals, deviations and errors in thousandths of a point."""

    n: int
    possible: int
    items: Fraction
    """Mean number of items on a form."""
    mean: Fraction | None
    deviation: float | None
    """Population standard deviation of the totals."""
    alpha: float | None
    """Cronbach's alpha; with 0/1 items it is KR-20."""
    standard_error: float | None
    """Standard error of measurement."""
    near_cut: int | None
    """Attempts whose total lies within one standard error of the pass mark, ends included."""
    decisions: Decisions | None
    missing: Missing | None
    """Why alpha and all that rests on it are None; None when alpha is there."""
    decisions_missing: Missing | None


def cronbach_alpha(exam: ExamSums, items: Iterable[ItemSums]) -> Fraction | None:
    """Cronbach's (1951) alpha, exact; KR-20 (Kuder and Richardson 1937) when items are 0/1.

    Forms may be drawn at random: an item's variance, among those who had it, counts with the
    share of forms it stood on, and k is the mean number of items on a form. When all forms hold
    the same items this is the textbook formula. Forms are taken to be equally hard: where they
    are not, their differences pass for reliability, and above 1 the figure says nothing. None
    below two items or without spread.
    """
    spread = exam.n * exam.sum_tt - exam.sum_t**2
    count, within = Fraction(0), Fraction(0)
    for item in items:
        if item.n > 0:
            count += Fraction(item.n, exam.n)
            within += Fraction(item.n * item.sum_xx - item.sum_x**2, item.n)
    if count <= 1 or spread <= 0:
        return None
    return count / (count - 1) * (1 - within * exam.n / spread)


def _why_missing(n: int, min_n: int, spread: int, alpha: Fraction | None) -> Missing | None:
    if n < min_n or n == 0:
        return Missing.TOO_FEW
    if spread == 0:
        return Missing.NO_SPREAD
    if alpha is None:
        return Missing.ONE_ITEM
    return Missing.UNEQUAL_FORMS if alpha > 1 else None


def analyse_exam(
    totals: Sequence[TotalTally],
    items: Sequence[ItemSums],
    *,
    possible: int,
    cut: Fraction,
    min_n: int,
) -> ExamAnalysis:
    """The figures of one exam.

    Args:
        totals: how many attempts ended with which total.
        items: the sums of every item version that stood on a form.
        possible: what could be earned on a form, in thousandths.
        cut: the pass mark as a share, 0 to 1.
        min_n: attempts below which alpha and all that rests on it are left out.
    """
    exam = exam_sums(totals, possible)
    n = exam.n
    spread = n * exam.sum_tt - exam.sum_t**2
    deviation = math.sqrt(spread) / n if n > 0 else None
    alpha = cronbach_alpha(exam, items) if n > 0 else None
    missing = _why_missing(n, min_n, spread, alpha)
    error, near, decisions = None, None, None
    if missing is None and alpha is not None and deviation is not None:
        error = deviation * math.sqrt(1 - alpha)
        near = sum(one.n for one in totals if abs(one.total - cut * possible) <= error)
        decisions = decision_consistency(
            totals, possible=possible, reliability=float(alpha), cut=cut
        )
    return ExamAnalysis(
        n=n,
        possible=possible,
        items=sum((Fraction(item.n, n) for item in items), Fraction(0)) if n > 0 else Fraction(0),
        mean=Fraction(exam.sum_t, n) if n > 0 else None,
        deviation=deviation,
        alpha=None if missing or alpha is None else float(alpha),
        standard_error=error,
        near_cut=near,
        decisions=decisions,
        missing=missing,
        decisions_missing=missing or (None if decisions else Missing.NOT_RELIABLE),
    )

"""How far the verdicts of one sitting can be trusted (Livingston and Lewis 1995).

The exam is put in the place of a test of as many 0/1 items as give the same reliability, its
effective length. True scores are taken to follow a beta distribution with four parameters, fitted
to the moments (Lord 1965; Hanson 1991), and scores on a parallel form a binomial around them.
From this follow how often two parallel forms would agree (consistency), how often a form agrees
with the true score (accuracy), and kappa, the consistency beyond chance.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.tally import TotalTally, exam_sums

LONGEST = 100_000
"""Most items of an effective length: a longer one means totals that hardly differ, not an exam."""


@dataclass(frozen=True)
class TrueScores:
    """A beta distribution of true scores on the scale 0 to 1."""

    alpha: float
    beta: float
    low: float
    high: float


@dataclass(frozen=True)
class Decisions:
    """Shares between 0 and 1, as estimated for a form parallel to the one sat."""

    accuracy: float
    """The verdict is the one the true score deserves."""
    consistency: float
    """Two parallel forms give the same verdict."""
    kappa: float | None
    """Consistency beyond chance; None when practically everybody would get the same verdict."""
    passing: float
    """Share that would pass."""
    length: int
    """Effective test length."""
    true_scores: TrueScores


def effective_length(mean: float, variance: float, reliability: float) -> float:
    """Number of 0/1 items with the same reliability; mean and variance on the scale 0 to 1."""
    return (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))


def true_moments(totals: Sequence[TotalTally], possible: int, length: int) -> list[float]:
    """Mean, variance, skewness and kurtosis of the true scores on the scale 0 to 1.

    The r-th moment of the true score is the r-th factorial moment of the observed one over that
    of the length (Lord 1965). A length below 4 gives fewer figures.
    """
    n = sum(one.n for one in totals)
    raw = [1.0]
    for order in range(1, min(4, length) + 1):
        factorial = sum(
            one.n * math.prod(one.total * length - step * possible for step in range(order))
            for one in totals
        )
        raw.append(float(Fraction(factorial, n * possible**order * math.perm(length, order))))
    mean, figures = raw[1], raw[1:2]
    if len(raw) > 2:
        figures.append(raw[2] - mean**2)
    if len(raw) > 3 and figures[1] > 0:
        third = raw[3] - 3 * mean * raw[2] + 2 * mean**3
        figures.append(third / figures[1] ** 1.5)
    if len(raw) > 4 and figures[1] > 0:
        fourth = raw[4] - 4 * mean * raw[3] + 6 * mean**2 * raw[2] - 3 * mean**4
        figures.append(fourth / figures[1] ** 2)
    return figures


def _four(mean: float, variance: float, skewness: float, kurtosis: float) -> TrueScores | None:
    """The beta distribution with these moments, if there is one within 0 to 1."""
    bottom = 6 + 3 * skewness**2 - 2 * kurtosis
    if bottom <= 0 or (both := 6 * (kurtosis - skewness**2 - 1) / bottom) <= 0:
        return None
    root = math.sqrt(skewness**2 * (both + 2) ** 2 + 16 * (both + 1))
    lean = (both + 2) * skewness / root
    alpha, beta = both / 2 * (1 - lean), both / 2 * (1 + lean)
    width = math.sqrt(variance) * root / 2
    low = mean - width * alpha / both
    fits = alpha > 0 and beta > 0 and low >= 0 and low + width <= 1
    return TrueScores(alpha, beta, low, low + width) if fits else None


def _three(mean: float, variance: float, skewness: float) -> TrueScores | None:
    """The one with upper limit 1 and this mean, variance and skewness."""
    apart = (1 - mean) / math.sqrt(variance)
    if 2 * apart <= skewness:
        return None
    ratio = (2 * apart + skewness * apart**2) / (2 * apart - skewness)
    if ratio <= 0 or (both := apart**2 / ratio - 1) <= 0:
        return None
    alpha = both / (1 + ratio)
    low = 1 - (1 - mean) * both / (ratio * alpha)
    return TrueScores(alpha, ratio * alpha, low, 1.0) if low >= 0 else None


def _two(mean: float, variance: float) -> TrueScores | None:
    """The one from 0 to 1 with this mean and variance."""
    both = mean * (1 - mean) / variance - 1
    return TrueScores(mean * both, (1 - mean) * both, 0.0, 1.0) if both > 0 else None


def fit(moments: Sequence[float]) -> TrueScores | None:
    """The beta distribution that keeps as many moments as limits within 0 to 1 allow.

    Four first; then the upper limit is set to 1, then the lower to 0. None without variance.
    """
    if len(moments) < 2 or moments[1] <= 0 or not 0 < moments[0] < 1:
        return None
    fitted = _four(*moments) if len(moments) == 4 else None
    if fitted is None and len(moments) > 2:
        fitted = _three(*moments[:3])
    return fitted or _two(*moments[:2])


def _expectation(
    scores: TrueScores, value: Callable[[float], float], low: float, high: float
) -> float:
    """Integral of a value over the true scores between two of them.

    Each half is measured from its own end, and a density that is infinite there (parameter below
    1) is flattened by the substitution x = v^(1/parameter). The integral is cut around the mean,
    so that a narrow peak is not overlooked.
    """
    from mpmath import fp  # a tenth of a second that only this part of a report needs

    width, both = scores.high - scores.low, scores.alpha + scores.beta
    begin, end = (min(1.0, max(0.0, (at - scores.low) / width)) for at in (low, high))
    scale = math.lgamma(both) - math.lgamma(scores.alpha) - math.lgamma(scores.beta)
    spread = math.sqrt(scores.alpha * scores.beta / (both + 1)) / both

    def half(own: float, other: float, start: float, stop: float, rising: bool) -> float:
        power = min(own, 1.0)

        def density(v: float) -> float:
            x = v ** (1 / power)
            if not 0 < x < 1:
                return 0.0
            at = scores.low + width * x if rising else scores.high - width * x
            log = scale + (own - power) * math.log(x) + (other - 1) * math.log1p(-x)
            return value(at) * math.exp(log) / power

        peak = [own / both + step * spread for step in (-8, -2, 0, 2, 8)]
        cuts = [start, *(x for x in peak if start < x < stop), stop]
        return float(fp.quad(density, [x**power for x in cuts])) if start < stop else 0.0

    below = half(scores.alpha, scores.beta, begin, min(end, 0.5), rising=True)
    above = half(scores.beta, scores.alpha, 1 - end, 1 - max(begin, 0.5), rising=False)
    return below + above


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function, by DLMF 8.17.8: all terms of the series are positive.

    Its counterpart in mpmath is either wrong near 1 (`fp.betainc`, by up to 0.35) or takes a
    fifth of a second for one exam (`mp.betainc`).
    """
    term = total = 1.0
    step = 0
    while term > 1e-17 * total:
        term *= (a + b + step) / (a + 1 + step) * x
        total += term
        step += 1
    log = a * math.log(x) + b * math.log1p(-x)
    return total * math.exp(log + math.lgamma(a + b) - math.lgamma(a + 1) - math.lgamma(b))


def at_least(needed: float, length: int, true: float) -> float:
    """Chance of at least so many of the items right, at a true score between 0 and 1.

    Where `needed` is no whole number, the binomial tail is continued between its neighbours by
    the incomplete beta function, which equals it at whole numbers.
    """
    if needed <= 0 or true >= 1:
        return 1.0
    if true <= 0:
        return 0.0
    other = length - needed + 1
    if true > (needed + 1) / (length + 3):
        return 1 - _incomplete_beta(other, needed, 1 - true)
    return _incomplete_beta(needed, other, true)


def decisions(scores: TrueScores, length: int, cut: Fraction) -> Decisions:
    """What a test of so many 0/1 items would decide at a cut, given as a share.

    Passing takes at least cut × length items, not rounded: rounding would move the cut.
    """
    needed = float(cut * length)

    def chance(true: float) -> float:
        return at_least(needed, length, true)

    def squared(true: float) -> float:
        return chance(true) ** 2

    at = float(cut)
    rightly = _expectation(scores, chance, at, 1.0)
    wrongly = _expectation(scores, chance, 0.0, at)
    twice = _expectation(scores, squared, at, 1.0) + _expectation(scores, squared, 0.0, at)
    deserving = _expectation(scores, lambda _: 1.0, at, 1.0)
    passing = rightly + wrongly
    consistency = 1 - 2 * (passing - twice)
    by_chance = passing**2 + (1 - passing) ** 2
    return Decisions(
        accuracy=1 - deserving + rightly - wrongly,
        consistency=consistency,
        kappa=(consistency - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-9 else None,
        passing=passing,
        length=length,
        true_scores=scores,
    )


def decision_consistency(
    totals: Sequence[TotalTally], *, possible: int, reliability: float, cut: Fraction
) -> Decisions | None:
    """Livingston and Lewis's figures for an exam; None when nothing can be fitted.

    Args:
        totals: how many attempts ended with which total.
        possible: what could be earned, in the unit of the totals.
        reliability: alpha; only one between 0 and 1 can be used.
        cut: the pass mark as a share, 0 to 1.
    """
    exam = exam_sums(totals, possible)
    spread = exam.n * exam.sum_tt - exam.sum_t**2
    if not 0 < reliability < 1 or spread <= 0:
        return None
    mean = Fraction(exam.sum_t, exam.n * possible)
    variance = Fraction(spread, (exam.n * possible) ** 2)
    length = round(effective_length(float(mean), float(variance), reliability))
    if not 2 <= length <= LONGEST:
        return None
    fitted = fit(true_moments(totals, possible, length))
    return decisions(fitted, length, cut) if fitted else None

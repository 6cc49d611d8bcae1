"""Item analysis (题目分析) by classical test theory, from the sums of `tally` (R-ASM-11).

Variances are population variances (divided by n) throughout. Sums are whole numbers and shares
are fractions; only a square root makes a floating-point number. What is undefined is None, never
0: when everybody earns the same, no figure can say how the item separates people.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Protocol

from certify.domain.tally import ChoiceSums, ItemSums

TWO_SIDED_95 = NormalDist().inv_cdf(0.975)


class Thresholds(Protocol):
    """The company's values at which an item is flagged; the section `analysis` of the policy."""

    @property
    def min_n(self) -> int:
        """Attempts below which figures are shown without a flag."""

    @property
    def p_low(self) -> Fraction:
        """An item with a smaller p is flagged as hard."""

    @property
    def p_high(self) -> Fraction:
        """An item with a larger p is flagged as easy."""

    @property
    def d_low(self) -> Fraction:
        """An item with a smaller upper-lower D is flagged as not separating."""


class Flag(StrEnum):
    """A reason to look at an item again; never a verdict on it."""

    HARD = "hard"
    EASY = "easy"
    LOW_D = "low-d"
    KEY = "key-suspected"
    """The key may be wrong; the rule is that of `key_suspected`."""
    UNUSED = "distractor-never-chosen"


@dataclass(frozen=True)
class Interval:
    """A 95 % confidence interval."""

    low: float
    high: float


@dataclass(frozen=True)
class OptionAnalysis:
    """One line of the distractor table."""

    option: str
    """Empty for those who chose nothing."""
    is_key: bool
    n: int
    share: Fraction
    """Of all who had the item; with several right options the shares may add up to more than 1."""
    mean_total: Fraction | None
    """Mean total of those who chose it, in thousandths of a point; None when nobody did."""
    upper_share: Fraction | None
    """Share of the exam's upper group that chose it; None when nobody of the group had the item."""
    lower_share: Fraction | None
    option_rest: float | None
    """Correlation of choosing it with the points on all other items."""


@dataclass(frozen=True)
class ItemAnalysis:
    """The figures of one item version in one exam."""

    version: int
    n: int
    enough: bool
    """Whether n reaches the policy's minimum; if not, no flag is raised."""
    p: Fraction | None
    """Difficulty index (难度): mean share of the points; with 0/1 items the proportion right."""
    p_interval: Interval | None
    item_rest: float | None
    """Correlation of the item with the points on all other items (Moodle's discrimination)."""
    item_rest_interval: Interval | None
    upper_lower_d: Fraction | None
    """Discrimination (区分度) D: p of the upper group minus p of the lower group."""
    options: tuple[OptionAnalysis, ...]
    """Empty when the item is not of a choice type."""
    flags: tuple[Flag, ...]


def correlation(covariance: int, variance_a: int, variance_b: int) -> float | None:
    """Pearson's r from n²-fold moments; None when one side does not vary."""
    if variance_a <= 0 or variance_b <= 0:
        return None
    return max(-1.0, min(1.0, covariance / math.sqrt(variance_a * variance_b)))


def wilson(share: Fraction, n: int) -> Interval:
    """The interval of a share (Wilson 1927); with part marks it is wider than it need be."""
    z, p = TWO_SIDED_95, float(share)
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def fisher(r: float, n: int) -> Interval | None:
    """The interval of a correlation by Fisher's z (1921); None below four pairs or at ±1."""
    if n < 4 or abs(r) >= 1:
        return None
    half = TWO_SIDED_95 / math.sqrt(n - 3)
    return Interval(math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))


def _rest_variance(item: ItemSums) -> int:
    """n² × the variance of the points on all other items."""
    rest_squares = item.sum_tt - 2 * item.sum_xt + item.sum_xx
    return item.n * rest_squares - (item.sum_t - item.sum_x) ** 2


def item_rest(item: ItemSums) -> float | None:
    """Correlation of the item with the rest; None when either is the same for everybody."""
    n, sum_x = item.n, item.sum_x
    covariance = n * (item.sum_xt - item.sum_xx) - sum_x * (item.sum_t - sum_x)
    return correlation(covariance, n * item.sum_xx - sum_x**2, _rest_variance(item))


def option_rest(item: ItemSums, chosen: ChoiceSums) -> float | None:
    """Point-biserial correlation of choosing an option with the rest."""
    covariance = item.n * (chosen.sum_t - chosen.sum_x) - chosen.n * (item.sum_t - item.sum_x)
    return correlation(covariance, chosen.n * (item.n - chosen.n), _rest_variance(item))


def upper_lower_d(item: ItemSums) -> Fraction | None:
    """D; None when item or total is the same for everybody, or a group never had the item."""
    same_item = item.n * item.sum_xx == item.sum_x**2
    same_total = item.n * item.sum_tt == item.sum_t**2
    if same_item or same_total or not item.upper_n or not item.lower_n:
        return None
    return (item.upper_x / item.upper_n - item.lower_x / item.lower_n) / item.points


def _by_option(item: ItemSums, options: Iterable[str]) -> dict[str, ChoiceSums]:
    """The sums of each single option: `a+c` counts for `a` and for `c`."""
    sums = {option: ChoiceSums() for option in options}
    for choice, chosen in item.choices.items():
        for option in choice.split("+"):
            sums[option] = sums.get(option, ChoiceSums()) + chosen
    return sums


def _option(
    item: ItemSums, option: str, chosen: ChoiceSums, key: Collection[str]
) -> OptionAnalysis:
    return OptionAnalysis(
        option=option,
        is_key=option in key,
        n=chosen.n,
        share=Fraction(chosen.n, item.n),
        mean_total=Fraction(chosen.sum_t, chosen.n) if chosen.n else None,
        upper_share=chosen.upper_n / item.upper_n if item.upper_n else None,
        lower_share=chosen.lower_n / item.lower_n if item.lower_n else None,
        option_rest=option_rest(item, chosen),
    )


def key_suspected(options: Iterable[OptionAnalysis], rest: float | None) -> bool:
    """Whether the key may be wrong.

    It may when more of the upper group chose some wrong option than chose some right one, or when
    the item runs against the rest of the exam (item-rest below 0) while a wrong option runs with
    it (option-rest above 0). Leaving the item out is not a wrong option.
    """
    chosen = [one for one in options if one.option]
    keys = [one.upper_share for one in chosen if one.is_key and one.upper_share is not None]
    wrong = [one for one in chosen if not one.is_key]
    if keys and any(one.upper_share is not None and one.upper_share > min(keys) for one in wrong):
        return True
    against = rest is not None and rest < 0
    return against and any(one.option_rest is not None and one.option_rest > 0 for one in wrong)


def _flags(
    p: Fraction,
    d: Fraction | None,
    rest: float | None,
    options: Collection[OptionAnalysis],
    limits: Thresholds,
) -> Iterable[Flag]:
    if p < limits.p_low:
        yield Flag.HARD
    if p > limits.p_high:
        yield Flag.EASY
    if d is not None and d < limits.d_low:
        yield Flag.LOW_D
    if key_suspected(options, rest):
        yield Flag.KEY
    if any(not one.is_key and one.option and one.n == 0 for one in options):
        yield Flag.UNUSED


def analyse_item(
    item: ItemSums,
    limits: Thresholds,
    options: Iterable[str] = (),
    key: Collection[str] = (),
) -> ItemAnalysis:
    """The figures and flags of one item version.

    Args:
        item: its sums.
        limits: the policy's section `analysis`.
        options: all options it offers, in order; none when it is not of a choice type.
        key: the right ones among them.
    """
    n, enough = item.n, item.n >= limits.min_n
    p = Fraction(item.sum_x, n * item.points) if n and item.points else None
    rest, d = item_rest(item), upper_lower_d(item) if p is not None else None
    table: tuple[OptionAnalysis, ...] = ()
    if n and (offered := tuple(options)):
        sums = _by_option(item, offered)
        table = tuple(_option(item, option, one, key) for option, one in sums.items())
    return ItemAnalysis(
        version=item.version,
        n=n,
        enough=enough,
        p=p,
        p_interval=wilson(p, n) if p is not None else None,
        item_rest=rest,
        item_rest_interval=fisher(rest, n) if rest is not None else None,
        upper_lower_d=d,
        options=table,
        flags=tuple(_flags(p, d, rest, table, limits)) if enough and p is not None else (),
    )

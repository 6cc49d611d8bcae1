"""From raw values to the measured score of a person (R-EVA-02)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.indicator_scheme import Indicator, IndicatorScheme, TableForm


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """What one indicator came to."""

    code: str
    value: Fraction | None
    """None: not applicable, or not measured."""
    score: Fraction | None
    """0 to 100; None without a value."""
    weight: Fraction
    """Of 100, after the weight of what has no value was spread; 0 for that itself."""
    is_measured: bool
    """Whether somebody said what it is; not applicable is said, too."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The measured score with everything it was made of."""

    score: Fraction | None
    """None where nothing was applicable: never 0 for want of values."""
    parts: tuple[IndicatorResult, ...]


def indicator_score(indicator: Indicator, value: Fraction) -> Fraction:
    """The score of a raw value, 0 to 100, by the table of the indicator.

    Raises:
        ValueError: there can be no such value.
    """
    if value < indicator.least or (indicator.most is not None and value > indicator.most):
        raise ValueError(f"{indicator.code}: {value} is out of range")
    rows = indicator.table.rows
    if value >= rows[-1][0]:
        return rows[-1][1]
    if indicator.table.form is TableForm.STEP:
        if indicator.lower_is_better:
            return rows[bisect_left(rows, value, key=_value)][1]
        return rows[bisect_right(rows, value, key=_value) - 1][1]
    above = bisect_right(rows, value, key=_value)
    (low, from_), (high, to) = rows[above - 1], rows[above]
    return from_ + (to - from_) * (value - low) / (high - low)


def measured(scheme: IndicatorScheme, values: Mapping[str, Fraction | None]) -> Measured:
    """The measured score: the mean of the indicators' scores by weight.

    What has no value leaves its weight to the rest, in their proportion.

    Args:
        values: raw value by indicator; None where it is not applicable, left out where nobody
            said what it is.
    Raises:
        ValueError: there can be no such value.
    """
    scored = [
        (one, value, None if value is None else indicator_score(one, value))
        for one in scheme.indicators
        for value in (values.get(one.code),)
    ]
    known = [(one.share, score) for one, _value, score in scored if score is not None]
    left = sum((weight for weight, _score in known), Fraction(0))
    total = sum((weight * score for weight, score in known), Fraction(0))
    each = 100 / left if left else Fraction(0)
    parts = tuple(
        IndicatorResult(
            code=one.code,
            value=value,
            score=score,
            weight=Fraction(0) if score is None else one.share * each,
            is_measured=one.code in values,
        )
        for one, value, score in scored
    )
    return Measured(total / left if left else None, parts)


def _value(row: tuple[Fraction, Fraction]) -> Fraction:
    return row[0]

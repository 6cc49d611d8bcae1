"""Indicator schemes: what is measured at work, with weights and tables of points (R-EVA-01).

A plugin gives a scheme; the policy may weigh its indicators anew and give them other tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from certify.errors import BadInput
from certify.i18n import _
from certify.policy import EvaluationPolicy

WHOLE = Decimal(100)
"""What the weights of a scheme sum to."""


class TableForm(StrEnum):
    """How scores lie between the rows of a table."""

    LINEAR = "linear"
    """On the straight line from row to row."""
    STEP = "step"
    """A value that reaches a row has its score; a boundary belongs to the better side."""


@dataclass(frozen=True)
class ScoringTable:
    """From a raw value to a score of 0 to 100."""

    rows: tuple[tuple[Fraction, Fraction], ...]
    """Raw value and score, by rising value."""
    form: TableForm = TableForm.LINEAR

    @classmethod
    def of(cls, *rows: tuple[int | str, int | str], form: TableForm) -> "ScoringTable":
        """A table of numbers as they are written."""
        return cls(tuple((Fraction(value), Fraction(score)) for value, score in rows), form)


@dataclass(frozen=True)
class Indicator:
    """One thing that is measured."""

    code: str
    title: Mapping[str, str]
    """By language."""
    unit: Mapping[str, str]
    weight: Decimal
    """Of 100 in the scheme."""
    table: ScoringTable
    lower_is_better: bool = False
    """As with times and rates of faults."""
    least: Fraction = Fraction(0)
    """Smallest raw value there can be."""
    most: Fraction | None = None
    """Largest one; None where there is none: above its last row a table stays as it ends."""

    def __post_init__(self) -> None:
        _check_table(self)

    @cached_property
    def share(self) -> Fraction:
        """The weight as an exact number."""
        return Fraction(self.weight)

    @property
    def is_rate(self) -> bool:
        """Whether it runs to 100, so that it may come as numerator and denominator."""
        return self.most == 100


@dataclass(frozen=True)
class IndicatorScheme:
    """Indicators whose weights sum to exactly 100."""

    name: str
    """Such as `seven-indicators`; periods and the policy name it."""
    title: Mapping[str, str]
    indicators: tuple[Indicator, ...]

    def __post_init__(self) -> None:
        codes = [one.code for one in self.indicators]
        if len(codes) != len(set(codes)):
            raise BadInput(_("A scheme names an indicator twice."), place=self.name)
        total = sum((one.weight for one in self.indicators), Decimal(0))
        if any(one.weight < 0 for one in self.indicators) or total != WHOLE:
            raise BadInput(
                _("The weights sum to {total}, not to 100.").format(total=total),
                place=self.name,
                mend=_("Weights are 0 or more and sum to exactly 100."),
            )

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicators in their order."""
        return tuple(one.code for one in self.indicators)

    def to_json(self) -> dict[str, Any]:
        """All of it as plain JSON values, numbers as exact text."""
        return {
            "name": self.name,
            "title": dict(self.title),
            "indicators": [
                {
                    "code": one.code,
                    "title": dict(one.title),
                    "unit": dict(one.unit),
                    "weight": str(one.weight),
                    "form": one.table.form.value,
                    "rows": [[str(value), str(score)] for value, score in one.table.rows],
                    "lower_is_better": one.lower_is_better,
                    "least": str(one.least),
                    "most": None if one.most is None else str(one.most),
                }
                for one in self.indicators
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "IndicatorScheme":
        """What `to_json` wrote."""
        return cls(kept["name"], kept["title"], tuple(map(_indicator, kept["indicators"])))


def adapted(scheme: IndicatorScheme, policy: EvaluationPolicy) -> IndicatorScheme:
    """A scheme with the weights and tables that the policy gives it.

    Raises:
        BadInput: they do not fit its indicators, or the weights do not sum to 100.
    """
    place = f"evaluation.weights.{scheme.name}"
    weights = policy.weights.get(scheme.name) or {one.code: one.weight for one in scheme.indicators}
    _check_names(scheme, weights, place)
    if missing := [code for code in scheme.codes if code not in weights]:
        raise BadInput(
            _("Indicators without a weight: {codes}.").format(codes=", ".join(missing)),
            place=place,
            mend=_("Give every indicator of the scheme a weight; 0 leaves it out."),
        )
    tables = policy.tables.get(scheme.name, {})
    _check_names(scheme, tables, f"evaluation.tables.{scheme.name}")
    changed = []
    for one in scheme.indicators:
        rows = tables.get(one.code)
        table = replace(one.table, rows=_rows(rows)) if rows else one.table
        changed.append(replace(one, weight=weights[one.code], table=table))
    return replace(scheme, indicators=tuple(changed))


def _check_names(scheme: IndicatorScheme, named: Mapping[str, object], place: str) -> None:
    if unknown := [code for code in named if code not in scheme.codes]:
        raise BadInput(
            _("The scheme has no indicator {codes}.").format(codes=", ".join(unknown)),
            place=place,
            mend=_("Possible: {values}").format(values=", ".join(scheme.codes)),
        )


def _check_table(one: Indicator) -> None:
    rows = one.table.rows
    values, scores = [value for value, _score in rows], [score for _value, score in rows]
    if not rows or any(low >= high for low, high in pairwise(values)):
        raise BadInput(
            _("The values of a scoring table must rise from row to row."), place=one.code
        )
    if not all(0 <= score <= 100 for score in scores):
        raise BadInput(_("The scores of a scoring table lie from 0 to 100."), place=one.code)
    steps = pairwise(reversed(scores) if one.lower_is_better else scores)
    if any(worse > better for worse, better in steps):
        raise BadInput(
            _("A better value must never score less: the table is not monotone."), place=one.code
        )
    if values[0] != one.least or (one.most is not None and values[-1] != one.most):
        most = "…" if one.most is None else one.most
        raise BadInput(
            _("The table must cover every value from {least} to {most}.").format(
                least=one.least, most=most
            ),
            place=one.code,
            mend=_("Begin it at the least value and end it at the greatest."),
        )


def _rows(rows: Sequence[tuple[Decimal, Decimal]]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(value), Fraction(score)) for value, score in rows)


def _indicator(kept: Mapping[str, Any]) -> Indicator:
    rows = tuple((Fraction(value), Fraction(score)) for value, score in kept["rows"])
    return Indicator(
        code=kept["code"],
        title=kept["title"],
        unit=kept["unit"],
        weight=Decimal(kept["weight"]),
        table=ScoringTable(rows, TableForm(kept["form"])),
        lower_is_better=kept["lower_is_better"],
        least=Fraction(kept["least"]),
        most=None if kept["most"] is None else Fraction(kept["most"]),
    )

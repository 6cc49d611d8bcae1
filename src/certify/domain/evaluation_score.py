"""The final score and the grade of one person in one period (R-EVA-04, -05, -07, -11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from certify.domain.evaluation import RaterType
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.grade import Grade, grade
from certify.domain.indicator_score import IndicatorResult, Measured, measured
from certify.domain.rater_mix import Absent, Mix, MixPart, Ratings, rater_mix
from certify.policy import GradePolicy


class Why(StrEnum):
    """Why there is no grade, or why it is lower than the score says."""

    TRAINEE = "trainee"
    FEW_DAYS = "few-days"
    NOT_MEASURED = "not-measured"
    FEW_RATERS = "few-raters"
    SERIOUS_PROBLEM = "serious-problem"
    """There is a grade, but capped."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a period came to for one person."""

    ratee_class: str
    measured: Measured
    mix: Mix
    final: Fraction | None
    grade: Grade | None
    why: Why | None


def final_score(
    of_indicators: Fraction | None, of_raters: Fraction | None, measured_share: Decimal | Fraction
) -> Fraction | None:
    """Measured indicators and raters by their shares; None where one of the two is missing.

    Args:
        measured_share: of 100; the raters have the rest.
    """
    if of_indicators is None or of_raters is None:
        return None
    share = Fraction(measured_share)
    return (share * of_indicators + (100 - share) * of_raters) / 100


def capped(found: Grade, cap: Grade | str | None) -> Grade:
    """A grade that is not better than the cap."""
    return Grade(cap) if cap is not None and found.reaches(cap) else found


def decided(
    final: Fraction | None, policy: GradePolicy, *, cap: Grade | str | None = None
) -> Grade | None:
    """The grade of a final score; None without one.

    Args:
        cap: the best grade there may be.
    """
    return None if final is None else capped(grade(final, policy), cap)


def evaluate(
    rules: EvaluationRules,
    *,
    ratee: str,
    values: Mapping[str, Fraction | None],
    ratings: Ratings,
    days_present: int,
    days_in_period: int,
    is_trainee: bool = False,
    has_serious_problem: bool = False,
) -> Scored:
    """Everything a period comes to for one person.

    Args:
        ratee: class of staff, a `RateeClass`.
        values: raw value by indicator, None: not applicable.
        days_present: calendar days employed and not absent. Who was there for the whole of a
            period that is shorter than the least number of days has been there long enough.
        has_serious_problem: whether a confirmed one lies in the period.
    """
    return judged(
        rules,
        measured(rules.scheme, values),
        rater_mix(ratings, ratee, rules.raters),
        ratee=ratee,
        days_present=days_present,
        days_in_period=days_in_period,
        is_trainee=is_trainee,
        has_serious_problem=has_serious_problem,
    )


def judged(
    rules: EvaluationRules,
    of_indicators: Measured,
    of_raters: Mix,
    *,
    ratee: str,
    days_present: int,
    days_in_period: int,
    is_trainee: bool = False,
    has_serious_problem: bool = False,
) -> Scored:
    """The same, of what indicators and raters came to already."""
    if is_trainee:
        return Scored(ratee, of_indicators, of_raters, None, None, Why.TRAINEE)
    if days_present < min(rules.evaluation.least_days, days_in_period):
        return Scored(ratee, of_indicators, of_raters, None, None, Why.FEW_DAYS)
    final = final_score(of_indicators.score, of_raters.score, rules.evaluation.measured_share)
    if final is None:
        missing = Why.NOT_MEASURED if of_indicators.score is None else Why.FEW_RATERS
        return Scored(ratee, of_indicators, of_raters, None, None, missing)
    by_score = grade(final, rules.grades)
    found = capped(by_score, rules.evaluation.serious_cap if has_serious_problem else None)
    why = None if found is by_score else Why.SERIOUS_PROBLEM
    return Scored(ratee, of_indicators, of_raters, final, found, why)


def parts(scored: Scored) -> dict[str, Any]:
    """All that a score was made of as plain JSON values, numbers as exact text.

    Of a group below its minimum nothing but that is kept.
    """
    return {
        "measured": [
            {
                "code": one.code,
                "value": _text(one.value),
                "score": _text(one.score),
                "weight": str(one.weight),
                "is_measured": one.is_measured,
            }
            for one in scored.measured.parts
        ],
        "mix": [
            {
                "rater": one.rater_type.value,
                "share": str(one.share),
                "counted": str(one.counted),
                "answers": one.answers if one.mean is not None else 0,
                "mean": _text(one.mean),
                "absent": one.absent.value if one.absent else "",
            }
            for one in scored.mix.parts
        ],
        "left": str(scored.mix.left),
    }


def measured_parts(kept: Mapping[str, Any]) -> tuple[IndicatorResult, ...]:
    """The indicators as `parts` kept them."""
    return tuple(
        IndicatorResult(
            code=one["code"],
            value=_number(one["value"]),
            score=_number(one["score"]),
            weight=Fraction(one["weight"]),
            is_measured=one["is_measured"],
        )
        for one in kept.get("measured", ())
    )


def mix_parts(kept: Mapping[str, Any]) -> tuple[MixPart, ...]:
    """The raters as `parts` kept them."""
    return tuple(
        MixPart(
            rater_type=RaterType(one["rater"]),
            share=Fraction(one["share"]),
            counted=Fraction(one["counted"]),
            answers=one["answers"],
            mean=_number(one["mean"]),
            absent=Absent(one["absent"]) if one["absent"] else None,
        )
        for one in kept.get("mix", ())
    )


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)

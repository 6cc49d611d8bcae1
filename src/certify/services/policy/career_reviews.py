"""What was known of somebody when a period of evaluation was closed, as it was kept then."""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from certify.domain.career import Reviewed
from certify.domain.evaluation import RaterType
from certify.domain.evaluation_score import Why
from certify.domain.rater_mix import Absent, Ratings
from certify.services.policy.career_events import REVIEWED, Company, Timed

Scores = Mapping[tuple[int, int, RaterType], Sequence[Fraction]]
"""Single scores of groups by person, period and type of rater."""


def reviewed(
    company: Company, rows: Sequence[Any], serious: Sequence[Any], scores: Scores
) -> Iterator[Timed]:
    """Every evaluation of one person, corrected ones after the ones they correct.

    Args:
        scores: of the groups that were too small to be kept.
    """
    for row in rows:
        known = company.periods.get(row.period_id)
        if known is None:
            continue
        period = known.period
        event = Reviewed(
            day=company.day(row.decided_at),
            period=period.code,
            kind=period.kind,
            scheme=period.scheme,
            first_day=period.first_day,
            last_day=period.last_day,
            ratee=row.ratee_class,
            values=partial(_values, row),
            ratings=partial(_ratings, row, scores),
            days_present=row.days_present or 0,
            is_trainee=row.why == Why.TRAINEE,
            has_serious_problem=any(
                period.first_day <= one.day <= period.last_day for one in serious
            ),
            measured=row.measured,
            mix=row.mix,
            scheme_key=known.scheme_key,
            raters_key=known.raters_key,
        )
        yield Timed(row.decided_at, REVIEWED, event)


def has_hidden(row: Any) -> bool:
    """Whether answers of a group too small to be shown stand only where they were given."""
    return f'"{Absent.TOO_FEW.value}"' in row.parts


def _values(row: Any) -> dict[str, Fraction | None]:
    """The raw values as they were kept."""
    return {
        one["code"]: None if one["value"] is None else _number(one["value"])
        for one in json.loads(row.parts).get("measured", ())
        if one["is_measured"]
    }


def _ratings(row: Any, scores: Scores) -> Ratings:
    """What the raters gave; of a group that counted its mean stands for each answer."""
    given: dict[str, tuple[Fraction, ...]] = {}
    for one in json.loads(row.parts).get("mix", ()):
        if one["mean"] is not None:
            given[one["rater"]] = (_number(one["mean"]),) * one["answers"]
        elif one["absent"] == Absent.TOO_FEW:
            key = row.person_id, row.period_id, RaterType(one["rater"])
            given[one["rater"]] = tuple(scores.get(key, ()))
    return Ratings(
        supervisor=next(iter(given.get(RaterType.SUPERVISOR, ())), None),
        own=next(iter(given.get(RaterType.SELF, ())), None),
        subordinates=given.get(RaterType.SUBORDINATE, ()),
        customers=given.get(RaterType.CUSTOMER, ()),
    )


@lru_cache(maxsize=10_000)
def _number(text: str) -> Fraction:
    """A number kept as exact text; most are the same few."""
    return Fraction(text)

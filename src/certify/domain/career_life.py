"""A working life under a policy: the grades, levels and post qualifications it gives (R-PLT-05).

Pure. It asks the same functions as the live services: nothing of a rule stands here a second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial

from certify.domain.evaluation import PeriodKind
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import Scored
from certify.domain.grade import Grade
from certify.domain.indicator_scheme import IndicatorScheme
from certify.domain.indicator_score import Measured
from certify.domain.promotion import Missing
from certify.domain.qualification import (
    Basis,
    Period,
    QualificationKind,
    QualificationState,
    standing_on,
)
from certify.domain.rater_mix import Mix
from certify.domain.validity import Validity
from certify.policy import Level, Policy, RaterPolicy


@dataclass(frozen=True)
class Rules:
    """A policy ready to be lived under."""

    policy: Policy
    evaluation: Mapping[str, EvaluationRules]
    """By scheme."""
    levels: Mapping[str, Level]
    """By code, the lowest first."""
    pass_mark: Fraction
    scheme_keys: Mapping[str, str]
    """By scheme: under all rules with the same key indicators come to the same."""
    raters_key: str
    """The same for raters."""
    grades_key: str
    """The same for grades."""

    @classmethod
    def of(cls, policy: Policy, schemes: Iterable[IndicatorScheme]) -> "Rules":
        """Args:
        schemes: as their plugins give them.

        Raises:
            BadInput: weights or tables of the policy do not fit a scheme.
        """
        evaluation = {one.name: EvaluationRules.of(policy, one) for one in schemes}
        return cls(
            policy,
            evaluation,
            {one.code: one for one in policy.qualification.ladder},
            Fraction(policy.exam.pass_mark),
            {name: scheme_key(one) for name, one in evaluation.items()},
            raters_key(policy.raters),
            repr((policy.evaluation, policy.raters, policy.grades)),
        )


def scheme_key(rules: EvaluationRules) -> str:
    """The same for rules by which indicators come to the same."""
    return repr([(one.code, one.weight, one.table, one.most) for one in rules.scheme.indicators])


def raters_key(policy: RaterPolicy) -> str:
    """The same for rules by which raters come to the same."""
    return repr(policy)


Scores = dict[tuple[str, int], Measured | Mix | Scored]
"""What each period of one career came to, by the key of the rules and the event's identity."""


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """What one period came to."""

    period: str
    kind: PeriodKind
    last_day: date
    final: Fraction | None
    grade: Grade | None
    why: str
    """Why there is none, or why it is capped; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Given:
    """One period of a level or a post qualification."""

    kind: QualificationKind
    code: str
    issued_on: date
    validity: Validity
    basis: Basis
    period: Period
    """The same days with every decision about it."""


class Lacking(StrEnum):
    """Why something was not given."""

    MARK = "mark"
    """The exam was not passed."""
    CONDITIONS = "conditions"
    OBSTACLE = "obstacle"
    SKIPPED = "skipped"
    """The rung below is not held."""
    NO_LEVEL = "no-level"
    """The ladder has no such rung."""
    RENEWAL = "renewal"
    """It is held and the pass came too early, or after a grade that does not do."""
    PARTS = "parts"
    """Other parts of the exam are missing or too long ago."""
    EXTENSIONS = "extensions"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that was not given, and what was lacking."""

    day: date
    code: str
    why: Lacking
    facts: tuple[str, ...] = ()
    """Codes and numbers only."""


def lacking(level: Level, found: Missing, day: date) -> list[Withheld]:
    """What kept HR from giving a level by its conditions; those by their place in the ladder."""
    why = partial(Withheld, day, level.code)
    places = {id(one): str(place) for place, one in enumerate(level.conditions)}
    return [
        *([why(Lacking.SKIPPED)] if found.is_skipping else []),
        *(why(Lacking.OBSTACLE, (one.kind, one.what)) for one in found.obstacles),
        *(
            why(Lacking.CONDITIONS, (places[id(one.condition)], one.value, one.evidence))
            for one in found.conditions
        ),
        *([why(Lacking.CONDITIONS)] if found.has_no_conditions else []),
    ]


@dataclass(frozen=True)
class Life:
    """What a career came to under one policy."""

    grades: tuple[GradeGiven, ...]
    given: tuple[Given, ...]
    """In the order in which it was given."""
    withheld: tuple[Withheld, ...]
    eligible: tuple[str, ...]
    """Levels that HR could give on the last day: every condition met, nothing against it."""

    @property
    def codes(self) -> tuple[str, ...]:
        """All levels and processes there ever were, in the order of the first gift."""
        return tuple(dict.fromkeys(one.code for one in self.given))

    def state_on(self, code: str, day: date) -> QualificationState | None:
        """How a level or process stands as of a day; None before it was first given.

        A period that follows counts once it has begun; before, the one that ends.
        """
        periods = [one.period for one in self.given if one.code == code]
        found = None
        for one in sorted(periods, key=lambda period: (period.valid_from, period.valid_to)):
            later = [other for other in periods if other.valid_from > one.valid_from]
            standing = standing_on(day, one, later)
            if standing is None or (found is not None and day < one.valid_from):
                continue
            found = standing.state
        return found

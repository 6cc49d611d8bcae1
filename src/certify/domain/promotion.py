"""What HR decides of a level: to give, to renew and to extend it (R-QUA-01, -02, -05, -10).

Pure: the live services and the simulation of a policy ask the same functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from certify.domain.granting import may_promote
from certify.domain.ladder import (
    ConditionResult,
    Evidence,
    Obstacle,
    check,
    is_promotion,
    obstacles,
)
from certify.domain.qualification import Period, QualificationState
from certify.domain.validity import Renewal, Validity, add_months, extended, renewal, validity
from certify.policy import Level, QualificationPolicy


@dataclass(frozen=True, slots=True)
class Missing:
    """All that keeps HR from giving a level; false where nothing does."""

    conditions: tuple[ConditionResult, ...]
    """Those that are not met."""
    obstacles: tuple[Obstacle, ...]
    is_skipping: bool
    """Whether the rung below is not held."""
    has_no_conditions: bool
    """Whether the ladder names none, so that it is given as an exception only."""

    def __bool__(self) -> bool:
        return bool(self.conditions or self.obstacles or self.is_skipping or self.has_no_conditions)


@dataclass(frozen=True, slots=True)
class Renewing:
    """What a renewal by HR comes to."""

    kind: Renewal
    obstacles: tuple[Obstacle, ...]
    period: Validity | None
    """None where it may not be renewed."""


def missing(policy: QualificationPolicy, level: Level, evidence: Evidence, day: date) -> Missing:
    """What a person lacks for a level as of a day.

    A bad grade, a suspension or overdue remedial training bars promotions only (R-QUA-10).
    """
    return Missing(
        conditions=tuple(one for one in check(level, evidence, day) if not one.met),
        obstacles=tuple(obstacles(evidence)) if is_promotion(level) else (),
        is_skipping=not may_promote(policy, level, active_levels(evidence.held, day)),
        has_no_conditions=not level.conditions,
    )


def active_levels(held: Mapping[str, Sequence[Period]], day: date) -> list[str]:
    """The levels that are active on a day, by their own dates and decisions."""
    return [
        code
        for code, periods in held.items()
        if any(one.state_on(day) is QualificationState.ACTIVE for one in periods)
    ]


def is_renewed_by_exam(level: Level) -> bool:
    """Whether passing its exam again renews a level, so that HR does not."""
    return any(one.kind == "exam-passed" for one in level.conditions)


def renewing(
    policy: QualificationPolicy, level: Level, held: Validity, evidence: Evidence, day: date
) -> Renewing:
    """A renewal by HR, in the window or the grace of what is held (R-QUA-05)."""
    kind = renewal(held.valid_to, day, policy.renewal_days, policy.grace_days)
    against = tuple(obstacles(evidence))
    if against or kind in (Renewal.TOO_EARLY, Renewal.TOO_LATE):
        return Renewing(kind, against, None)
    return Renewing(kind, (), validity(day, level.months, held, policy.renewal_days))


def extension(level: Level, held: Validity, extensions: int, day: date) -> Validity | None:
    """The same period made longer by the level's own length; None where it may not be.

    Args:
        extensions: how often it was extended before.
    """
    if extensions >= level.extensions or day > held.valid_to:
        return None
    return extended(held, level.months)


def given_by_hand(day: date, months: int, until: date | None = None) -> Validity:
    """The period of what is given without following another one.

    Args:
        until: last day of an outside certificate it rests on.
    """
    last = add_months(day, months)
    return Validity(day, min(last, until or last), day)


def may_certificate_stand_in(held: Validity | None, day: date) -> bool:
    """Whether an outside certificate gives a process: not while a period of it runs (R-QUA-08).

    Args:
        held: the latest period of the process, whatever was decided of it.
    """
    return held is None or held.valid_to < day

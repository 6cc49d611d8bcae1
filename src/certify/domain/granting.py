"""What a person is due: post qualifications and levels that evidence gives on a day.

Pure: the live services and the simulation of a policy ask the same functions (R-QUA-01 … -07).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from certify.domain.ladder import (
    Evidence,
    Pass,
    is_met,
    is_promotion,
    latest_counting,
    renewal_grade_met,
)
from certify.domain.qualification import QualificationState
from certify.domain.superseding import may_be_followed
from certify.domain.validity import Renewal, Validity, renewal, validity, window_opens
from certify.policy import Level, QualificationPolicy


@dataclass(frozen=True)
class InPost:
    """What a renewal needs to know beside the grades (R-QUA-07)."""

    months: int
    """Whole months in the post."""
    is_evaluated: bool
    """Whether a regular period was closed since a grade of the person may be expected."""


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """The latest period of a level, revoked ones too."""

    period: Validity
    passed: Pass | None
    """The pass it rests on, if any."""
    last: QualificationState | None
    """The state it got last."""


@dataclass(frozen=True)
class LevelDue:
    """One level to be given or renewed now."""

    level: Level
    passed: Pass
    """The pass it rests on."""
    period: Validity


def post_period(
    policy: QualificationPolicy,
    day: date,
    held: Validity | None,
    evidence: Evidence,
    in_post: InPost,
) -> Validity | None:
    """The period that a pass of all parts on a day gives for a process; None when it gives none.

    Args:
        held: the latest period of the same process, if any.
    """
    if not _may_follow(policy, day, held, evidence, in_post):
        return None
    return validity(day, policy.post_months, held, policy.renewal_days)


def counting_since(policy: QualificationPolicy, held: Validity | None) -> date | None:
    """First day on which a pass counts beside what is held; None: any pass does."""
    return window_opens(held.valid_to, policy.renewal_days) if held else None


def levels_due(
    policy: QualificationPolicy,
    evidence: Evidence,
    held: Mapping[str, HeldLevel],
    in_post: InPost,
    day: date,
) -> list[LevelDue]:
    """The levels that are given or renewed without a decision of HR, the lowest first.

    A pass gives a level once: what is held is renewed by a pass within its window or its grace.

    Args:
        held: the latest period of each level by its code.
    """
    due = []
    for level in policy.ladder:
        latest = latest_counting(level, evidence.passes)
        if latest is None:
            continue
        old = held.get(level.code)
        if old is None:
            if is_promotion(level) or not is_met(level, evidence, day):
                continue
        elif not _renews(policy, level, latest, old, evidence, in_post, day):
            continue
        period = validity(day, level.months, old.period if old else None, policy.renewal_days)
        due.append(LevelDue(level, latest, period))
    return due


def may_promote(policy: QualificationPolicy, level: Level, held: Sequence[str]) -> bool:
    """Whether the rung below is held, so that none is skipped (R-QUA-01).

    Args:
        held: codes of the levels held today.
    """
    codes = [one.code for one in policy.ladder if not one.trainee]
    place = codes.index(level.code) if level.code in codes else 0
    return place == 0 or codes[place - 1] in held or any(code in held for code in codes[place:])


def _renews(
    policy: QualificationPolicy,
    level: Level,
    latest: Pass,
    old: HeldLevel,
    evidence: Evidence,
    in_post: InPost,
    day: date,
) -> bool:
    if latest == old.passed or not may_be_followed(old.last):
        return False
    valid_to = old.period.valid_to
    if latest.day < window_opens(valid_to, policy.renewal_days):
        return False
    kind = renewal(valid_to, day, policy.renewal_days, policy.grace_days)
    if kind is Renewal.TOO_LATE:  # the full way applies
        return not is_promotion(level) and is_met(level, evidence, day)
    return _may_follow(policy, day, old.period, evidence, in_post)


def _may_follow(
    policy: QualificationPolicy,
    day: date,
    held: Validity | None,
    evidence: Evidence,
    in_post: InPost,
) -> bool:
    """Whether a new period may follow what is held: not too early, and not after a bad grade."""
    if held is None:
        return True
    kind = renewal(held.valid_to, day, policy.renewal_days, policy.grace_days)
    if kind is Renewal.TOO_EARLY:
        return False
    return renewal_grade_met(
        evidence.grades,
        policy.renewal_grade,
        in_post.months,
        policy.new_in_post_months,
        in_post.is_evaluated,
    )

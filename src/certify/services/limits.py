"""How many attempts at an exam a person has left (R-REM-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.course import Exam
from certify.domain.escalation import RetakeDecision, granted_attempts, latest_refusal
from certify.i18n import _
from certify.platform import Platform
from certify.services.drawing import since_pass
from certify.storage import escalations


@dataclass(frozen=True)
class AttemptLimit:
    """What is left of the attempts that the policy allows, and of those granted beyond it."""

    left: int
    refusal: RetakeDecision | None
    """The decision against one more attempt that stands."""


def attempt_limit(
    session: Session, platform: Platform, person_id: int, exam: Exam, past: Sequence[Attempt]
) -> AttemptLimit:
    """The attempts left of a person at an exam.

    Those since the latest pass and within the policy's period count; one that the supervisor
    granted does not.

    Args:
        past: every attempt of the person at the exam, the oldest first.
    """
    retake = platform.policy.retake
    made = since_pass(past)
    if len(made) < retake.max_attempts:  # nobody can have decided anything yet
        return AttemptLimit(retake.max_attempts - _recent(platform, made, set()), None)
    decided = escalations.decisions(session, person_id, exam.id or 0)
    began = made[0].started_at
    decided = [one for one in decided if one.at >= began]
    granted, unused = granted_attempts(made, decided)
    allowed = max(0, retake.max_attempts - _recent(platform, made, granted))
    left = allowed + unused
    return AttemptLimit(left, None if left else latest_refusal(made, decided))


def limit_blockers(
    platform: Platform, limit: AttemptLimit, *, to_others: bool = False
) -> list[str]:
    """Why the attempts do not suffice for another one, translated.

    Args:
        to_others: whether somebody else reads it, who learns nothing of why it was decided so.
    """
    if limit.left:
        return []
    retake = platform.policy.retake
    counts = {"count": retake.max_attempts, "days": retake.within_days}
    if limit.refusal is None:
        said = _("All {count} attempts within {days} days are used; your supervisor decides now.")
        return [said.format(**counts)]
    if to_others:
        said = _(
            "All {count} attempts within {days} days are used; it was decided against another one."
        )
        return [said.format(**counts)]
    said = _(
        "All {count} attempts within {days} days are used; it was decided against another one: "
        "{reason}"
    )
    return [said.format(**counts, reason=limit.refusal.reason)]


def _recent(platform: Platform, made: Sequence[Attempt], granted: set[int]) -> int:
    since = platform.clock.now() - timedelta(days=platform.policy.retake.within_days)
    return sum(one.started_at > since and one.id not in granted for one in made)

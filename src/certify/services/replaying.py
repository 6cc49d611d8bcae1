"""Replaying an attempt: responses, keys, markings and corrections give the stored results again.

Every promise about a result rests on this: what is stored must be what the records say, and the
ledger must say the same (R-ASM-09, R-SUP-06).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attempt import Attempt, first_false_response
from certify.domain.correction import Correction
from certify.domain.marking import agreed
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.result import AttemptResult, Part, verdict
from certify.domain.tally_table import fingerprint
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import grading, keeping
from certify.storage import attempts, ledger, markings, results


class Trouble(StrEnum):
    """What does not fit together."""

    CHAIN = "chain"
    """A response was changed, added or taken away."""
    PARTS = "parts"
    """The points of single items are not what responses, keys and markings give."""
    VERDICT = "verdict"
    """Points or verdict of a result are not what its parts give."""
    LEDGER = "ledger"
    """The ledger says something else of a result, or nothing."""
    ATTEMPT = "attempt"
    """The attempt does not carry its newest result."""


@dataclass(frozen=True)
class Replay:
    """What replaying an attempt found."""

    attempt_id: int
    results: int
    """How many results were computed again."""
    troubles: tuple[tuple[Trouble, int], ...]
    """What does not fit, with the number of the result or response; empty when all does."""


def replay(platform: Platform, *, actor: Actor, attempt_id: int) -> Replay:
    """Compute every result of an attempt again and compare it with what is stored.

    For the person whose attempt it is, HR, and whoever may see the ledger.

    Raises:
        NotFound: there is no such attempt, or it is not for the actor to see.
        Refused: a question type is missing.
    """
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        if attempt is None or not (
            may(actor, Action.SEE_LEDGER) or may(actor, Action.SEE_RECORD, owner=attempt.person_id)
        ):
            raise NotFound(_("There is no such attempt of yours."))
        troubles: list[tuple[Trouble, int]] = []
        broken = first_false_response(attempt, attempts.responses(session, attempt_id))
        if broken is not None:
            troubles.append((Trouble.CHAIN, broken))
        kept = results.of_attempt(session, attempt_id)
        applied = results.applied_corrections(session, attempt.exam_id)
        told = ledger.results_told(session, attempt_id)
        for one in kept:
            counted = keeping.until(one, applied)
            held = keeping.holding(session, platform, attempt, kept[0], counted)
            found = _compare(session, platform, attempt, one, held)
            if told.get(one.number) != _as_told(one):
                found.append(Trouble.LEDGER)
            troubles += [(trouble, one.number) for trouble in found]
        if kept and not _carries(attempt, kept[-1]):
            troubles.append((Trouble.ATTEMPT, kept[-1].number))
        return Replay(attempt_id, len(kept), tuple(troubles))


def _compare(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    kept: AttemptResult,
    corrections: Sequence[Correction],
) -> list[Trouble]:
    parts = [Part.from_json(part) for part in kept.parts]
    if not parts:  # from before the parts were kept: only the points as a whole can be compared
        return []
    again = grading.parts_of(
        session,
        platform,
        attempt,
        marked=_by_hand(session, platform, attempt),
        corrections=corrections,
    )
    found = verdict(parts, attempt.pass_mark)
    wrong = [Trouble.PARTS] if again != parts else []
    if (found.earned, found.possible, found.passed) != (kept.earned, kept.possible, kept.passed):
        wrong.append(Trouble.VERDICT)
    return wrong


def _by_hand(session: Session, platform: Platform, attempt: Attempt) -> dict[int, Fraction]:
    """By position, the share that examiners came to."""
    given: dict[int, list[Fraction]] = {}
    for marking in markings.of_attempts(session, [attempt.id or 0])[attempt.id or 0]:
        if marking.share is not None:
            given.setdefault(marking.position, []).append(marking.share)
    rules = platform.policy.marking
    return {position: agreed(shares, rules) for position, shares in given.items()}


def _as_told(kept: AttemptResult) -> tuple[str, str, bool, str]:
    """What the ledger must say of a result."""
    parts = [Part.from_json(part) for part in kept.parts]
    return str(kept.earned), str(kept.possible), kept.passed, fingerprint(parts) if parts else ""


def _carries(attempt: Attempt, kept: AttemptResult) -> bool:
    return (attempt.earned, attempt.possible, bool(attempt.passed)) == (
        kept.earned,
        kept.possible,
        kept.passed,
    )

"""Which corrections hold for an attempt: who keeps what they have keeps it for good (R-ASM-09)."""

from collections.abc import Sequence

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.correction import Correction
from certify.domain.result import AttemptResult, Part, Verdict, verdict
from certify.platform import Platform
from certify.services import grading


def holding(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    first: AttemptResult,
    applied: Sequence[Correction],
) -> list[Correction]:
    """The applied corrections of an exam, in order, without those by which a result would fall.

    A correction that lowers nobody and would take something away does not hold for this attempt:
    not now, and not when a later one is applied. All that was applied before the first result
    holds, for nothing was there yet to be kept.
    """
    shares = {part.position: part.share for part in map(Part.from_json, first.parts)}
    marked = {position: share for position, share in shares.items() if share is not None}

    def result_by(corrections: Sequence[Correction]) -> Verdict:
        parts = grading.parts_of(session, platform, attempt, marked=marked, corrections=corrections)
        return verdict(parts, attempt.pass_mark)

    begun = until(first, applied)
    held = list(begun)
    for correction in applied[len(begun) :]:
        if correction.lowers or not _worse(result_by(held), result_by([*held, correction])):
            held.append(correction)
    return held


def until(result: AttemptResult, applied: Sequence[Correction]) -> list[Correction]:
    """The corrections that had been applied when a result was written: up to the one it names."""
    ids = [correction.id for correction in applied]
    return (
        list(applied[: ids.index(result.correction_id) + 1]) if result.correction_id in ids else []
    )


def _worse(before: Verdict, after: Verdict) -> bool:
    """Whether a pass is lost or the mark falls; no result is worse than a pass alone."""
    if before.passed and not after.passed:
        return True
    return before.mark is not None and after.mark is not None and after.mark < before.mark

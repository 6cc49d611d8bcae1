"""What every item of an attempt earned: answers, keys, markings and corrections put together.

The same inputs always give the same parts, so that a result can be computed again years later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.correction import Correction, CorrectionKind
from certify.domain.result import Part
from certify.platform import Platform
from certify.policy import ExamPolicy
from certify.services.bank import ItemContent, contents, guarded
from certify.storage import attempts, results


@dataclass(frozen=True)
class _Asked:
    """An item as it stands on the form after all corrections."""

    version: int
    points: Fraction
    voided: bool = False


def parts_of(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    *,
    marked: Mapping[int, Fraction] | None = None,
    corrections: Sequence[Correction] | None = None,
) -> list[Part]:
    """Points of every item on the form; a missing answer earns nothing.

    Args:
        marked: by position, the shares that persons decided; without one an item that a person
            must mark has no share yet.
        corrections: those to be counted, in order; None for all that were applied.
    Raises:
        Refused: a question type is missing or failed.
    """
    rules = platform.policy.exam.model_copy(update={"partial_credit": attempt.partial_credit})
    if corrections is None:
        corrections = results.applied_corrections(session, attempt.exam_id)
    asked = [_corrected(item, corrections) for item in attempt.form]
    given = attempts.latest(session, attempt.id or 0)
    known = contents(platform, session, [one.version for one in asked])
    again = _marked_again(attempt, corrections)
    parts = [
        _part(
            position,
            one,
            known[one.version],
            given[position].answer if position in given else None,
            rules,
            (marked or {}).get(position),
        )
        for position, one in enumerate(asked)
    ]
    for position, share in again.items():
        parts[position] = replace(parts[position], share=share)
    return parts


def _marked_again(attempt: Attempt, corrections: Iterable[Correction]) -> dict[int, Fraction]:
    """By position, the shares that a person gave this attempt on re-marking; the last counts."""
    return {
        int(correction.facts["position"]): Fraction(correction.facts["share"])
        for correction in corrections
        if correction.kind is CorrectionKind.REMARK and correction.facts["attempt"] == attempt.id
    }


def _corrected(item: Mapping[str, Any], corrections: Iterable[Correction]) -> _Asked:
    asked = _Asked(int(item["version"]), Fraction(item["points"]))
    for correction in corrections:
        if correction.version_id != int(item["version"]):
            continue
        if correction.kind is CorrectionKind.VOID:
            asked = replace(asked, voided=True)
        elif correction.kind is CorrectionKind.REKEY:
            asked = replace(asked, version=int(correction.facts["version"]))
        elif correction.kind is CorrectionKind.REWEIGHT:
            asked = replace(asked, points=Fraction(correction.facts["points"]))
    return asked


def _part(
    position: int,
    asked: _Asked,
    known: ItemContent,
    answer: dict[str, Any] | None,
    rules: ExamPolicy,
    marked: Fraction | None,
) -> Part:
    share, fatal = marked, False
    choices: tuple[str, ...] = ()
    with guarded(known.type.name):
        if answer is not None and not known.type.is_observed:
            parsed = known.type.answer_model.model_validate(answer)
            choices = tuple(known.type.choices(known.content, parsed))
            if (score := known.type.score(known.content, parsed, rules)) is not None:
                share, fatal = score.share, score.fatal
        elif not known.type.is_observed:  # nothing was written: that needs no examiner either
            share = Fraction(0)
    return Part(
        position=position,
        version=asked.version,
        topic=known.topic,
        points=asked.points,
        share=share,
        fatal=fatal,
        voided=asked.voided,
        choices=choices,
    )

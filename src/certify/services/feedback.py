"""What is said of an answer once it may be said: right or wrong, the key, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from certify.domain.scoring import points_text
from certify.errors import BadInput
from certify.i18n import LANGUAGES, _
from certify.policy import ExamPolicy
from certify.services.bank import ItemContent, guarded


@dataclass(frozen=True)
class Feedback:
    """What is said once an answer was given. Texts are by language."""

    answer_id: int
    """Of the practice answer; 0 where none was kept."""
    share: Fraction | None
    """None where only a person could mark it: then the person compares with the rubric."""
    answer: Mapping[str, str]
    """The answer given; empty when there was none."""
    key: Mapping[str, str]
    explanation: Mapping[str, str]
    steps: tuple[Mapping[str, str], ...]
    """What is said of each step, of types that have steps."""
    rubric: tuple[tuple[Mapping[str, str], str], ...]
    """Criteria and their most points."""
    sources: tuple[str, ...]
    """Standards and facts on which the item rests."""
    back_at: datetime | None
    """When the item comes back; None before the person said how well they knew it."""


def parsed(known: ItemContent, answer: Mapping[str, Any] | None) -> Any:
    """The answer as its question type understands it; None where there is none.

    Raises:
        BadInput: the item cannot have this answer.
    """
    if answer is None:
        return None
    try:
        found = known.type.answer_model.model_validate(dict(answer))
        known.type.check_answer(known.content, found)
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadInput(_("This item cannot have this answer.")) from problem
    return found


def share(known: ItemContent, answer: Any, rules: ExamPolicy) -> Fraction | None:
    """The share of the points a parsed answer earns; None where a person must mark it."""
    with guarded(known.type.name):
        if known.type.is_observed or known.type.rubric(known.content):
            return None
        if answer is None:
            return Fraction(0)
        score = known.type.score(known.content, answer, rules)
    if score is None:
        return None
    return Fraction(0) if score.fatal else score.share


def feedback(
    known: ItemContent,
    sources: tuple[str, ...],
    answer: Any,
    earned: Fraction | None,
    *,
    answer_id: int = 0,
    back_at: datetime | None = None,
) -> Feedback:
    """What is said of a parsed answer that earned a share."""
    kind, content = known.type, known.content
    with guarded(kind.name):
        given = {}
        steps: tuple[Mapping[str, str], ...] = ()
        if answer is not None:
            given = {one: kind.answer_text(content, answer, one) for one in LANGUAGES}
            steps = tuple(kind.feedback(content, answer))
        return Feedback(
            answer_id=answer_id,
            share=earned,
            answer=given,
            key={one: kind.key_text(content, one) for one in LANGUAGES},
            explanation=dict(kind.explanation(content)),
            steps=steps,
            rubric=tuple(
                (line.title, points_text(Fraction(line.points))) for line in kind.rubric(content)
            ),
            sources=sources,
            back_at=back_at,
        )

"""Answers in practice: key and explanation come back with the answer, never before it.

They are those of items of the practice pool alone: for any other one there is no such item here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from fsrs import Rating
from sqlmodel import Session

from certify.domain import spacing
from certify.domain.course import Course
from certify.domain.item import Item, ItemVersion
from certify.domain.person import Actor, Person
from certify.domain.practice_card import PracticeAnswer, PracticeCard
from certify.domain.scoring import points_text
from certify.errors import BadInput, NotFound
from certify.i18n import LANGUAGES, _
from certify.platform import Platform
from certify.services.bank import ItemContent, contents, guarded
from certify.services.practice import open_course
from certify.services.readiness import require_learner
from certify.storage import attempts, practice


@dataclass(frozen=True)
class Feedback:
    """What is said once an answer was given. Texts are by language."""

    answer_id: int
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


def answer(
    platform: Platform,
    *,
    actor: Actor,
    version_id: int,
    seed: str,
    answer: Mapping[str, Any] | None,
) -> Feedback:
    """Take an answer to a practice item; key and explanation come back with it.

    Args:
        version_id: of the item shown.
        seed: with which it was shown.
        answer: what the widget gave; None for “I do not know”, or where none is given.
    Raises:
        NotFound: it is no practice item.
        BadInput: the item cannot have this answer.
    """
    require_learner(actor)
    now = platform.clock.now()
    with platform.database.write() as session:
        session.get(Person, actor.person_id, with_for_update=True)  # two terminals take turns
        version, item = _version(session, version_id)
        open_course(session, actor, session.get_one(Course, item.course_id).code)
        known = contents(platform, session, [version_id])[version_id]
        parsed = _parsed(known, answer)
        share = _share(platform, known, parsed)
        row = PracticeAnswer(
            person_id=actor.person_id,
            item_id=version.item_id,
            version_id=version_id,
            topic=version.topic,
            seed=seed,
            answer=None if parsed is None else parsed.model_dump(mode="json"),
            share=share,
            at=now,
        )
        session.add(row)
        session.flush()
        back_at = None
        if share is not None:
            grade = spacing.rating(share)
            back_at = _review(session, platform, actor.person_id, version.item_id, grade, now)
        return _feedback(known, version, parsed, row.id or 0, share, back_at)


def rate(platform: Platform, *, actor: Actor, answer_id: int, recalled: bool) -> datetime:
    """Take the person's own word on an answer that no machine marks; when the item comes back.

    Saying it a second time changes nothing.

    Raises:
        NotFound: it is no such answer of the actor.
    """
    require_learner(actor)
    now = platform.clock.now()
    with platform.database.write() as session:
        session.get(Person, actor.person_id, with_for_update=True)  # two terminals take turns
        row = session.get(PracticeAnswer, answer_id) if attempts.may_be_id(answer_id) else None
        if row is None or row.person_id != actor.person_id or row.share is not None:
            raise NotFound(_("There is no such answer of yours."))
        card = session.get(PracticeCard, (actor.person_id, row.item_id))
        if row.recalled is not None and card is not None:
            return card.due_at
        row.recalled = recalled
        grade = spacing.own_rating(recalled)
        return _review(session, platform, actor.person_id, row.item_id, grade, now)


def _review(
    session: Session,
    platform: Platform,
    person_id: int,
    item_id: int,
    grade: Rating,
    now: datetime,
) -> datetime:
    """Move the item's card on; the caller holds the lock of the person."""
    card = session.get(PracticeCard, (person_id, item_id))
    retention = platform.policy.practice.retention
    kept, due_at = spacing.review(card.card if card else None, item_id, grade, now, retention)
    if card is None:
        card = PracticeCard(person_id=person_id, item_id=item_id, due_at=due_at)
        session.add(card)
    card.card, card.due_at = kept, due_at
    return due_at


def _feedback(
    known: ItemContent,
    version: ItemVersion,
    parsed: Any,
    answer_id: int,
    share: Fraction | None,
    back_at: datetime | None,
) -> Feedback:
    kind, content = known.type, known.content
    with guarded(kind.name):
        given = {}
        steps: tuple[Mapping[str, str], ...] = ()
        if parsed is not None:
            given = {one: kind.answer_text(content, parsed, one) for one in LANGUAGES}
            steps = tuple(kind.feedback(content, parsed))
        return Feedback(
            answer_id=answer_id,
            share=share,
            answer=given,
            key={one: kind.key_text(content, one) for one in LANGUAGES},
            explanation=dict(kind.explanation(content)),
            steps=steps,
            rubric=tuple(
                (line.title, points_text(Fraction(line.points))) for line in kind.rubric(content)
            ),
            sources=(*version.standards, *version.facts),
            back_at=back_at,
        )


def _parsed(known: ItemContent, answer: Mapping[str, Any] | None) -> Any:
    """The answer as its question type understands it.

    Raises:
        BadInput
    """
    if answer is None:
        return None
    try:
        parsed = known.type.answer_model.model_validate(dict(answer))
        known.type.check_answer(known.content, parsed)
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadInput(_("This item cannot have this answer.")) from problem
    return parsed


def _share(platform: Platform, known: ItemContent, parsed: Any) -> Fraction | None:
    with guarded(known.type.name):
        if known.type.is_observed or known.type.rubric(known.content):
            return None
        if parsed is None:
            return Fraction(0)
        score = known.type.score(known.content, parsed, platform.policy.exam)
    if score is None:
        return None
    return Fraction(0) if score.fatal else score.share


def _version(session: Session, version_id: int) -> tuple[ItemVersion, Item]:
    found = practice.version(session, version_id) if attempts.may_be_id(version_id) else None
    if found is None:
        raise NotFound(_("There is no such practice item."))
    return found

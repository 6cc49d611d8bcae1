"""Answers in practice: key and explanation come back with the answer, never before it.

They are those of items of the practice pool alone: for any other one there is no such item here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fsrs import Rating
from sqlmodel import Session

from certify.domain import spacing
from certify.domain.course import Course
from certify.domain.item import Item, ItemVersion
from certify.domain.person import Actor, Person
from certify.domain.practice_card import PracticeAnswer, PracticeCard
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.bank import contents
from certify.services.feedback import Feedback, feedback, parsed, share
from certify.services.practice import open_course
from certify.services.readiness import require_learner
from certify.services.standard_life import delta
from certify.storage import attempts, practice


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
        course = session.get_one(Course, item.course_id)
        open_course(session, platform, actor, course.code)
        known = contents(platform, session, [version_id])[version_id]
        given = parsed(known, answer)
        earned = share(known, given, platform.policy.exam)
        row = PracticeAnswer(
            person_id=actor.person_id,
            item_id=version.item_id,
            version_id=version_id,
            topic=version.topic,
            seed=seed,
            answer=None if given is None else given.model_dump(mode="json"),
            share=earned,
            at=now,
        )
        session.add(row)
        session.flush()
        if earned == 1 and version.standards:
            delta.after_practice(session, platform, actor.person_id, version.standards)
        back_at = None
        if earned is not None:
            grade = spacing.rating(earned)
            back_at = _review(session, platform, actor.person_id, version.item_id, grade, now)
        sources = (*version.standards, *version.facts)
        return feedback(known, sources, given, earned, answer_id=row.id or 0, back_at=back_at)


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


def _version(session: Session, version_id: int) -> tuple[ItemVersion, Item]:
    found = practice.version(session, version_id) if attempts.may_be_id(version_id) else None
    if found is None:
        raise NotFound(_("There is no such practice item."))
    return found

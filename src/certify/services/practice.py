"""Practice between exams, with items that no exam draws; it never changes a mark (R-SIM-06).

A round gives items without their keys; `practice_answer` gives them with the answer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from certify.courseware.self_check import checks_of
from certify.domain import practice as rules
from certify.domain.course import Course
from certify.domain.person import Actor
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.bank import ItemContent, contents, guarded
from certify.services.course_locks import locked_text, reading_locks
from certify.services.readiness import require_learner, standing
from certify.services.review_stale import stale_of
from certify.services.typed import no_course
from certify.storage import attempts, courses, practice


@dataclass(frozen=True)
class PracticeItem:
    """One item as it is shown before the answer; no key is in it."""

    version_id: int
    type: str
    topic: str
    topic_title: dict[str, str]
    shown: dict[str, Any]
    """What the question type presents."""
    seed: str
    is_new: bool
    """Whether the person never practised it."""


@dataclass(frozen=True)
class PracticeRound:
    """The items of one round."""

    course: str
    title: dict[str, str]
    items: tuple[PracticeItem, ...]


def begin(
    platform: Platform, *, actor: Actor, course: str, topics: Collection[str] = ()
) -> PracticeRound:
    """The items of a new round: what is due, then what is new, on the weakest topics first.

    Args:
        topics: codes of the only topics wanted; none for all.
    Raises:
        NotFound, Refused: there is nothing to practise, the course is locked, or one of its exams
            is in progress.
    """
    require_learner(actor)
    policy = platform.policy.practice
    with platform.database.read() as session:
        found = open_course(session, platform, actor, course)
        stale = stale_of(session, platform, course_id=found.id)
        offered = [
            one
            for one in practice.offered(session, actor.person_id, found.id or 0)
            if one.code not in stale and (not topics or one.topic in topics)
        ]
        if not offered:
            raise Refused(
                _("There are no practice items for this."),
                mend=_("Practise the whole course, or read the lessons again."),
            )
        seed = platform.new_seed()
        chosen = rules.choose(
            offered,
            now=platform.clock.now(),
            standing=standing(session, platform, actor.person_id, offered),
            seed=seed,
            size=policy.per_session,
            most_new=policy.new_per_session,
        )
        known = contents(platform, session, [one.version_id for one in chosen])
        return PracticeRound(
            course=found.code,
            title=found.title,
            items=tuple(shown_of(one, known[one.version_id], found, seed) for one in chosen),
        )


def self_check(
    platform: Platform, *, actor: Actor, course: str, lesson: str, block: int
) -> PracticeRound:
    """The items that a lesson places at one of its blocks, in their order there.

    Args:
        block: number of the block of the lesson, from 0.
    Raises:
        NotFound
        Refused: none of them is in use, the course is locked, or one of its exams is in progress.
    """
    require_learner(actor)
    with platform.database.read() as session:
        found = open_course(session, platform, actor, course)
        row = courses.lesson(session, found.id or 0, lesson)
        body = next(iter(row.body.values()), "") if row else ""
        codes = checks_of(body).get(block, ())
        every = {one.code: one for one in practice.offered(session, actor.person_id, found.id or 0)}
        offered = [every[code] for code in codes if code in every]
        if not offered:
            raise Refused(
                _("This self-check is not in use at present."),
                mend=_("Read on; a trainer releases its items."),
            )
        known = contents(platform, session, [one.version_id for one in offered])
        seed = platform.new_seed()
        return PracticeRound(
            course=found.code,
            title=found.title,
            items=tuple(shown_of(one, known[one.version_id], found, seed) for one in offered),
        )


def shown_of(one: rules.Practicable, known: ItemContent, course: Course, seed: str) -> PracticeItem:
    """An item as it is shown before the answer; a round's seed shuffles it."""
    own_seed = f"{seed}/{one.code}"
    with guarded(one.type):
        shown = known.type.present(known.content, own_seed)
    return PracticeItem(
        version_id=one.version_id,
        type=one.type,
        topic=one.topic,
        topic_title=course.topics.get(one.topic, {"zh": one.topic}),
        shown=shown,
        seed=own_seed,
        is_new=one.due_at is None,
    )


def open_course(session: Session, platform: Platform, actor: Actor, code: str) -> Course:
    """The course, if the actor may practise in it now.

    Raises:
        NotFound, Refused
    """
    found = courses.by_code(session, code)
    if found is None or not found.available:
        raise no_course(code)
    every = courses.every(session)
    if locks := reading_locks(session, platform, actor.person_id, found, every):
        raise Refused(locked_text(locks))
    for exam in courses.exams(session, found.id or 0):
        if attempts.open_attempt(session, actor.person_id, exam.id or 0) is not None:
            raise Refused(
                _("An exam of this course is in progress; practice opens after it."),
                mend=_("Submit the exam first."),
            )
    return found

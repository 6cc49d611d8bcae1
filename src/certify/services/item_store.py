"""Stores the items of a loaded course: their versions, and which of them may be drawn."""

from datetime import datetime

from sqlmodel import Session

from certify.courseware.loader import LoadedCourse, LoadedItem
from certify.domain.course import Course
from certify.domain.item import Item, ItemState, ItemVersion, content_hash
from certify.platform import Platform
from certify.storage import items, reviews


def store(
    session: Session, platform: Platform, course: Course, loaded: LoadedCourse, now: datetime
) -> None:
    """Store every item of a course; those that are not in it any more are retired.

    What is new in a course of the home waits for its review, and until then the version reviewed
    before stays in use; what a plugin brings was reviewed by whoever released it (R-ASM-13).
    """
    rules = platform.policy.review
    is_reviewed = rules.own_courses if course.is_own else rules.installed_courses
    known = items.of_course(session, course.id or 0)
    put_away = reviews.retired(session, course.id or 0)
    for item in known.values():
        item.state = ItemState.RETIRED
    for one in loaded.items:
        item = known.get(one.code) or Item(
            code=one.code, course_id=course.id or 0, state=ItemState.DRAFT
        )
        item.pool, item.is_unfinished = one.pool, one.is_draft
        session.add(item)
        session.flush()
        authors = one.authors or tuple(course.authors)
        version_id = _version(session, item.id or 0, one, authors, now)
        _place(item, version_id, waits=is_reviewed or one.is_draft)
        if item.id in put_away:
            item.state = ItemState.RETIRED


def _place(item: Item, version_id: int, *, waits: bool) -> None:
    """Say which version is drawn from now on, and which one waits."""
    if version_id == item.version_id:
        item.draft_id = None
    elif waits:
        item.draft_id = version_id
    else:
        item.version_id, item.draft_id = version_id, None
    item.state = ItemState.DRAFT if item.version_id is None else ItemState.IN_USE


def _version(
    session: Session, item_id: int, loaded: LoadedItem, authors: tuple[str, ...], now: datetime
) -> int:
    content = loaded.content.model_dump(mode="json")
    references = [list(loaded.facts), list(loaded.standards)]
    fingerprint = content_hash(loaded.type, loaded.topic, loaded.difficulty, content, references)
    version = items.version_by_hash(session, item_id, fingerprint)
    if version is None:
        version = ItemVersion(
            item_id=item_id,
            content_hash=fingerprint,
            type=loaded.type,
            topic=loaded.topic,
            difficulty=loaded.difficulty,
            facts=references[0],
            standards=references[1],
            content=content,
            authors=list(authors),
            created_at=now,
        )
        session.add(version)
        session.flush()
    return version.id or 0

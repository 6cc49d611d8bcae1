"""Stores the items of a loaded course: their versions, and which of them may be drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from certify.courseware.loader import LoadedCourse, LoadedItem
from certify.domain.course import Course
from certify.domain.item import ItemState
from certify.platform import Platform
from certify.storage import item_rows, reviews
from certify.storage.item_rows import ItemRow


def store(
    session: Session, platform: Platform, course: Course, loaded: LoadedCourse, now: datetime
) -> None:
    """Store every item of a course; those that are not in it any more are retired.

    What is new in a course of the home waits for its review, and until then the version reviewed
    before stays in use; what a plugin brings was reviewed by whoever released it (R-ASM-13).
    """
    rules = platform.policy.review
    is_reviewed = rules.own_courses if course.is_own else rules.installed_courses
    course_id = course.id or 0
    session.flush()  # the course itself, whose id they need
    known = item_rows.of_course(session, course_id)
    fresh = _with_new(session, course_id, known, loaded)
    newest = _versions(session, course, fresh, loaded, now)
    put_away = reviews.retired(session, course_id)
    approved = reviews.approved(session, course_id)
    changed = []
    for one in loaded.items:
        row = replace(fresh[one.code], pool=one.pool, is_unfinished=one.is_draft)
        row = _placed(row, newest[one.code], waits=is_reviewed or one.is_draft)
        if row.state is ItemState.DRAFT and row.draft_id in approved:
            row = replace(row, state=ItemState.REVIEWED)
        if row.id in put_away:
            row = replace(row, state=ItemState.RETIRED)
        if row != known.pop(one.code, None):
            changed.append(row)
    gone = (row for row in known.values() if row.state is not ItemState.RETIRED)
    item_rows.place(session, [*changed, *(replace(row, state=ItemState.RETIRED) for row in gone)])
    session.expire_all()  # what was read before may be other now


def _with_new(
    session: Session, course_id: int, known: Mapping[str, ItemRow], loaded: LoadedCourse
) -> dict[str, ItemRow]:
    """The items of a course by code, the new ones added."""
    drafts = [
        ItemRow(0, one.code, course_id, one.pool, ItemState.DRAFT, None, None, one.is_draft)
        for one in loaded.items
        if one.code not in known
    ]
    names = ("code", "course_id", "pool", "state", "is_unfinished")
    ids = item_rows.add_items(
        session, [{name: getattr(row, name) for name in names} for row in drafts]
    )
    return {**known, **{row.code: replace(row, id=ids[row.code]) for row in drafts}}


def _versions(
    session: Session,
    course: Course,
    rows: Mapping[str, ItemRow],
    loaded: LoadedCourse,
    now: datetime,
) -> dict[str, int]:
    """By item code the id of the version that its text is, added where it is new."""
    known = item_rows.versions(session, course.id or 0)
    keys = {one.code: (rows[one.code].id, one.fingerprint) for one in loaded.items}
    more: dict[int, list[str]] = {}
    for one in loaded.items:
        if found := known.get(keys[one.code]):
            version_id, authors = found
            if new := set(_authors(one, course)) - set(authors):
                # Who is named later is an author too; nobody stops being one by leaving the file.
                more[version_id] = [*authors, *sorted(new)]
    item_rows.name_authors(session, more)

    def missing() -> Iterator[dict[str, Any]]:
        for one in loaded.items:
            if keys[one.code] not in known:
                yield {
                    "item_id": keys[one.code][0],
                    "content_hash": one.fingerprint,
                    "type": one.type,
                    "topic": one.topic,
                    "difficulty": one.difficulty,
                    "facts": list(one.facts),
                    "standards": list(one.standards),
                    "content": one.content_json,
                    "authors": _authors(one, course),
                    "created_at": now,
                }

    added = item_rows.add_versions(session, missing())
    return {code: added[key] if key in added else known[key][0] for code, key in keys.items()}


def _authors(one: LoadedItem, course: Course) -> list[str]:
    return list(one.authors or course.authors)


def _placed(row: ItemRow, version_id: int, *, waits: bool) -> ItemRow:
    """Which version is drawn from now on, and which one waits."""
    if version_id == row.version_id:
        row = replace(row, draft_id=None)
    elif waits:
        row = replace(row, draft_id=version_id)
    else:
        row = replace(row, version_id=version_id, draft_id=None)
    state = ItemState.DRAFT if row.version_id is None else ItemState.IN_USE
    return replace(row, state=state)

"""Stores the items of a loaded course: their versions, and which of them may be drawn."""

from collections.abc import Mapping
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
    new = [one for one in loaded.items if one.code not in known]
    ids = {code: row.id for code, row in known.items()}
    if new:
        ids |= item_rows.add_items(
            session, course_id, (_new(one, course_id, is_reviewed) for one in new)
        )
    versions = _versions(session, course, known, ids, loaded, now)
    if new:
        item_rows.show_first_versions(session, course_id)
    put_away = reviews.retired(session, course_id)
    approved = reviews.approved(session, course_id)
    changed = []
    for one in loaded.items:
        before = known.pop(one.code, None)
        if before is None:
            continue
        row = replace(before, pool=one.pool, is_unfinished=one.is_draft)
        row = _placed(row, versions[row.id, one.fingerprint], waits=is_reviewed or one.is_draft)
        if row.state is ItemState.DRAFT and row.draft_id in approved:
            row = replace(row, state=ItemState.REVIEWED)
        if row.id in put_away:
            row = replace(row, state=ItemState.RETIRED)
        if row != before:
            changed.append(row)
    gone = (row for row in known.values() if row.state is not ItemState.RETIRED)
    item_rows.place(session, [*changed, *(replace(row, state=ItemState.RETIRED) for row in gone)])
    session.expire_all()  # what was read before may be other now


def _new(one: LoadedItem, course_id: int, is_reviewed: bool) -> dict[str, Any]:
    """The row of an item that was in no loading before."""
    waits = is_reviewed or one.is_draft
    return {
        "code": one.code,
        "course_id": course_id,
        "pool": one.pool,
        "state": ItemState.DRAFT if waits else ItemState.IN_USE,
        "is_unfinished": one.is_draft,
    }


def _versions(
    session: Session,
    course: Course,
    rows: Mapping[str, ItemRow],
    ids: Mapping[str, int],
    loaded: LoadedCourse,
    now: datetime,
) -> dict[tuple[int, str], int]:
    """Add the versions that are new; gives by item and content hash the ids of known items'.

    Args:
        rows: the items known before, by code.
        ids: of all items, by code.
    """
    known = item_rows.versions(session, course.id or 0)
    more: dict[int, list[str]] = {}
    added: list[LoadedItem] = []
    for one in loaded.items:
        if (found := known.get((ids[one.code], one.fingerprint))) is None:
            added.append(one)
            continue
        version_id, authors = found
        if fresh := set(_authors(one, course)) - set(authors):
            # Who is named later is an author too; nobody stops being one by leaving the file.
            more[version_id] = [*authors, *sorted(fresh)]
    item_rows.name_authors(session, more)
    authors_of = dict(known.values())
    item_rows.add_versions(
        session, (_version(one, rows.get(one.code), authors_of, ids, course, now) for one in added)
    )
    edited = (ids[one.code] for one in added if one.code in rows)
    versions = {key: version_id for key, (version_id, _authors) in known.items()}
    return versions | item_rows.version_ids(session, edited)


def _version(
    one: LoadedItem,
    before: ItemRow | None,
    authors_of: Mapping[int, list[str]],
    ids: Mapping[str, int],
    course: Course,
    now: datetime,
) -> dict[str, Any]:
    """The row of a version that was in no loading before.

    Who wrote the version before it is an author of this one too: editing rids nobody of that.
    """
    newest = (before.draft_id or before.version_id) if before else None
    earlier = authors_of.get(newest, []) if newest else []
    return {
        "item_id": ids[one.code],
        "content_hash": one.fingerprint,
        "type": one.type,
        "topic": one.topic,
        "difficulty": one.difficulty,
        "facts": one.facts,
        "standards": one.standards,
        "content": one.content_json,
        "authors": list(dict.fromkeys([*earlier, *_authors(one, course)])),
        "created_at": now,
    }


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

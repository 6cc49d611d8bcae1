"""Item ids that a course may not have: another course's, another pool's, another item's."""

from collections.abc import Iterator
from fractions import Fraction

from sqlmodel import Session

from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, LoadedItem
from certify.domain.item import ItemState
from certify.domain.similarity import likeness
from certify.i18n import _
from certify.storage import item_rows

OTHER_ITEM = Fraction(1, 4)
"""Stems less alike than this, in every language, are no edit of one another."""


def claims(session: Session, loaded: LoadedCourse, course_id: int | None) -> Iterator[Finding]:
    """What is wrong with the ids of a loaded course beside those of the database."""
    known = item_rows.by_codes(session, (one.code for one in loaded.items))
    gone = [
        row.code
        for row in known.values()
        if row.state is ItemState.RETIRED and row.course_id == course_id
    ]
    before = item_rows.contents(session, gone)

    for one in loaded.items:
        row = known.get(one.code)
        message = mend = ""
        if row is None:
            continue
        if row.course_id != course_id:
            message = _("Item id {code} belongs to another course.")
            mend = _("Give each item its own id; never reuse one.")
        elif row.pool != one.pool:
            # Practice tells keys: an item that was in one pool would tell those of the other.
            message = _("Item {code} was in the other pool before.")
            mend = _("Put it back, or give it a new id.")
        elif one.code in before and _is_other(one, before[one.code].get("stem", {})):
            message = _("Item id {code} was another item's, which is gone.")
            mend = _("Give it a new id: results of the old item stay under its own.")
        if message:
            place = one.text
            yield Finding(place.path, place.line, message.format(code=one.code), mend)


def _is_other(one: LoadedItem, before: dict[str, str]) -> bool:
    """Whether an item has nothing of what stood under its id before; an edit keeps something."""
    now: dict[str, str] = getattr(one.content, "stem", {})
    shared = [likeness(before[language], now[language]) for language in before if language in now]
    return bool(shared) and max(shared) < OTHER_ITEM

"""A course of the home whose items wait for their review, and trainers who review them."""

import shutil
from pathlib import Path
from typing import Any

from certify.domain.item import Item, ItemVersion
from certify.domain.person import CONSOLE, Actor, Role, RoleGrant
from certify.platform import Platform
from certify.services import course_sync, review_key
from certify.services.bank import contents
from certify.storage import items, people
from tests.platforms import actor

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial" / "parcel-counter"
COURSE = "parcel-counter"
CODES = ["PAR-001", "PAR-002", "PAR-003", "PAR-004"]
AUTHOR, SECOND, THIRD, FOURTH = "E1001", "E1002", "S0001", "H0001"
"""Trainers: who wrote the course, and three others."""


def trainers(platform: Platform) -> None:
    """Let everybody be a trainer."""
    with platform.database.write() as session:
        for staff_no in (AUTHOR, SECOND, THIRD, FOURTH):
            person = people.by_staff_no(session, staff_no)
            assert person is not None
            session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))


def own_course(platform: Platform, *, author: str | None = AUTHOR) -> Path:
    """Put the course of the tutorial into the home and load it; its folder."""
    trainers(platform)
    folder = platform.settings.home.courses / COURSE
    shutil.copytree(TUTORIAL, folder)
    if author is not None:
        edit(platform, "course.toml", "format = 1", f'format = 1\nauthors = ["{author}"]')
    sync(platform)
    return folder


def sync(platform: Platform) -> None:
    """Load what changed; nothing may be refused."""
    results = course_sync.sync_courses(platform, actor=CONSOLE)
    assert not [one for one in results if one.change == "refused"], results


def edit(platform: Platform, file: str, old: str, new: str) -> None:
    """Write something else into a file of the course, and load it."""
    path = platform.settings.home.courses / COURSE / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    sync(platform)


def person(platform: Platform, staff_no: str) -> Actor:
    """Somebody of the staff."""
    return actor(platform, staff_no)


def item(platform: Platform, code: str) -> Item:
    """An item as it is stored."""
    with platform.database.read() as session:
        found = items.by_code(session, code)
        assert found is not None
        return found


def waiting_version(platform: Platform, code: str) -> ItemVersion:
    """The version of an item that waits."""
    with platform.database.read() as session:
        found = session.get_one(ItemVersion, item(platform, code).draft_id)
        session.expunge(found)
        return found


def answer(platform: Platform, code: str, *, right: bool = True) -> dict[str, Any]:
    """A right or wrong answer to the version that waits."""
    version = waiting_version(platform, code)
    with platform.database.read() as session:
        known = contents(platform, session, [version.id or 0])[version.id or 0]
    kind = "right" if right else "wrong"
    samples = known.type.sample_answers(known.content)
    return dict(next(one.answer for one in samples if one.kind == kind))


def second_key(
    platform: Platform, staff_no: str, code: str, *, right: bool = True
) -> review_key.KeyGiven:
    """Give a second key that agrees, or one that does not."""
    return review_key.give(
        platform,
        actor=person(platform, staff_no),
        code=code,
        version_id=waiting_version(platform, code).id or 0,
        answer=answer(platform, code, right=right),
    )


def typed(platform: Platform, staff_no: str, code: str) -> str:
    """What somebody types in line mode for the right answer to the version that waits."""
    asked = review_key.question(platform, actor=person(platform, staff_no), code=code)
    kind = platform.plugins.question_types[asked.type]
    return kind.to_line(asked.shown, answer(platform, code))

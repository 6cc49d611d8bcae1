"""The course of `tests/courses/practised`, which has a practice pool, and steps with it."""

from collections.abc import Collection, Mapping
from typing import Any

from certify.domain.item import ItemVersion
from certify.domain.person import CONSOLE, Actor
from certify.platform import Platform
from certify.services import course_sync, practice, practice_answer
from certify.services.feedback import Feedback
from tests.platforms import COURSES, actor, read_course
from tests.services.steps import begin

COURSE, EXAM = "practised", "practised-written"
POOL = {f"PRA-{number:03}" for number in (1, 2, 3, 4, 11, 12, 13, 21, 31)}


def load_practised(platform: Platform, *readers: str) -> None:
    """Load the course, and let these people read it."""
    platform.plugins.course_folders.append(COURSES / "practised")
    course_sync.sync_courses(platform, actor=CONSOLE)
    for staff_no in readers or ("E1001",):
        read_course(platform, actor(platform, staff_no), COURSE)


def content_of(platform: Platform, version_id: int) -> Any:
    with platform.database.read() as session:
        return session.get_one(ItemVersion, version_id).content


def right_of(platform: Platform, version_id: int) -> dict[str, Any]:
    """The right answer of a choice item; only tests may look at keys."""
    return {"chosen": list(content_of(platform, version_id)["key"])}


def wrong_of(platform: Platform, version_id: int) -> dict[str, Any]:
    """A wrong answer of a choice item."""
    content = content_of(platform, version_id)
    return {"chosen": [next(one for one in content["options"] if one not in content["key"])]}


def give(
    platform: Platform, who: Actor, version_id: int, answer: Mapping[str, Any] | None
) -> Feedback:
    return practice_answer.answer(
        platform, actor=who, version_id=version_id, seed="s", answer=answer
    )


def practise(
    platform: Platform, who: Actor, *, right: bool = True, topics: Collection[str] = ()
) -> list[Feedback]:
    """One round, everything right or everything wrong; essays get a text."""
    found = practice.begin(platform, actor=who, course=COURSE, topics=topics)
    given = []
    for item in found.items:
        if item.type == "essay":
            answer: dict[str, Any] = {"text": "抱歉。"}
        else:
            answer = (right_of if right else wrong_of)(platform, item.version_id)
        given.append(give(platform, who, item.version_id, answer))
    return given


def fail_practised(platform: Platform, who: Actor, *topics: str) -> int:
    """Sit the exam with these topics wrong, the others right; the attempt's id."""
    terminal = begin(platform, who, EXAM)
    terminal.answer_all(wrong_topics=topics)
    return terminal.submit()

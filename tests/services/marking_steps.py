"""Steps of the marking: the course of `tests/courses/marked`, its examiners, essays handed in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import select

from certify.domain.person import CONSOLE, Actor, Department, Person, Post, Role, RoleGrant
from certify.platform import Platform
from certify.services import course_sync, marking, sitting
from certify.services.marking import Given, Waiting
from certify.storage import items
from tests.platforms import COURSES, actor, read_course

WRITTEN, PRACTICAL = "marked-written", "marked-practical"
STAFF = {
    "X0001": ("考评甲", Role.EXAMINER),
    "X0002": ("考评乙", Role.EXAMINER),
    "X0003": ("考评丙", Role.EXAMINER),
    "T0001": ("课程作者", Role.TRAINER),
}


def load_marked(platform: Platform) -> None:
    """Load the course that examiners mark, hire them, and let both learners read it."""
    platform.plugins.course_folders.append(COURSES / "marked")
    course_sync.sync_courses(platform, actor=CONSOLE)
    with platform.database.write() as session:
        department, post = session.exec(select(Department)).all()[-1], session.exec(select(Post))
        post_id = post.all()[-1].id or 0
        for staff_no, (name, role) in STAFF.items():
            person = Person(
                staff_no=staff_no,
                name=name,
                department_id=department.id or 0,
                post_id=post_id,
                hired_on=date(2020, 1, 1),
            )
            session.add(person)
            session.flush()
            for held in (Role.LEARNER, role):
                session.add(RoleGrant(person_id=person.id or 0, role=held))
    for staff_no in ("E1001", "E1002"):
        read_course(platform, actor(platform, staff_no), "marked")


def hand_in(
    platform: Platform, who: Actor, *, essays: int = 2, single: bool = True, exam: str = WRITTEN
) -> int:
    """Sit the written exam with some essays written; the attempt's id."""
    begun = sitting.start(platform, actor=who, exam=exam)
    sequence = begun.sequence
    for item in begun.items:
        answer: Mapping[str, Any] | None = None
        if item.type == "essay" and essays:
            essays, answer = essays - 1, {"text": f"尊敬的客户：\n{item.position} 抱歉。"}
        elif item.type == "single" and single:
            answer = {"chosen": key_of(platform, begun.attempt_id, item.position)}
        if answer is not None:
            sequence += 1
            sitting.record_response(
                platform,
                actor=who,
                attempt_id=begun.attempt_id,
                fence=begun.fence,
                sequence=sequence,
                position=item.position,
                answer=answer,
                flagged=False,
            )
    sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    return begun.attempt_id


def key_of(platform: Platform, attempt_id: int, position: int) -> list[str]:
    """The right options of an item."""
    from certify.domain.attempt import Attempt

    with platform.database.read() as session:
        form = session.get_one(Attempt, attempt_id).form
        version = int(form[position]["version"])
        return list(items.versions(session, [version])[version].content["key"])


def waiting(platform: Platform, staff_no: str) -> tuple[Waiting, ...]:
    """What somebody may mark."""
    return marking.queue(platform, actor=actor(platform, staff_no)).answers


def mark(platform: Platform, staff_no: str, code: str, share: str = "1") -> Given:
    """Mark one answer with the same share of every criterion."""
    from decimal import Decimal

    who = actor(platform, staff_no)
    view = marking.answer(platform, actor=who, code=code)
    points = {one.code: str(one.points * Decimal(share)) for one in view.criteria}
    return marking.give(platform, actor=who, code=code, points=points)


def mark_all(platform: Platform, staff_no: str, share: str = "1") -> list[Given]:
    """Mark all that somebody may mark now."""
    return [mark(platform, staff_no, one.code, share) for one in waiting(platform, staff_no)]

"""An exam hall: people, a sitting, who begins and what a server tells of terminals."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from certify.domain.person import Person, Role, RoleGrant
from certify.domain.sitting_time import Beat
from certify.platform import Platform
from certify.services import registering, sitting, sitting_events
from certify.services.sitting import Sitting
from tests.platforms import NOON, actor, read_course, right_answers

MINUTE = timedelta(minutes=1)


def hire(platform: Platform, names: dict[str, str]) -> None:
    """More learners, in the place of E1002."""
    like = actor(platform, "E1002").person_id
    with platform.database.write() as session:
        model = session.get_one(Person, like)
        for staff_no, name in names.items():
            person = Person(
                staff_no=staff_no,
                name=name,
                department_id=model.department_id,
                post_id=model.post_id,
                hired_on=model.hired_on,
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))


def cohort_of(platform: Platform, staff_nos: Sequence[str], **hall: Any) -> int:
    """A sitting that began five minutes ago and lasts an hour and a half."""
    hr = actor(platform, "H0001")
    number = registering.new_cohort(
        platform,
        actor=hr,
        exam="sample-written",
        title="三月 [b]A 场",
        opens_at=NOON - 5 * MINUTE,
        closes_at=NOON + 85 * MINUTE,
        place="二楼培训室",
        **hall,
    )
    registering.register(platform, actor=hr, cohort_id=number, staff_nos=staff_nos)
    return number


def begin(platform: Platform, staff_no: str, answered: int = 0) -> Sitting:
    """Somebody begins and answers some items."""
    person = actor(platform, staff_no)
    read_course(platform, person)
    begun = sitting.start(platform, actor=person, exam="sample-written")
    for position, answer in enumerate(right_answers(platform, begun)[:answered]):
        sitting.record_response(
            platform,
            actor=person,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + position + 1,
            position=position,
            answer=answer,
            flagged=False,
        )
    return begun


def connect(platform: Platform, staff_no: str, begun: Sitting, kind: Any = "connected") -> None:
    """A server tells of somebody's terminal."""
    beat(platform)
    sitting_events.note_terminal(
        platform,
        actor=actor(platform, staff_no),
        attempt_id=begun.attempt_id,
        kind=kind,
        fence=begun.fence,
        node="node-1",
    )


def beat(platform: Platform) -> None:
    """The server shows that it is alive."""
    with platform.database.write() as session:
        session.merge(Beat(node="node-1", at=platform.clock.now()))

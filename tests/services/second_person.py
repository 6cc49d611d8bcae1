"""Steps of tests in which two people of HR are needed."""

from datetime import date

from sqlmodel import select

from certify.domain.person import Actor, Person, Role, RoleGrant
from certify.domain.qualification import QualificationState
from certify.platform import Platform
from certify.services import confirming
from certify.services.qualifying import deciding
from certify.storage import people
from tests.platforms import actor

SECOND = "H0002"


def second_hr(platform: Platform) -> Actor:
    """Another person of HR beside H0001, hired when there is none yet."""
    with platform.database.write() as session:
        if people.by_staff_no(session, SECOND) is None:
            first = session.exec(select(Person).where(Person.staff_no == "H0001")).one()
            person = Person(
                staff_no=SECOND,
                name="人事二",
                department_id=first.department_id,
                post_id=first.post_id,
                hired_on=date(2024, 3, 4),
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.HR))
    return actor(platform, SECOND)


def propose_to_revoke(
    platform: Platform, staff_no: str, code: str, reason: str = "弄虚作假", day: date | None = None
) -> int:
    """H0001 proposes to revoke something held; the number of the proposal."""
    number = deciding.decide(
        platform,
        actor=actor(platform, "H0001"),
        staff_no=staff_no,
        code=code,
        state=QualificationState.REVOKED,
        reason=reason,
        from_day=day,
    )
    assert number is not None
    return number


def revoke(platform: Platform, staff_no: str, code: str) -> None:
    """Two people of HR revoke something held."""
    second = second_hr(platform)
    number = propose_to_revoke(platform, staff_no, code)
    confirming.confirm(platform, actor=second, number=number)

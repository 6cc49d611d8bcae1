"""What comes with a new person: roles, history, onboarding courses, the trainee's level.

Ten thousand people are hired in one transaction that others wait for, so rows are written many at
once, and nobody is asked about one by one unless they are new hires (R-PPL-01).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from certify.domain.course import Course, Enrolment
from certify.domain.person import Actor, Person, PersonStatus, Role, RoleGrant
from certify.domain.placement import Placement
from certify.platform import Platform
from certify.services import training_needs
from certify.services.qualifying.trainee import give_trainee
from certify.services.training_needs import is_new_hire
from certify.storage import courses, ledger, people
from certify.storage.rows import insert_all


@dataclass(slots=True)
class Newcomer:
    """Somebody to be stored."""

    staff_no: str
    name: str
    department_id: int
    post_id: int
    hired_on: date
    supervisor_id: int | None = None
    supervisor_no: str = ""
    """Staff number of a supervisor who is stored with them; else empty."""
    status: PersonStatus = PersonStatus.EMPLOYED
    roles: frozenset[Role] = frozenset()
    """Being a learner is added."""
    id: int = 0
    """Given when they are stored."""


def hire(
    session: Session, platform: Platform, actor: Actor, newcomers: Sequence[Newcomer]
) -> dict[str, int]:
    """Store new people with roles, history, ledger entries and onboarding courses.

    Who left has no course to take.

    Returns:
        Their numbers in the database by staff number.
    """
    ids = _stored(session, newcomers)
    now, today = platform.clock.now(), platform.today()
    history = [{**_row(one), "person_id": one.id, "at": now} for one in newcomers]
    for row in history:
        del row["staff_no"]
        row["from_day"] = row.pop("hired_on")
    insert_all(session, Placement, history)
    held = [(one.id, sorted({Role.LEARNER, *one.roles})) for one in newcomers]
    grants = [{"person_id": id_, "role": role} for id_, roles in held for role in roles]
    insert_all(session, RoleGrant, grants)
    here = [one for one in newcomers if one.status is PersonStatus.EMPLOYED]
    onboarding = _onboarding(session)
    for one in here:
        if is_new_hire(platform, one):
            person = session.get_one(Person, one.id)
            session.add_all(_enrolment(platform, person, course) for course in onboarding)
            give_trainee(session, platform, person)
    if here and not training_needs.is_empty(session):
        since = [(one, max(one.hired_on, today)) for one in here]
        training_needs.assign_to_all(session, platform, actor, since)
    ledger.append_all(
        session,
        at=now,
        actor_id=actor.person_id,
        action="person-added",
        entries=[(f"person:{id_}", {"roles": roles}) for id_, roles in held],
    )
    return ids


def _stored(session: Session, newcomers: Sequence[Newcomer]) -> dict[str, int]:
    insert_all(session, Person, [_row(one) for one in newcomers])
    ids = people.ids(session, [one.staff_no for one in newcomers])
    below = []
    for one in newcomers:
        one.id = ids[one.staff_no]
        if one.supervisor_no:
            one.supervisor_id = ids[one.supervisor_no]
            below.append((one.id, one.supervisor_id))
    people.put_under(session, below)
    return ids


def _row(one: Newcomer) -> dict[str, object]:
    return {
        "staff_no": one.staff_no,
        "name": one.name,
        "department_id": one.department_id,
        "post_id": one.post_id,
        "supervisor_id": one.supervisor_id,
        "hired_on": one.hired_on,
        "status": one.status,
    }


def enrol_new_hires(session: Session, platform: Platform, persons: Iterable[Person]) -> None:
    """Give new hires every onboarding course, due by policy after the hire date."""
    new = [one for one in persons if is_new_hire(platform, one)]
    if not new:
        return
    enrolled = courses.enrolled(session, [one.id or 0 for one in new])
    onboarding = _onboarding(session)
    for person in new:
        own = enrolled.get(person.id or 0, frozenset())
        lacking = (course for course in onboarding if course.id not in own)
        session.add_all(_enrolment(platform, person, course) for course in lacking)


def _onboarding(session: Session) -> list[Course]:
    return [
        course
        for course in courses.every(session)
        if course.kind == "onboarding" and course.available
    ]


def _enrolment(platform: Platform, person: Person, course: Course) -> Enrolment:
    return Enrolment(
        person_id=person.id or 0,
        course_id=course.id or 0,
        enrolled_at=platform.clock.now(),
        due_on=person.hired_on + timedelta(days=platform.policy.onboarding.due_days),
    )

"""People as HR sees and changes them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from certify.domain.course import Enrolment
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus, Role
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services.listing import today
from certify.services.results import qualification_view
from certify.storage import courses, people, qualifications


@dataclass(frozen=True)
class PersonView:
    """One line of the people list."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    supervisor: str
    hired_on: date
    status: PersonStatus
    roles: tuple[Role, ...]
    level: str
    qualifications: int
    """Active post qualifications today."""


def people_list(platform: Platform, *, actor: Actor, search: str = "") -> list[PersonView]:
    """Everybody, by department and staff number; `search` is part of a name or number.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_PEOPLE)
    day = today(platform)
    wanted = search.strip().lower()
    with platform.database.read() as session:
        roles = people.roles(session)
        levels: dict[int, str] = {}
        posts: dict[int, int] = {}
        for row in qualifications.rows(session):
            view = qualification_view(platform, row, day)
            if view is None or view.state is not QualificationState.ACTIVE:
                continue
            person_id = row.qualification.person_id
            if view.kind is QualificationKind.LEVEL:
                levels[person_id] = max(levels.get(person_id, ""), view.code)
            else:
                posts[person_id] = posts.get(person_id, 0) + 1
        return [
            PersonView(
                staff_no=row.person.staff_no,
                name=row.person.name,
                department={"zh": row.department.name, "en": row.department.name_en},
                department_code=row.department.code,
                post={"zh": row.post.name, "en": row.post.name_en},
                supervisor=row.supervisor.name if row.supervisor else "",
                hired_on=row.person.hired_on,
                status=row.person.status,
                roles=tuple(role for role in Role if role in roles.get(row.person.id or 0, ())),
                level=levels.get(row.person.id or 0, ""),
                qualifications=posts.get(row.person.id or 0, 0),
            )
            for row in people.rows(session)
            if wanted in row.person.name.lower() or wanted in row.person.staff_no.lower()
        ]


def enrol_new_hire(session: Session, platform: Platform, person: Person) -> None:
    """Give a new hire every onboarding course, due by policy after the hire date (R-TRN, R-LRN)."""
    due = person.hired_on + timedelta(days=platform.policy.onboarding.due_days)
    for course in courses.every(session):
        if course.kind != "onboarding" or not course.available:
            continue
        if courses.enrolment(session, person.id or 0, course.id or 0) is None:
            session.add(
                Enrolment(
                    person_id=person.id or 0,
                    course_id=course.id or 0,
                    enrolled_at=platform.clock.now(),
                    due_on=due,
                )
            )

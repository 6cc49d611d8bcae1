"""People, departments, posts, roles and credentials."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from certify.domain.clean import clean
from certify.domain.person import (
    Credential,
    Department,
    Organisation,
    Person,
    Post,
    Role,
    RoleGrant,
)


@dataclass(frozen=True)
class PersonRow:
    """A person with the names of what they belong to."""

    person: Person
    department: Department
    post: Post
    supervisor: Person | None


def organisation(session: Session) -> Organisation | None:
    """The company this database belongs to, once it was founded."""
    return session.exec(select(Organisation)).first()


def by_staff_no(session: Session, staff_no: str) -> Person | None:
    return session.exec(select(Person).where(Person.staff_no == clean(staff_no))).first()


def roles_of(session: Session, person_id: int) -> frozenset[Role]:
    grants = session.exec(select(RoleGrant).where(RoleGrant.person_id == person_id)).all()
    return frozenset(grant.role for grant in grants)


def roles(session: Session) -> dict[int, frozenset[Role]]:
    """The roles of everybody by person id."""
    found: dict[int, set[Role]] = {}
    for grant in session.exec(select(RoleGrant)).all():
        found.setdefault(grant.person_id, set()).add(grant.role)
    return {person_id: frozenset(held) for person_id, held in found.items()}


def credential(session: Session, person_id: int) -> Credential | None:
    return session.get(Credential, person_id)


def rows(session: Session) -> list[PersonRow]:
    """Everybody, by department, then staff number."""
    supervisor = aliased(Person)
    query = (
        select(Person, Department, Post, supervisor)
        .join(Department, col(Person.department_id) == Department.id)
        .join(Post, col(Person.post_id) == Post.id)
        .outerjoin(supervisor, col(Person.supervisor_id) == supervisor.id)
    )
    found = [PersonRow(*row) for row in session.exec(query).all()]
    # Sorted here: databases order letters in ways of their own.
    return sorted(found, key=lambda row: (row.department.code, row.person.staff_no))


def row(session: Session, person_id: int) -> PersonRow | None:
    """One person with department, post and supervisor."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    department = session.get_one(Department, person.department_id)
    post = session.get_one(Post, person.post_id)
    above = session.get(Person, person.supervisor_id) if person.supervisor_id else None
    return PersonRow(person, department, post, above)


def departments(session: Session) -> Sequence[Department]:
    return sorted(session.exec(select(Department)).all(), key=lambda row: row.code)


def posts(session: Session) -> Sequence[Post]:
    return sorted(session.exec(select(Post)).all(), key=lambda row: row.code)

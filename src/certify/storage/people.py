"""People, departments, posts, roles and credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from certify.domain.clean import clean
from certify.domain.person import (
    Credential,
    Department,
    Organisation,
    Person,
    PersonStatus,
    Post,
    Role,
    RoleGrant,
)

_AT_ONCE = 5_000
_ORGANISATION = select(Organisation)


@dataclass(frozen=True)
class PersonRow:
    """A person with the names of what they belong to."""

    person: Person
    department: Department
    post: Post
    supervisor: Person | None


@dataclass(frozen=True)
class PersonLine:
    """What a list of many says of one person."""

    person_id: int
    staff_no: str
    name: str
    department: Department
    post: Post
    hired_on: date
    status: PersonStatus
    supervisor: str
    """Name, or empty."""
    supervisor_no: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What an import needs to know of one person."""

    id: int
    name: str
    department_id: int
    post_id: int
    supervisor_id: int | None
    hired_on: date
    status: PersonStatus


def organisation(session: Session) -> Organisation | None:
    """The company this database belongs to, once it was founded."""
    return session.exec(_ORGANISATION).first()


def lock(session: Session) -> None:
    """Let whoever changes the company's people as a whole take turns until the transaction ends.

    SQLite takes turns at every write anyway.
    """
    session.exec(select(Organisation).with_for_update()).first()


def by_staff_no(session: Session, staff_no: str) -> Person | None:
    return session.exec(select(Person).where(Person.staff_no == clean(staff_no))).first()


def roles_of(session: Session, person_id: int) -> frozenset[Role]:
    grants = session.exec(select(RoleGrant).where(RoleGrant.person_id == person_id)).all()
    return frozenset(grant.role for grant in grants)


def roles(session: Session) -> dict[int, frozenset[Role]]:
    """The roles of everybody by person id."""
    found: dict[int, set[Role]] = {}
    for person_id, role in session.execute(columns(col(RoleGrant.person_id), col(RoleGrant.role))):
        found.setdefault(person_id, set()).add(role)
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


def lines(session: Session, *, department: str = "") -> list[PersonLine]:
    """Everybody, or those of a department, in no order: for lists of many."""
    supervisor = aliased(Person)
    query = columns(
        col(Person.id),
        col(Person.staff_no),
        col(Person.name),
        col(Person.department_id),
        col(Person.post_id),
        col(Person.hired_on),
        col(Person.status),
        col(supervisor.name),
        col(supervisor.staff_no),
    ).outerjoin(supervisor, col(Person.supervisor_id) == col(supervisor.id))
    if department:
        query = query.join(Department, col(Person.department_id) == col(Department.id))
        query = query.where(col(Department.code) == clean(department))
    in_department = {one.id: one for one in departments(session)}
    on_post = {one.id: one for one in posts(session)}
    return [
        PersonLine(
            person_id or 0,
            staff_no,
            name,
            in_department[department_id],
            on_post[post_id],
            hired_on,
            status,
            above or "",
            above_no or "",
        )
        for (
            person_id,
            staff_no,
            name,
            department_id,
            post_id,
            hired_on,
            status,
            above,
            above_no,
        ) in session.execute(query)
    ]


def known(session: Session) -> dict[str, KnownPerson]:
    """Everybody by staff number, without an object of the database for each."""
    query = columns(
        col(Person.staff_no),
        col(Person.id),
        col(Person.name),
        col(Person.department_id),
        col(Person.post_id),
        col(Person.supervisor_id),
        col(Person.hired_on),
        col(Person.status),
    )
    return {staff_no: KnownPerson(*values) for staff_no, *values in session.execute(query)}


def ids(session: Session, staff_nos: Sequence[str]) -> dict[str, int]:
    """The ids of people by staff number."""
    found: dict[str, int] = {}
    for start in range(0, len(staff_nos), _AT_ONCE):
        some = staff_nos[start : start + _AT_ONCE]
        query = columns(col(Person.staff_no), col(Person.id)).where(col(Person.staff_no).in_(some))
        found |= {staff_no: id_ for staff_no, id_ in session.execute(query)}
    return found


def put_under(session: Session, below: Sequence[tuple[int, int]]) -> None:
    """Give people their supervisors: id of each and of the supervisor."""
    if below:
        change = update(Person).where(col(Person.id) == bindparam("who"))
        rows = [{"who": who, "above": above} for who, above in below]
        session.connection().execute(change.values(supervisor_id=bindparam("above")), rows)


def by_ids(session: Session, ids: Sequence[int]) -> dict[int, Person]:
    """Persons by id, many in one query."""
    found: dict[int, Person] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = select(Person).where(col(Person.id).in_(ids[start : start + _AT_ONCE]))
        found |= {person.id or 0: person for person in session.exec(query)}
    return found


def is_one_alone(session: Session) -> bool:
    """Whether nobody has been added to the first administrator yet."""
    return len(session.exec(select(Person.id).limit(2)).all()) == 1


def row(session: Session, person_id: int) -> PersonRow | None:
    """One person with department, post and supervisor."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    department = session.get_one(Department, person.department_id)
    post = session.get_one(Post, person.post_id)
    above = session.get(Person, person.supervisor_id) if person.supervisor_id else None
    return PersonRow(person, department, post, above)


def department(session: Session, code: str) -> Department | None:
    return session.exec(select(Department).where(Department.code == clean(code))).first()


def departments(session: Session) -> Sequence[Department]:
    return sorted(session.exec(select(Department)).all(), key=lambda row: row.code)


def posts(session: Session) -> Sequence[Post]:
    return sorted(session.exec(select(Post)).all(), key=lambda row: row.code)

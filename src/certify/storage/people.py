"""People, departments, posts, roles and credentials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, bindparam, delete, type_coerce, update
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
from certify.storage.prepared import Prepared
from certify.storage.rows import insert_all, rows_of

_AT_ONCE = 5_000
_ORGANISATION = select(Organisation)
_STATUSES = {one.value: one for one in PersonStatus}
_ROLES = {one.value: one for one in Role}
_TAKE_ROLE = Prepared(
    delete(RoleGrant).where(
        col(RoleGrant.person_id) == bindparam("who"), col(RoleGrant.role) == bindparam("what")
    )
)


@dataclass(frozen=True)
class PersonRow:
    """A person with the names of what they belong to."""

    person: Person
    department: Department
    post: Post
    supervisor: Person | None


@dataclass(frozen=True, slots=True)
class Place:
    """A department or post in a list of many; its names are shared by all who are there."""

    id: int
    code: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list of many says of one person."""

    person_id: int
    staff_no: str
    name: str
    department: Place
    post: Place
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
    query = columns(col(RoleGrant.person_id), type_coerce(col(RoleGrant.role), String))
    for person_id, role in rows_of(session, query):
        found.setdefault(person_id, set()).add(_ROLES[role])
    return {person_id: frozenset(held) for person_id, held in found.items()}


def give_roles(session: Session, grants: Sequence[tuple[int, Role]]) -> None:
    """Let people hold roles that they do not: id of each and the role."""
    rows = [{"person_id": person_id, "role": role} for person_id, role in grants]
    insert_all(session, RoleGrant, rows)


def take_roles(session: Session, grants: Sequence[tuple[int, Role]]) -> None:
    """Take roles away from people: id of each and the role."""
    if grants:
        rows = [{"who": person_id, "what": role} for person_id, role in grants]
        _TAKE_ROLE.many(session.connection(), rows)


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
        type_coerce(col(Person.status), String),
        col(supervisor.name),
        col(supervisor.staff_no),
    ).outerjoin(supervisor, col(Person.supervisor_id) == col(supervisor.id))
    if department:
        query = query.join(Department, col(Person.department_id) == col(Department.id))
        query = query.where(col(Department.code) == clean(department))
    in_department, on_post = places(departments(session)), places(posts(session))
    return [
        PersonLine(
            person_id or 0,
            staff_no,
            name,
            in_department[department_id],
            on_post[post_id],
            hired_on,
            _STATUSES[status],
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
        ) in rows_of(session, query)
    ]


def places(rows: Iterable[Department | Post]) -> dict[int, Place]:
    """Departments or posts by id, without an object of the database for each."""
    return {one.id or 0: Place(one.id or 0, one.code, one.names) for one in rows}


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
        type_coerce(col(Person.status), String),
    )
    return {
        staff_no: KnownPerson(id_, name, department, post, above, hired_on, _STATUSES[status])
        for staff_no, id_, name, department, post, above, hired_on, status in rows_of(
            session, query
        )
    }


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

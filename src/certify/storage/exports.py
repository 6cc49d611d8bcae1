"""What exports read row by row, in pages: their memory does not grow with the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, func, type_coerce
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from certify.domain.clean import clean
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Department, Person, PersonStatus, Post, Role, RoleGrant
from certify.storage.rows import rows_of

PAGE = 2_000
"""Rows fetched at once."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of the people list; department and post by their codes."""

    staff_no: str
    name: str
    department: str
    post: str
    supervisor_no: str
    hired_on: date
    status: PersonStatus
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the ledger without its facts."""

    sequence: int
    at: datetime
    staff_no: str
    """Of who did it; empty for the command line itself, and once the person was removed."""
    action: str
    subject: str
    hash: str


def everybody(session: Session, *, department: str = "") -> Iterator[ListedPerson]:
    """Everybody, or those of a department, by department code and staff number."""
    supervisor = aliased(Person)
    order = (_plainly(session, col(Department.code)), _plainly(session, col(Person.staff_no)))
    roles = columns(func.aggregate_strings(type_coerce(col(RoleGrant.role), String), " ")).where(
        col(RoleGrant.person_id) == col(Person.id)
    )
    query = (
        columns(
            col(Person.staff_no),
            col(Person.name),
            col(Department.code),
            col(Post.code),
            col(supervisor.staff_no),
            col(Person.hired_on),
            type_coerce(col(Person.status), String),
            roles.scalar_subquery(),
        )
        .join(Department, col(Person.department_id) == col(Department.id))
        .join(Post, col(Person.post_id) == col(Post.id))
        .outerjoin(supervisor, col(Person.supervisor_id) == col(supervisor.id))
        .order_by(*order)
    )
    if department:
        query = query.where(col(Department.code) == clean(department))
    statuses = {one.value: one for one in PersonStatus}
    found = rows_of(session, query.execution_options(yield_per=PAGE))
    for staff_no, name, where, post, above, hired_on, status, held in found:
        yield ListedPerson(
            staff_no,
            name,
            where,
            post,
            above or "",
            hired_on,
            statuses[status],
            _roles(held or ""),
        )


def ledger_lines(
    session: Session, *, first: datetime | None, end: datetime | None
) -> Iterator[LedgerLine]:
    """The entries from one moment on and before another, in their order; None: no bound."""
    query = (
        columns(
            col(LedgerEntry.sequence),
            col(LedgerEntry.at),
            col(Person.staff_no),
            col(LedgerEntry.action),
            col(LedgerEntry.subject),
            col(LedgerEntry.hash),
        )
        .outerjoin(Person, col(Person.id) == col(LedgerEntry.actor_id))
        .order_by(col(LedgerEntry.sequence))
    )
    if first is not None:
        query = query.where(col(LedgerEntry.at) >= first)
    if end is not None:
        query = query.where(col(LedgerEntry.at) < end)
    for sequence, at, staff_no, action, subject, hash_ in session.execute(
        query, execution_options={"yield_per": PAGE}
    ):
        yield LedgerLine(sequence, at, staff_no or "", action, subject, hash_)


def entries(session: Session, action: str) -> Iterator[LedgerEntry]:
    """What the ledger says was done, in order."""
    query = columns(LedgerEntry).where(col(LedgerEntry.action) == action)
    ordered = query.order_by(col(LedgerEntry.sequence))
    yield from session.scalars(ordered, execution_options={"yield_per": PAGE})


def of_export(session: Session, number: str) -> dict[str, LedgerEntry]:
    """What the ledger says of an export, by action."""
    query = columns(LedgerEntry).where(col(LedgerEntry.subject) == f"export:{number}")
    found = session.scalars(query.order_by(col(LedgerEntry.sequence)))
    return {one.action: one for one in found}


def staff_no(session: Session, person_id: int) -> str:
    """Somebody's staff number; empty for the command line itself."""
    found = session.get(Person, person_id)
    return found.staff_no if found else ""


@cache
def _roles(held: str) -> frozenset[Role]:
    return frozenset(map(Role, held.split())) if held else frozenset()


def _plainly(session: Session, text: Any) -> ColumnElement[str]:
    """A text in the order of its characters' numbers, which is the same in every database."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ordered: ColumnElement[str] = text.collate("BINARY" if is_sqlite else "C")
    return ordered

"""The company's rules as they were from a moment on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.person import Person
from certify.domain.policy_version import PolicyVersion


def latest_digest(session: Session) -> str:
    """The digest of the rules recorded last; empty before the first."""
    query = select(PolicyVersion.digest).order_by(col(PolicyVersion.id).desc()).limit(1)
    return session.exec(query).first() or ""


def latest(session: Session) -> PolicyVersion | None:
    """The rules recorded last; None before the first."""
    query = select(PolicyVersion).order_by(col(PolicyVersion.id).desc()).limit(1)
    return session.exec(query).first()


def every(session: Session) -> Sequence[tuple[PolicyVersion, str | None, str | None]]:
    """All of them, the oldest first, each with staff number and name of who changed them."""
    query: Any = (
        columns(PolicyVersion, col(Person.staff_no), col(Person.name))
        .outerjoin(Person, col(Person.id) == col(PolicyVersion.changed_by))
        .order_by(col(PolicyVersion.id))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]

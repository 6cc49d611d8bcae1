"""Public keys of people, and failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from certify.domain.access import FailedSignIn, PublicKey
from certify.domain.person import Person


def failures(
    session: Session, *, since: datetime, account: str | None = None, address: str | None = None
) -> int:
    """How many sign-ins failed after a moment, of an account or from an address."""
    query = select(func.count()).select_from(FailedSignIn).where(col(FailedSignIn.at) > since)
    count: int = session.exec(_those(query, account, address)).one()
    return count


def latest_but(
    session: Session,
    number: int,
    *,
    since: datetime,
    account: str | None = None,
    address: str | None = None,
) -> datetime | None:
    """When the failure was after which there were `number` others; None if there are too few."""
    query = select(FailedSignIn.at).where(col(FailedSignIn.at) > since)
    query = _those(query, account, address).order_by(col(FailedSignIn.at).desc())
    found: datetime | None = session.exec(query.offset(number).limit(1)).first()
    return found


def _those(query: Any, account: str | None, address: str | None) -> Any:
    if account is not None:
        query = query.where(FailedSignIn.account == account)
    if address is not None:
        query = query.where(FailedSignIn.address == address)
    return query


def forget_failures(session: Session, account: str) -> int:
    """Delete what an account failed; returns how much that was."""
    gone = session.execute(delete(FailedSignIn).where(col(FailedSignIn.account) == account))
    return int(getattr(gone, "rowcount", 0))


def forget_failures_until(session: Session, moment: datetime) -> None:
    """Delete what is too old to lock anything."""
    session.execute(delete(FailedSignIn).where(col(FailedSignIn.at) <= moment))


def owner_of_key(session: Session, staff_no: str, fingerprint: str) -> Person | None:
    """The person with this staff number, if a key with this fingerprint is theirs and holds."""
    query = (
        select(Person)
        .join(PublicKey, col(PublicKey.person_id) == Person.id)
        .where(
            Person.staff_no == staff_no,
            PublicKey.fingerprint == fingerprint,
            col(PublicKey.revoked_at).is_(None),
        )
    )
    return session.exec(query).first()


def key(session: Session, fingerprint: str) -> PublicKey | None:
    """A key by its fingerprint, whoever's it is."""
    return session.exec(select(PublicKey).where(PublicKey.fingerprint == fingerprint)).first()


def keys_of(session: Session, person_id: int) -> Sequence[PublicKey]:
    """A person's keys in the order in which they were added, also those revoked."""
    query = select(PublicKey).where(PublicKey.person_id == person_id).order_by(col(PublicKey.id))
    return session.exec(query).all()

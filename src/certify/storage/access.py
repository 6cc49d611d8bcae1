"""Public keys of people, and failed sign-ins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, text
from sqlmodel import Session, col, func, select

from certify.domain.access import FailedSignIn, PublicKey
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Person


class Entered(NamedTuple):
    """What the ledger says of one sign-in, or of one change of a password."""

    at: datetime
    action: str
    actor_id: int
    facts: Mapping[str, Any]


LOCK_KEY = 0x646F6F72
"""Names the PostgreSQL lock that only the counting of failures takes."""


def lock_counting(session: Session) -> None:
    """Let whoever counts a failure take turns until the transaction ends; SQLite does anyway.

    Else two that fail at once, at one server or at two, would each count without the other, and
    the one that locks a door would not be noticed.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})


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


def failed(session: Session, account: str) -> Sequence[FailedSignIn]:
    """What failed at an account and is still kept, the newest first."""
    query = select(FailedSignIn).where(FailedSignIn.account == account)
    return session.exec(query.order_by(col(FailedSignIn.at).desc())).all()


def entered(session: Session, person_id: int, *actions: str, most: int) -> list[Entered]:
    """The newest entries of the ledger about a person's ways in, the newest first."""
    query = (
        select(LedgerEntry.at, LedgerEntry.action, LedgerEntry.actor_id, LedgerEntry.facts)
        .where(LedgerEntry.subject == f"person:{person_id}", col(LedgerEntry.action).in_(actions))
        .order_by(col(LedgerEntry.sequence).desc())
        .limit(most)
    )
    return [Entered(*row) for row in session.exec(query).all()]

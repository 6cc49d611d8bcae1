"""Whose data were removed, and what the ledger knows of copies of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from certify.domain.erasure import Erasure
from certify.domain.ledger import LedgerEntry


def every(session: Session) -> Sequence[Erasure]:
    """All erasures, the oldest first."""
    return session.exec(select(Erasure).order_by(col(Erasure.at), col(Erasure.person_id))).all()


def by_person(session: Session) -> dict[int, Erasure]:
    """All erasures by whose data were removed."""
    return {one.person_id: one for one in every(session)}


def first_hash(session: Session, person_id: int) -> str:
    """Hash of the entry that added a person: tells them from anybody else of that number.

    Empty for somebody whom an older certify added without one.
    """
    query = select(LedgerEntry.hash).where(
        LedgerEntry.subject == f"person:{person_id}",
        col(LedgerEntry.action).in_(("person-added", "organisation-founded")),
    )
    return session.exec(query.order_by(col(LedgerEntry.sequence)).limit(1)).first() or ""


def extracts(session: Session, person_id: int) -> list[str]:
    """Numbers of the extracts that were made of a person."""
    facts = _facts(session, "data-extracted", f"person:{person_id}")
    return [str(one.get("number", "")) for one in facts]


def exports(session: Session) -> list[str]:
    """Numbers of all lists that were exported."""
    query = select(LedgerEntry.subject).where(LedgerEntry.action == "list-exported")
    found = session.exec(query.order_by(col(LedgerEntry.sequence))).all()
    return [subject.removeprefix("export:") for subject in found]


def last_backup(session: Session) -> datetime | None:
    """When the last backup was made that this ledger knows of."""
    query = select(LedgerEntry.at).where(LedgerEntry.action == "backup-made")
    return session.exec(query.order_by(col(LedgerEntry.sequence).desc()).limit(1)).first()


def _facts(session: Session, action: str, subject: str) -> list[dict[str, Any]]:
    query = select(LedgerEntry.facts).where(
        LedgerEntry.action == action, LedgerEntry.subject == subject
    )
    return [dict(one) for one in session.exec(query.order_by(col(LedgerEntry.sequence))).all()]

"""The ledger's rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from certify.domain.ledger import LedgerEntry, LedgerHead, entry_hash


def append(
    session: Session,
    *,
    at: datetime,
    actor_id: int,
    action: str,
    subject: str,
    facts: dict[str, Any],
) -> None:
    """Write what happened, in the transaction that does it; writers queue on the head."""
    head = session.exec(select(LedgerHead).where(LedgerHead.id == 1).with_for_update()).first()
    if head is None:
        head = LedgerHead()
    previous, head.sequence = head.hash, head.sequence + 1
    entry = LedgerEntry(
        sequence=head.sequence,
        at=at,
        actor_id=actor_id,
        action=action,
        subject=subject,
        facts=facts,
        previous_hash=previous,
        hash="",
    )
    entry.hash = entry_hash(
        previous,
        sequence=entry.sequence,
        at=at,
        actor_id=actor_id,
        action=action,
        subject=subject,
        facts=facts,
    )
    head.hash = entry.hash
    session.add(head)
    session.add(entry)
    session.flush()


def entries(session: Session) -> Iterator[LedgerEntry]:
    """The whole ledger in order, streamed."""
    query = select(LedgerEntry).order_by(col(LedgerEntry.sequence))
    yield from session.exec(query.execution_options(yield_per=1000))

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
    head = _head(session)
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
    session.add(entry)


def _head(session: Session) -> LedgerHead:
    """The end of the chain, locked once per transaction: nobody else can move it until then."""
    head: LedgerHead | None = session.info.get("ledger_head")
    if head is None:
        query = select(LedgerHead).where(LedgerHead.id == 1).with_for_update()
        head = session.exec(query).first() or LedgerHead()
        session.add(head)
        session.info["ledger_head"] = head
    return head


def has(session: Session, *, at: datetime, action: str, subject: str) -> bool:
    """Whether this was written of this subject at exactly this moment."""
    query = select(LedgerEntry.sequence).where(
        LedgerEntry.at == at, LedgerEntry.action == action, LedgerEntry.subject == subject
    )
    return session.exec(query).first() is not None


def entries(session: Session) -> Iterator[LedgerEntry]:
    """The whole ledger in order, streamed."""
    query = select(LedgerEntry).order_by(col(LedgerEntry.sequence))
    yield from session.exec(query.execution_options(yield_per=1000))


def results_told(session: Session, attempt_id: int) -> dict[int, tuple[str, str, bool, str]]:
    """What the ledger says of an attempt's results by number: earned, possible, passed, parts."""
    query = select(LedgerEntry).where(
        LedgerEntry.action == "attempt-scored", LedgerEntry.subject == f"attempt:{attempt_id}"
    )
    told = {}
    for entry in session.exec(query.order_by(col(LedgerEntry.sequence))).all():
        facts = entry.facts
        told[int(facts.get("result", 1))] = (
            str(facts["earned"]),
            str(facts["possible"]),
            bool(facts["passed"]),
            str(facts.get("parts", "")),
        )
    return told

"""The ledger's rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.ledger import LedgerEntry, LedgerHead, entry_hash
from certify.storage.prepared import Prepared

_ONE = col(LedgerHead.id) == 1
_HEAD = Prepared(
    columns(col(LedgerHead.sequence), col(LedgerHead.hash)).where(_ONE).with_for_update()
)
_ADD = Prepared(insert(LedgerEntry))
_MOVE = Prepared(
    update(LedgerHead)
    .where(_ONE)
    .values(sequence=bindparam("to_sequence"), hash=bindparam("to_hash"))
)


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
    connection = session.connection()
    head = _HEAD.run(connection, {})
    if head is None:
        session.execute(insert(LedgerHead).values(id=1, sequence=0, hash=""))
    sequence, previous = head or (0, "")
    entry: dict[str, Any] = {
        "sequence": sequence + 1,
        "at": at,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "facts": facts,
    }
    hashed = entry_hash(previous, **entry)
    _ADD.run(connection, {**entry, "previous_hash": previous, "hash": hashed})
    _MOVE.run(connection, {"to_sequence": sequence + 1, "to_hash": hashed})


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


def first_at(session: Session) -> datetime | None:
    """The moment of the first entry; None while there is none."""
    return session.exec(select(LedgerEntry.at).order_by(col(LedgerEntry.sequence)).limit(1)).first()

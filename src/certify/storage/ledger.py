"""The ledger's rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt
from certify.domain.ledger import LedgerEntry, LedgerHead, entry_hash
from certify.domain.ledger_chain import Line
from certify.domain.ledger_words import without_words
from certify.domain.person import Person
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
    """Write what happened, in the transaction that does it; writers queue on the head.

    Args:
        facts: of what somebody typed the ledger only says that it was; see `ledger_words`.
    """
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
        "facts": without_words(action, facts),
    }
    hashed = entry_hash(previous, **entry)
    _ADD.run(connection, {**entry, "previous_hash": previous, "hash": hashed})
    _MOVE.run(connection, {"to_sequence": sequence + 1, "to_hash": hashed})


def append_all(
    session: Session,
    *,
    at: datetime,
    actor_id: int,
    action: str,
    entries: Iterable[tuple[str, dict[str, Any]]],
) -> None:
    """`append` one deed to many subjects, in order: the head is read and moved once.

    Args:
        entries: subject and facts of each.
    """
    connection = session.connection()
    head = _HEAD.run(connection, {})
    if head is None:
        session.execute(insert(LedgerHead).values(id=1, sequence=0, hash=""))
    sequence, previous = head or (0, "")
    rows = []
    for subject, facts in entries:
        sequence += 1
        entry: dict[str, Any] = {
            "sequence": sequence,
            "at": at,
            "actor_id": actor_id,
            "action": action,
            "subject": subject,
            "facts": without_words(action, facts),
        }
        hashed = entry_hash(previous, **entry)
        rows.append({**entry, "previous_hash": previous, "hash": hashed})
        previous = hashed
    if rows:
        _ADD.many(connection, rows)
        _MOVE.run(connection, {"to_sequence": sequence, "to_hash": previous})


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


def newest(session: Session, *, person_id: int | None = None, action: str = "") -> Iterator[Line]:
    """Entries backwards from the end, streamed.

    Args:
        person_id: who did it, whom it is about, or whose attempt it is about.
    """
    query = columns(*(col(getattr(LedgerEntry, name)) for name in Line._fields))
    if action:
        query = query.where(col(LedgerEntry.action) == action)
    if person_id is not None:
        sat = session.exec(select(Attempt.id).where(Attempt.person_id == person_id)).all()
        about = [f"person:{person_id}", *(f"attempt:{attempt}" for attempt in sat)]
        query = query.where(
            (col(LedgerEntry.actor_id) == person_id) | col(LedgerEntry.subject).in_(about)
        )
    query = query.order_by(col(LedgerEntry.sequence).desc())
    with session.execute(query.execution_options(yield_per=500)) as found:
        for row in found:
            yield Line(*row)


def names(session: Session) -> dict[int, tuple[str, str]]:
    """Name and staff number of everybody, by internal number."""
    query = select(Person.id, Person.name, Person.staff_no)
    return {id_ or 0: (name, staff_no) for id_, name, staff_no in session.exec(query)}


def sitter(session: Session, attempt_id: int) -> int | None:
    """Whose attempt it is."""
    return session.exec(select(Attempt.person_id).where(Attempt.id == attempt_id)).first()


def head(session: Session) -> tuple[int, str] | None:
    """Number and hash of the last entry, which no other can append to until this ends."""
    found = _HEAD.run(session.connection(), {})
    return (found[0], found[1]) if found else None


def first_at(session: Session) -> datetime | None:
    """The moment of the first entry; None while there is none."""
    return session.exec(select(LedgerEntry.at).order_by(col(LedgerEntry.sequence)).limit(1)).first()

"""The ledger: what happened, by whom, each entry chained to the one before (R-SUP-06).

Entries name people by their internal number only, so that personal data can be removed later
without breaking the chain.
"""

import hashlib
import json as json_text
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json


class LedgerEntry(SQLModel, table=True):
    """One thing that happened; inserted in the transaction that did it, never changed."""

    sequence: int = Field(primary_key=True)
    at: datetime
    actor_id: int
    """0 for the command line acting for nobody on the staff."""
    action: str
    subject: str = Field(index=True)
    facts: dict[str, Any] = json(dict)
    previous_hash: str
    hash: str


class LedgerHead(SQLModel, table=True):
    """The end of the chain; writers queue on this one row."""

    id: int = Field(default=1, primary_key=True)
    sequence: int = 0
    hash: str = ""


def entry_hash(
    previous: str,
    *,
    sequence: int,
    at: datetime,
    actor_id: int,
    action: str,
    subject: str,
    facts: dict[str, Any],
) -> str:
    """The hash of an entry, over itself and the hash of the one before."""
    parts = [previous, sequence, at.isoformat(), actor_id, action, subject, facts]
    line = json_text.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def first_false(entries: Iterable[LedgerEntry]) -> int | None:
    """The sequence number at which the chain first breaks, or None when it holds."""
    previous, expected = "", 1
    for entry in entries:
        right = entry_hash(
            previous,
            sequence=expected,
            at=entry.at,
            actor_id=entry.actor_id,
            action=entry.action,
            subject=entry.subject,
            facts=entry.facts,
        )
        if (entry.sequence, entry.previous_hash, entry.hash) != (expected, previous, right):
            return expected
        previous, expected = entry.hash, expected + 1
    return None

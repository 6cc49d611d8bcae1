"""Verifying the ledger: the whole chain is computed again (R-SUP-06)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certify.domain.ledger import LedgerEntry, LedgerHead, first_false
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.platform import Platform
from certify.storage import ledger


@dataclass(frozen=True)
class LedgerCheck:
    """What verifying found."""

    entries: int
    head: str
    """Hash of the last entry; kept elsewhere, it proves that the end was not cut off."""
    first_false: int | None
    """Sequence number at which the chain breaks; None when it holds."""


class _Counted:
    """Passes entries on and remembers the last one."""

    def __init__(self, entries: Iterable[LedgerEntry]) -> None:
        self.entries = entries
        self.count = 0
        self.head = ""

    def __iter__(self) -> Iterator[LedgerEntry]:
        for entry in self.entries:
            self.count, self.head = self.count + 1, entry.hash
            yield entry


def verify(platform: Platform, *, actor: Actor) -> LedgerCheck:
    """Compute the chain again from its first entry and compare its end with the head.

    Raises:
        NotPermitted
    """
    if not actor.is_console:  # who may open the database may verify it
        require(actor, Action.SEE_LEDGER)
    with platform.database.read() as session:
        counted = _Counted(ledger.entries(session))
        broken = first_false(counted)
        head = session.get(LedgerHead, 1)
        expected = (head.sequence, head.hash) if head else (0, "")
        if broken is None and (counted.count, counted.head) != expected:
            broken = counted.count + 1
        return LedgerCheck(counted.count, counted.head, broken)

"""Walking the chain of the ledger: where it first breaks, and what was done there (R-SUP-06)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from certify.domain.ledger import entry_hash


class Line(NamedTuple):
    """An entry as plain values: a million of them are read without objects of the database."""

    sequence: int
    at: datetime
    actor_id: int
    action: str
    subject: str
    facts: dict[str, Any]
    previous_hash: str
    hash: str


class Fault(StrEnum):
    """What is wrong with an entry."""

    CHANGED = "changed"
    MISSING = "missing"
    """Taken out, whether or not the later ones were renumbered."""
    REORDERED = "reordered"
    """A later entry stands in its place, and it stands elsewhere."""
    INSERTED = "inserted"
    CUT = "cut"
    """It and all after it are gone."""
    HEAD = "head"
    """The row that names the end of the chain is gone or another one."""


@dataclass(frozen=True)
class FalseEntry:
    """The first false entry and what is wrong with it."""

    sequence: int
    fault: Fault


class Chain:
    """Takes the entries in order and knows at the end whether they hold together."""

    def __init__(self) -> None:
        self.count = 0
        self.head = ""
        """Hash of the last entry."""
        self._last = 0
        self._false: Line | None = None
        self._before = ""
        """Hash of the entry before the first false one."""
        self._expected = 0
        self._next: Line | None = None
        self._true_one_follows = False
        """Whether an entry that was chained to the one before stands further on."""

    def take(self, line: Line) -> None:
        """The next entry, by sequence number."""
        if self._false is not None:
            self._next = self._next or line
            self._true_one_follows |= line.previous_hash == self._before
        else:
            expected = self.count + 1
            right = _hash(line, self.head, expected)
            if (line.sequence, line.previous_hash, line.hash) != (expected, self.head, right):
                self._false, self._before, self._expected = line, self.head, expected
        self.count, self.head, self._last = self.count + 1, line.hash, line.sequence

    def first_false(self, head: tuple[int, str] | None) -> FalseEntry | None:
        """The first false entry, or None when all hold.

        Args:
            head: number and hash of the last entry, as the head keeps them.
        """
        if self._false is not None:
            return self._explained(self._false, head)
        if head is None:
            return FalseEntry(self.count, Fault.HEAD) if self.count else None
        if head[0] > self.count:
            return FalseEntry(self.count + 1, Fault.CUT)
        if head[0] < self.count:
            return FalseEntry(head[0] + 1, Fault.INSERTED)
        return None if head[1] == self.head else FalseEntry(self.count, Fault.HEAD)

    def _explained(self, line: Line, head: tuple[int, str] | None) -> FalseEntry:
        place = self._expected
        if line.sequence != place:
            is_before = line.sequence < place
            return FalseEntry(
                *((line.sequence, Fault.INSERTED) if is_before else (place, Fault.MISSING))
            )
        if _hash(line, line.previous_hash, place) == line.hash:
            # It is whole in itself, but the one before has another hash than it was chained to.
            follower = self._next.previous_hash if self._next else (head or (0, ""))[1]
            is_held = place > 1 and follower == line.hash
            return FalseEntry(place - 1 if is_held else place, Fault.CHANGED)
        made_for = self._made_for(line, head)
        if made_for is None:
            is_shifted = self._next is not None and self._next.previous_hash == self._before
            return FalseEntry(place, Fault.INSERTED if is_shifted else Fault.CHANGED)
        if made_for < place:
            return FalseEntry(place - 1 if made_for == place - 1 else place, Fault.INSERTED)
        return FalseEntry(place, Fault.REORDERED if self._true_one_follows else Fault.MISSING)

    def _made_for(self, line: Line, head: tuple[int, str] | None) -> int | None:
        """The number for which the hash of an entry was made, when its content is whole."""
        last = max(self._last, self.count, head[0] if head else 0) + 1
        for number in range(1, last + 1):
            if _hash(line, line.previous_hash, number) == line.hash:
                return number
        return None


def _hash(line: Line, previous: str, sequence: int) -> str:
    return entry_hash(
        previous,
        sequence=sequence,
        at=line.at,
        actor_id=line.actor_id,
        action=line.action,
        subject=line.subject,
        facts=line.facts,
    )

"""What an audit of the ledger can find wrong (R-SUP-06)."""

from dataclasses import dataclass
from enum import StrEnum


class Deviation(StrEnum):
    """In what way something is not as the ledger says."""

    ENTRY = "entry"
    """The first false entry of the chain."""
    UNREADABLE = "unreadable"
    """An entry that says nothing that certify would say."""
    CHECKPOINT = "checkpoint"
    """The ledger is another one than a signed checkpoint says."""
    SIGNATURE = "signature"
    """A checkpoint is not signed by a key of the company."""
    GUARD = "guard"
    """A trigger that forbids changes was taken away."""
    DIFFERENT = "different"
    GONE = "gone"
    """The ledger tells of a row that is not there."""
    UNTOLD = "untold"
    """A row of which the ledger tells nothing."""
    RESPONSES = "responses"
    """The chain of an attempt's answers is broken."""
    ERASED = "erased"
    """Personal data were removed without an entry."""
    ALONE = "alone"
    """One person did what takes two by the rules of the day."""


@dataclass(frozen=True)
class Found:
    """One thing that is wrong."""

    kind: Deviation
    table: str
    row: str
    """What the row is called, such as `attemptresult:12/1`."""
    ledger: str = ""
    """What the ledger says."""
    stands: str = ""
    """What stands there."""
    entry: int = 0
    """Number of the entry that says so; 0 where there is none."""

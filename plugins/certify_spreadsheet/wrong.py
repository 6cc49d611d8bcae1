"""Why a row does not become an item."""

from dataclasses import dataclass


@dataclass
class Wrong(Exception):
    """What a person must mend; its place is the cell of a column."""

    reason: str
    mend: str
    key: str = "key"
    """The column, a key of `headings.WORDS` or `option`."""
    option: int = 0

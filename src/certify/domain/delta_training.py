"""What changed in a standard, and until when its holders have learned it (R-STD-05)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_\u2e80-\u9fff\uac00-\ud7af]+|\s+|.", re.DOTALL)
"""A number, a word of a language with blanks, blanks, or one character such as 秒."""
SMALL = 2
"""Equal characters between two changes that are read with them: else a line falls to crumbs."""


class How(StrEnum):
    """How delta training was passed."""

    PRACTICE = "practice"
    EXAM = "exam"
    RECORDED = "recorded"


class Side(StrEnum):
    """To which text a piece belongs."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A part of two texts: in both, only in the old one, or only in the new one."""

    side: Side
    text: str


def due_day(first: date, days: int) -> date:
    """Last day to pass, inclusive: so many days after the first day in force."""
    return first + timedelta(days=days)


def suspended_from(due: date) -> date:
    """First day without the qualification for who has not passed."""
    return due + timedelta(days=1)


def needed_right(wanted: int, available: int) -> int:
    """How many practice items must be right: as many as wanted, where there are as many."""
    return min(wanted, available)


def words_of(text: str) -> list[str]:
    """A text in words; joined again they are the text."""
    return _WORD.findall(text)


def compare(old: str, new: str) -> list[Piece]:
    """Two texts as one row of pieces, by words.

    The pieces in both or in the old one make the old text, those in both or in the new one the
    new text.
    """
    before, after = words_of(old), words_of(new)
    pieces: list[Piece] = []
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for place, (kind, start, end, from_, to) in enumerate(changes):
        was, is_now = "".join(before[start:end]), "".join(after[from_:to])
        is_between = 0 < place < len(changes) - 1
        if kind == "equal" and not (is_between and len(was) < SMALL):
            pieces.append(Piece(Side.BOTH, was))
        else:
            pieces += [Piece(Side.OLD, was), Piece(Side.NEW, is_now)]
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring changes as one: first what went, then what came."""
    joined: list[Piece] = []
    gone = come = ""
    for piece in [*pieces, Piece(Side.BOTH, "")]:
        if piece.side is Side.OLD:
            gone += piece.text
        elif piece.side is Side.NEW:
            come += piece.text
        else:
            changed = [Piece(Side.OLD, gone), Piece(Side.NEW, come), piece]
            joined += [one for one in changed if one.text]
            gone = come = ""
    return joined

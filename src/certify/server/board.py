"""What the processes of one server share: signs of life, and how many wait at its doors.

A piece of memory that the parent makes and each worker finds mapped. A worker writes in its own
row only, so nothing is locked; the row of one that ended is cleared before another takes it, so
nobody is counted who is gone.

Connections are counted here and not divided beforehand, so many for each worker: the system deals
them out by chance, and of ten from one office four may come to one of four workers, which would
turn away somebody innocent where the rule allows ten.
"""

from __future__ import annotations

import secrets
from ctypes import c_uint16, c_uint32
from dataclasses import dataclass
from hashlib import blake2b
from multiprocessing import get_context

CELLS = 1 << 14
"""Into so many cells addresses are dealt, by a secret of this start, so that nobody can choose to
stand in somebody else's. Two share one by chance once in so many times; each is then counted as
both, at the other workers."""
MOST = (1 << 16) - 1
DIED, HUNG = range(2)


class Board:
    """The memory; made by the parent, handed to each worker at its start."""

    def __init__(self, rows: int) -> None:
        """Args:
        rows: how many processes may be there at once.
        """
        shared = get_context("spawn")
        self._secret = secrets.token_bytes(16)
        self._free = list(range(rows))
        self._rows = range(rows)
        self.beats = shared.RawArray(c_uint32, rows)
        self._counts = shared.RawArray(c_uint16, rows * CELLS)
        self._replaced = shared.RawArray(c_uint32, 2)

    def seat(self) -> Seat:
        """A cleared row for a process that begins."""
        row = self._free.pop()
        self.beats[row] = 0
        self._counts[row * CELLS : (row + 1) * CELLS] = [0] * CELLS
        return Seat(self, row)

    def give_back(self, seat: Seat) -> None:
        """The process of this row has ended: nobody waits there any more."""
        self._counts[seat.row * CELLS : (seat.row + 1) * CELLS] = [0] * CELLS
        self._free.append(seat.row)

    def count(self, row: int, key: str, change: int) -> None:
        """One more or less of a key in a row."""
        cell = row * CELLS + self._cell(key)
        self._counts[cell] = min(MOST, max(0, self._counts[cell] + change))

    def elsewhere(self, row: int, key: str) -> int:
        """How many of a key are in the other rows."""
        cell = self._cell(key)
        return sum(self._counts[one * CELLS + cell] for one in self._rows if one != row)

    def note_replaced(self, why: int) -> None:
        """A worker was replaced because it `DIED` or `HUNG`."""
        self._replaced[why] += 1

    def replaced(self, why: int) -> int:
        """How many were since the server began."""
        return int(self._replaced[why])

    def _cell(self, key: str) -> int:
        digest = blake2b(key.encode(), digest_size=4, key=self._secret).digest()
        return int.from_bytes(digest, "big") % CELLS


@dataclass(frozen=True)
class Seat:
    """The row of one worker process."""

    board: Board
    row: int

    def beat(self) -> None:
        """Give a sign of life; 0 is for who has not given one yet."""
        self.board.beats[self.row] = self.board.beats[self.row] % MOST + 1

    @property
    def beats(self) -> int:
        """Another number after each sign of life."""
        return int(self.board.beats[self.row])

    def count(self, key: str, change: int) -> None:
        """One more or less of a key is here."""
        self.board.count(self.row, key, change)

    def elsewhere(self, key: str) -> int:
        """How many of a key are at the other workers."""
        return self.board.elsewhere(self.row, key)

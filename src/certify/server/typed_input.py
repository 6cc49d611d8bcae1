"""What a terminal may send: bounded, so that no client fills the memory or keeps others waiting."""

from __future__ import annotations

BEGIN, END = "\x1b[200~", "\x1b[201~"
"""Around what was pasted."""
MOST_PASTED = 64 * 1024
"""Characters of one paste; the rest of it is dropped."""
MOST_WAITING = 64 * 1024
"""Characters that wait to be understood; what comes beyond them is dropped."""
SLICE = 64
"""Characters understood at a time."""
KEYS_AT_ONCE, KEYS_PER_SECOND = 300, 50
"""Events of one terminal: nobody types faster, and input methods send a sentence at once."""


class TypedInput:
    """Keeps what came and gives it in slices."""

    def __init__(self) -> None:
        self._waiting = ""
        self._room: int | None = None
        """Characters that the paste may still have; None outside of one."""
        self._keys = float(KEYS_AT_ONCE)
        self._at = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits but what may become a mark."""
        return len(self._waiting) == self._held()

    def add(self, text: str) -> None:
        """Take what came, as far as there is room."""
        self._waiting += text[: MOST_WAITING - len(self._waiting)]

    def spend(self, events: int) -> None:
        """So many keys and moves were made of the last slice."""
        self._keys -= events

    def take(self, now: float) -> str:
        """The next slice; empty when nothing waits or it came too fast.

        Args:
            now: seconds of a clock that only goes forward.
        """
        self._keys = min(KEYS_AT_ONCE, self._keys + (now - self._at) * KEYS_PER_SECOND)
        self._at = now
        if self._room is not None:
            return self._of_paste(self._room)
        if self._keys < 1:
            return ""
        found = self._waiting.find(BEGIN, 0, SLICE + len(BEGIN))
        if found >= 0:
            self._room = MOST_PASTED
            return self._cut(found + len(BEGIN))
        return self._cut(min(SLICE, len(self._waiting) - self._held()))

    def take_rest(self) -> str:
        """What was held because it might have become a mark; nothing followed it."""
        return "" if self._room is not None else self._cut(self._held())

    def _of_paste(self, room: int) -> str:
        found = self._waiting.find(END)
        body = self._cut(found if found >= 0 else len(self._waiting) - self._held())
        self._room = max(0, room - len(body))
        if found < 0:
            return body[:room]
        self._room = None
        return body[:room] + self._cut(len(END))

    def _held(self) -> int:
        """How many of the last characters may be the beginning of a mark."""
        mark = BEGIN if self._room is None else END
        least = 2 if self._room is None else 1  # the key Esc alone begins none
        lengths = range(len(mark) - 1, least - 1, -1)
        return next((n for n in lengths if self._waiting.endswith(mark[:n])), 0)

    def _cut(self, length: int) -> str:
        given, self._waiting = self._waiting[:length], self._waiting[length:]
        return given

"""The answers of one sitting as a terminal holds them: what is saved and what still waits.

Answers are saved one after another in the order given. One that was sent but not acknowledged is
sent again unchanged until its receipt comes, so nothing is saved twice and nothing is lost.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certify.services.sitting import Receipt, Sitting
from certify.tui.widgets.navigator import ItemState


@dataclass(frozen=True)
class Entry:
    """What one item's answer and flag should be."""

    position: int
    answer: Mapping[str, Any] | None
    flagged: bool


Save = Callable[[int, Entry], Awaitable[Receipt]]
"""Saves an entry under a sequence number; raises when it could not."""


class AnswerSheet:
    """Given answers, and those that wait to be saved."""

    def __init__(self, sitting: Sitting) -> None:
        self._sequence = sitting.sequence
        self._given = {
            item.position: Entry(item.position, item.answer, item.flagged) for item in sitting.items
        }
        self._observed = {item.position for item in sitting.items if item.is_observed}
        self._waiting: dict[int, Entry] = {}
        self._sent: Entry | None = None

    def entry(self, position: int) -> Entry:
        """The answer and flag of an item, saved or not."""
        return self._given[position]

    def give(
        self, position: int, *, answer: Mapping[str, Any] | None = None, flagged: bool
    ) -> None:
        """Take an answer; it waits until `save_next` has saved it."""
        entry = Entry(position, answer, flagged)
        self._given[position] = entry
        self._waiting.pop(position, None)
        self._waiting[position] = entry

    @property
    def is_saved(self) -> bool:
        """Whether everything given is saved."""
        return not self._waiting and self._sent is None

    def states(self) -> Sequence[ItemState]:
        """The state of each item, in order."""
        sent = self._sent.position if self._sent else None
        return [
            ItemState(
                is_answered=entry.answer is not None,
                is_flagged=entry.flagged,
                is_unsaved=position in self._waiting or position == sent,
            )
            for position, entry in sorted(self._given.items())
        ]

    def unanswered(self) -> list[int]:
        """Numbers, counted from 1, of the items that want an answer and have none."""
        return [
            entry.position + 1
            for entry in self._given.values()
            if entry.answer is None and entry.position not in self._observed
        ]

    def answered(self) -> int:
        """How many items have an answer."""
        return sum(entry.answer is not None for entry in self._given.values())

    def flagged(self) -> list[int]:
        """Numbers, counted from 1, of the items flagged for review."""
        return [entry.position + 1 for entry in self._given.values() if entry.flagged]

    async def save_next(self, save: Save) -> Receipt | None:
        """Save the next waiting entry; None when nothing waits.

        Raises:
            whatever `save` raises; the entry then stays and is sent again next time.
        """
        if self._sent is None:
            if not self._waiting:
                return None
            self._sent = self._waiting.pop(next(iter(self._waiting)))
        receipt = await save(self._sequence + 1, self._sent)
        self._sequence = receipt.sequence
        self._sent = None
        return receipt

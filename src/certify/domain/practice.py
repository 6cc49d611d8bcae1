"""Which items a round of practice takes (R-SIM-06).

A round is decided by what a person practised before and by a seed alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from certify.domain.blueprint import shuffled


@dataclass(frozen=True)
class Practicable:
    """An item of the practice pool as one person finds it."""

    item_id: int
    version_id: int
    code: str
    topic: str
    type: str
    due_at: datetime | None = None
    """When it comes back; None when the person never practised it."""


def choose(
    offered: Sequence[Practicable],
    *,
    now: datetime,
    standing: Mapping[str, float],
    seed: str,
    size: int,
    most_new: int,
) -> list[Practicable]:
    """The items of one round, in order.

    What is due comes first, the longest overdue before the others. Then come items never
    practised, those of the weakest topics first and the topics in turn. Where that does not fill
    the round, items are repeated before their time, those of the weakest topics first.

    Args:
        standing: by topic, the share expected of the person; a topic that is not in it is unknown
            and comes before all others.
        seed: decides between items that are otherwise alike.
        size: most items of the round.
        most_new: most items that were never practised.
    """
    places = {code: n for n, code in enumerate(shuffled((one.code for one in offered), seed))}
    turns = _turns([one for one in offered if one.due_at is None], places)

    def weakest(item: Practicable) -> float:
        return standing.get(item.topic, -1.0)

    due = [one for one in offered if one.due_at is not None and one.due_at <= now]
    new = [one for one in offered if one.due_at is None]
    early = [one for one in offered if one.due_at is not None and one.due_at > now]
    due.sort(key=lambda one: (one.due_at or now, places[one.code]))
    new.sort(key=lambda one: (turns[one.code], weakest(one), places[one.code]))
    early.sort(key=lambda one: (weakest(one), one.due_at or now, places[one.code]))
    taken = due[:size]
    taken += new[: min(most_new, size - len(taken))]
    return taken + early[: size - len(taken)]


def _turns(new: Sequence[Practicable], places: Mapping[str, int]) -> dict[str, int]:
    """The place of every new item within its topic, so that topics take turns."""
    seen: dict[str, int] = {}
    turns = {}
    for one in sorted(new, key=lambda item: places[item.code]):
        turns[one.code] = seen.get(one.topic, 0)
        seen[one.topic] = turns[one.code] + 1
    return turns

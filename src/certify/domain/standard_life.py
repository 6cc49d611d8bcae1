"""The rules by which a standard changes: days, opinions, pilots, reviews (R-STD-01 … R-STD-03)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certify.domain.standard_change import DraftState
from certify.domain.validity import add_months


class TextState(StrEnum):
    """What a stored text of a standard is on a day."""

    APPROVED = "approved"
    """It waits for its first day."""
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class DayBar(StrEnum):
    """Why a text cannot begin, or a standard end, on a day."""

    BACKDATED = "backdated"
    """The day has begun already: a text changes at 00:00."""
    NOT_AFTER_NEWEST = "not-after-newest"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Opinion:
    """What one side says of a draft."""

    side: str
    agrees: bool


@dataclass(frozen=True)
class Scene:
    """Whether a draft works in one scene."""

    scene: str
    works: bool


def in_force_on(day: date, firsts: Iterable[date], withdrawn_on: date | None) -> date | None:
    """First day of the one text in force on a day; None before the first and from withdrawal on.

    Args:
        firsts: first days of every text of one standard (R-STD-02).
    """
    if withdrawn_on is not None and withdrawn_on <= day:
        return None
    return max((first for first in firsts if first <= day), default=None)


def bar_to_day(
    day: date, *, today: date, firsts: Collection[date], withdrawn_on: date | None
) -> DayBar | None:
    """Why nothing can change on a day: no new text begins on it, and no withdrawal (R-STD-02).

    Args:
        firsts: first days of the texts approved so far, those to come among them.
    """
    if withdrawn_on is not None:
        return DayBar.WITHDRAWN
    if firsts and day <= max(firsts):
        return DayBar.NOT_AFTER_NEWEST
    return DayBar.BACKDATED if day <= today else None


def text_state(
    first: date, day: date, firsts: Iterable[date], withdrawn_on: date | None
) -> TextState:
    """What the text that begins on `first` is on a day."""
    if first > day:
        return TextState.APPROVED
    if max(one for one in firsts if one <= day) != first:
        return TextState.SUPERSEDED
    is_withdrawn = withdrawn_on is not None and withdrawn_on <= day
    return TextState.WITHDRAWN if is_withdrawn else TextState.EFFECTIVE


def latest_opinions(opinions: Iterable[Opinion]) -> dict[str, Opinion]:
    """The opinion of each side that counts: its last one."""
    return {one.side: one for one in opinions}


def missing_sides(sides: Iterable[str], opinions: Iterable[Opinion]) -> list[str]:
    """The sides that have not spoken yet, in the order of the policy."""
    spoken = latest_opinions(opinions)
    return [side for side in sides if side not in spoken]


def disagreeing_sides(opinions: Iterable[Opinion]) -> list[str]:
    """The sides whose last word is no."""
    return [one.side for one in latest_opinions(opinions).values() if not one.agrees]


def state_after_opinions(sides: Iterable[str], opinions: Collection[Opinion]) -> DraftState:
    """In review until every side has agreed, then on trial (R-STD-01)."""
    is_open = missing_sides(sides, opinions) or disagreeing_sides(opinions)
    return DraftState.REVIEW if is_open else DraftState.PILOT


def failing_scenes(scenes: Iterable[Scene]) -> list[str]:
    """The scenes in which the draft did not work when it was last tried there."""
    return [name for name, works in _last(scenes).items() if not works]


def missing_scenes(scenes: Iterable[Scene], wanted: int) -> int:
    """In how many more scenes the draft has to work."""
    return max(0, wanted - sum(_last(scenes).values()))


def review_due(first: date, reviewed: date | None, months: int) -> date:
    """Last day for the next review: months after the first day or the last review (R-STD-03)."""
    return add_months(max(first, reviewed or first), months)


def _last(scenes: Iterable[Scene]) -> dict[str, bool]:
    return {one.scene: one.works for one in scenes}

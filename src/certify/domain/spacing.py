"""When a practised item comes back: spaced repetition by FSRS, without any chance in it."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

from fsrs import Card, Rating, Scheduler
from fsrs.card import CardDict


def rating(share: Fraction) -> Rating:
    """How well an answer recalled its item, from the share it earned.

    Nothing right → again, some → hard, all → good. Never easy: that an answer came easily is not
    for a share to say.
    """
    if share <= 0:
        return Rating.Again
    return Rating.Good if share >= 1 else Rating.Hard


def own_rating(recalled: bool) -> Rating:
    """The same by the person's own word, for answers that no machine marks."""
    return Rating.Good if recalled else Rating.Again


def review(
    card: Mapping[str, Any] | None, item_id: int, grade: Rating, at: datetime, retention: Fraction
) -> tuple[dict[str, Any], datetime]:
    """The card after an answer, as plain data, and when the item comes back.

    Args:
        card: as it was kept; None for an item never practised.
        at: when it was answered, UTC.
        retention: probability of recall at which the item comes back.
    """
    known = _card(card) if card else Card(card_id=item_id, due=at)
    reviewed, _log = _scheduler(retention).review_card(known, grade, at)
    return dict(reviewed.to_dict()), reviewed.due


def recall(card: Mapping[str, Any], at: datetime, retention: Fraction) -> float:
    """The probability, 0 to 1, that the item is still remembered at a moment."""
    return float(_scheduler(retention).get_card_retrievability(_card(card), at))


def _card(kept: Mapping[str, Any]) -> Card:
    return Card.from_dict(cast("CardDict", dict(kept)))


@lru_cache(maxsize=8)
def _scheduler(retention: Fraction) -> Scheduler:
    # Fuzzing would spread the days by chance; a run could not be repeated.
    return Scheduler(desired_retention=float(retention), enable_fuzzing=False)

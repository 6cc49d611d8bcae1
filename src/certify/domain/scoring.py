"""Exact marks: fractions all the way, rounded only for the eye and only downwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Earned:
    """Points of one item or of several together."""

    topic: str
    earned: Fraction
    possible: Fraction


@dataclass(frozen=True)
class TopicResult:
    """How a person did on one topic."""

    topic: str
    mark: Fraction
    """100 × earned / possible."""
    below: bool
    """Whether it lies below the pass mark, so that it must be learnt again (R-REM-01)."""


def mark(earned: Fraction, possible: Fraction) -> Fraction | None:
    """100 × earned / possible; None when nothing could be earned (R-ASM-03)."""
    return None if possible == 0 else Fraction(100) * earned / possible


def passed(result: Fraction | None, pass_mark: Decimal | Fraction) -> bool:
    """Whether a mark reaches the pass mark, the boundary included; no result is no pass."""
    return result is not None and result >= Fraction(pass_mark)


def cut(value: Fraction, places: int = 2) -> str:
    """A number for the eye, cut downwards: 84.9875 → `84.98`, so that nobody fails with 85.00."""
    scale = 10**places
    whole = value.numerator * scale // value.denominator
    sign, whole = ("-", -whole) if whole < 0 else ("", whole)
    return f"{sign}{whole // scale}.{whole % scale:0{places}}" if places else f"{sign}{whole}"


def points_text(value: Fraction) -> str:
    """Points for the eye: exact when they have a finite decimal form, else cut to two places."""
    if value.denominator == 1:
        return str(value.numerator)
    text = cut(value, 6)
    return text.rstrip("0").rstrip(".") if Fraction(text) == value else cut(value)


def total(parts: Iterable[Earned]) -> tuple[Fraction, Fraction]:
    """Sum of earned and of possible points."""
    earned = possible = Fraction(0)
    for part in parts:
        earned += part.earned
        possible += part.possible
    return earned, possible


def topic_profile(parts: Sequence[Earned], pass_mark: Decimal | Fraction) -> list[TopicResult]:
    """The result by topic, in the order in which topics first appear."""
    by_topic: dict[str, list[Earned]] = {}
    for part in parts:
        by_topic.setdefault(part.topic, []).append(part)
    profile = []
    for topic, of_topic in by_topic.items():
        if (result := mark(*total(of_topic))) is not None:
            below = not passed(result, pass_mark)
            profile.append(TopicResult(topic=topic, mark=result, below=below))
    return profile


def profile_to_json(profile: Iterable[TopicResult]) -> list[dict[str, object]]:
    """The profile as it is kept with the attempt; marks as exact text."""
    return [{"topic": one.topic, "mark": str(one.mark), "below": one.below} for one in profile]


def profile_from_json(stored: Iterable[Mapping[str, object]]) -> list[TopicResult]:
    """The profile as it was kept."""
    return [
        TopicResult(
            topic=str(one["topic"]), mark=Fraction(str(one["mark"])), below=bool(one["below"])
        )
        for one in stored
    ]

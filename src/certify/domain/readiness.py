"""How ready practice shows a person to be for an exam: an estimate with an interval, no promise.

Each practised item says one thing: the mean share of its last answers. What was right counts with
the probability that it is still remembered (FSRS), so that old practice fades; what was wrong
counts in full until it is answered again. Within a topic these are smoothed as a beta distribution
whose prior has the weight of one item and the mean of all topics together; that mean in turn is
smoothed by Jeffreys' prior (half an item right, half wrong). Topics weigh as many points as the
blueprint of the exam gives them.

A topic without any answer is unknown: it enters the estimate with one half, and the interval with
everything from nothing to all of its points. The errors of the other topics are taken as
independent. One more right answer never lowers the estimate; a test proves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

RECENT = 3
"""Answers of one item that count: its last ones."""
Z = 1.645
"""Standard errors on each side of the estimate: nine of ten intervals hold the true value."""
WIDEST = 30.0
"""Width in marks beyond which an interval says too little."""


@dataclass(frozen=True)
class Evidence:
    """What the practice of one item says."""

    topic: str
    right: float
    """Share of its last answers that was right, times the probability that it is remembered."""
    wrong: float
    """Share of its last answers that was wrong."""


class Outlook(StrEnum):
    """What may be said of the exam; never a promise."""

    LIKELY = "likely"
    NOT_YET = "not-yet"
    UNKNOWN = "too-little-practice"


@dataclass(frozen=True)
class Readiness:
    """An estimate of the mark, 0 to 100, and the interval in which it is expected."""

    estimate: float
    low: float
    high: float
    topics: Mapping[str, float | None]
    """By topic of the blueprint the share expected, 0 to 1; None where it is unknown."""

    def outlook(self, pass_mark: Fraction) -> Outlook:
        """What it says beside a pass mark: likely only where the whole interval reaches it."""
        if self.high - self.low > WIDEST:
            return Outlook.UNKNOWN
        return Outlook.LIKELY if self.low >= pass_mark else Outlook.NOT_YET


def evidence(topic: str, shares: Sequence[Fraction], recall: float) -> Evidence:
    """What the answers to one item say.

    Args:
        shares: that they earned, the oldest first; at least one.
        recall: probability, 0 to 1, that the item is still remembered.
    """
    last = shares[-RECENT:]
    share = float(sum(last) / len(last))
    return Evidence(topic, right=recall * share, wrong=1 - share)


def expected(found: Iterable[Evidence]) -> dict[str, float]:
    """By topic the share expected of a person, 0 to 1, of topics with any evidence."""
    return {topic: right / seen for topic, (right, seen) in _counts(found).items()}


def readiness(found: Iterable[Evidence], points: Mapping[str, Fraction]) -> Readiness:
    """The estimate for an exam.

    Args:
        found: of practice items, whatever their topic; one entry for each item.
        points: that the blueprint gives to each topic; more than none in all.
    """
    whole = sum(points.values())
    weights = {topic: float(given / whole) for topic, given in points.items()}
    counts = _counts(found)
    estimate = unknown = variance = 0.0
    topics: dict[str, float | None] = {}
    for topic, weight in weights.items():
        if topic not in counts:
            topics[topic] = None
            unknown += weight
            estimate += weight / 2
            continue
        right, seen = counts[topic]
        share = topics[topic] = right / seen
        estimate += weight * share
        variance += weight**2 * share * (1 - share) / (seen + 1)
    spread = Z * sqrt(max(0.0, variance)) + unknown / 2
    return Readiness(
        estimate=_mark(estimate),
        low=_mark(estimate - spread),
        high=_mark(estimate + spread),
        topics=topics,
    )


def _counts(found: Iterable[Evidence]) -> dict[str, tuple[float, float]]:
    """By topic, items right and items seen, the prior included in both."""
    every = list(found)
    right = sum(one.right for one in every)
    mean = (0.5 + right) / (1 + right + sum(one.wrong for one in every))
    counts: dict[str, tuple[float, float]] = {}
    for one in every:
        before = counts.get(one.topic, (mean, 1.0))
        counts[one.topic] = (before[0] + one.right, before[1] + one.right + one.wrong)
    return counts


def _mark(share: float) -> float:
    return 100 * min(max(share, 0.0), 1.0)

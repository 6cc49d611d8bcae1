"""What raters give together: shares by class of ratee, absent raters, anonymity (R-EVA-03, -04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from certify.domain.evaluation import RaterType
from certify.policy import RaterPolicy, RaterShares


class Absent(StrEnum):
    """Why a type of rater does not count."""

    NO_ANSWER = "no-answer"
    TOO_FEW = "too-few"
    """Fewer answers than keep each of them anonymous."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """What was given for one person, 0 to 100 each."""

    supervisor: Fraction | None = None
    """Of the direct supervisor, or of whoever stands in."""
    own: Fraction | None = None
    subordinates: Sequence[Fraction] = ()
    customers: Sequence[Fraction] = ()


@dataclass(frozen=True, slots=True)
class MixPart:
    """What one type of rater adds."""

    rater_type: RaterType
    share: Fraction
    """Of 100, by the table of the policy."""
    counted: Fraction
    """Of 100, after the shares of absent raters were spread; 0 for those themselves."""
    answers: int
    mean: Fraction | None
    """None where it does not count."""
    absent: Absent | None = None


@dataclass(frozen=True, slots=True)
class Mix:
    """The score of the raters with everything it was made of."""

    score: Fraction | None
    """None where too little of the shares is left."""
    left: Fraction
    """Shares of those who count, of 100."""
    parts: tuple[MixPart, ...]


def shares_of(ratee: str, policy: RaterPolicy) -> RaterShares:
    """The row of the rater table for a class of staff (`RateeClass`)."""
    found: RaterShares = getattr(policy, ratee.replace("-", "_"))
    return found


def shares_by_type(shares: RaterShares) -> dict[RaterType, Fraction]:
    """Who rates, with the share of each; those with 0 do not rate."""
    every = {
        RaterType.SUPERVISOR: shares.supervisor,
        RaterType.SELF: shares.self,
        RaterType.SUBORDINATE: shares.subordinates,
        RaterType.CUSTOMER: shares.customers,
    }
    return {rater: Fraction(share) for rater, share in every.items() if share}


def fewest_of(rater: RaterType, policy: RaterPolicy) -> int:
    """How many answers a type of rater needs to count and to be shown."""
    groups = {
        RaterType.SUBORDINATE: policy.least_subordinates,
        RaterType.CUSTOMER: policy.least_customers,
    }
    return groups.get(rater, 1)


def rater_mix(ratings: Ratings, ratee: str, policy: RaterPolicy) -> Mix:
    """The mean of the raters' scores by share; who is absent leaves the share to the rest.

    Args:
        ratee: class of staff, a `RateeClass`.
    Raises:
        ValueError: a score is not between 0 and 100.
    """
    given = {
        RaterType.SUPERVISOR: _one(ratings.supervisor),
        RaterType.SELF: _one(ratings.own),
        RaterType.SUBORDINATE: tuple(ratings.subordinates),
        RaterType.CUSTOMER: tuple(ratings.customers),
    }
    if any(not 0 <= score <= 100 for scores in given.values() for score in scores):
        raise ValueError("a score is not between 0 and 100")
    shares = shares_by_type(shares_of(ratee, policy))
    counting = {
        rater: scores
        for rater, scores in given.items()
        if rater in shares and len(scores) >= fewest_of(rater, policy)
    }
    means = {rater: sum(scores, Fraction(0)) / len(scores) for rater, scores in counting.items()}
    left = sum((shares[rater] for rater in means), Fraction(0))
    parts = tuple(
        _part(rater, share, len(given[rater]), means.get(rater), left)
        for rater, share in shares.items()
    )
    if not left or left < Fraction(policy.least_share):
        return Mix(None, left, parts)
    total = sum((shares[rater] * mean for rater, mean in means.items()), Fraction(0))
    return Mix(total / left, left, parts)


def _one(score: Fraction | None) -> tuple[Fraction, ...]:
    return () if score is None else (score,)


def _part(
    rater: RaterType, share: Fraction, answers: int, mean: Fraction | None, left: Fraction
) -> MixPart:
    if mean is not None:
        return MixPart(rater, share, 100 * share / left, answers, mean)
    absent = Absent.TOO_FEW if answers else Absent.NO_ANSWER
    return MixPart(rater, share, Fraction(0), answers, None, absent)

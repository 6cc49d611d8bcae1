"""Shares of raters, absent raters, anonymity (R-EVA-03, R-EVA-04); story 7 in its figures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.evaluation import RaterType
from certify.domain.rater_mix import Absent, Ratings, fewest_of, rater_mix
from certify.domain.scoring import cut
from certify.policy import RaterPolicy

POLICY = RaterPolicy()
SIX = (Fraction(78),) * 6
SCORES = st.fractions(0, 100, max_denominator=100)
CLASSES = ("front-line", "back-office", "supervisor", "manager")


def test_story_7_all_raters_give_81_70() -> None:
    found = rater_mix(Ratings(Fraction(82), Fraction(95), (), SIX), "front-line", POLICY)

    assert found.score == Fraction("81.70")
    assert found.left == 100


def test_story_7_without_self_the_share_is_spread() -> None:
    found = rater_mix(Ratings(Fraction(82), None, (), SIX), "front-line", POLICY)

    assert found.score == Fraction(722, 9)
    assert cut(found.score) == "80.22"
    assert [(part.rater_type, part.counted) for part in found.parts] == [
        (RaterType.SUPERVISOR, Fraction(500, 9)),
        (RaterType.SELF, 0),
        (RaterType.CUSTOMER, Fraction(400, 9)),
    ]


def test_story_7_four_customers_are_too_few_to_count() -> None:
    found = rater_mix(Ratings(Fraction(82), Fraction(95), (), SIX[:4]), "front-line", POLICY)

    assert found.score == Fraction("50.5") / Fraction("0.6")
    assert cut(found.score) == "84.16"
    customers = found.parts[-1]
    assert (customers.absent, customers.mean, customers.answers) == (Absent.TOO_FEW, None, 4)


def test_five_customers_and_three_subordinates_count() -> None:
    below = (Fraction(60), Fraction(70), Fraction(80))

    found = rater_mix(Ratings(Fraction(80), Fraction(90), below, SIX[:5]), "supervisor", POLICY)
    two = rater_mix(Ratings(Fraction(80), Fraction(90), below[:2], SIX[:5]), "supervisor", POLICY)

    assert found.score == Fraction(40 + 9 + 14) + Fraction("15.6")
    assert two.parts[2].absent is Absent.TOO_FEW
    assert two.left == 80


def test_half_of_the_shares_is_enough_and_less_is_not() -> None:
    without_supervisor = Ratings(None, Fraction(95), (), SIX)
    self_alone = Ratings(None, Fraction(95), (), ())

    assert rater_mix(without_supervisor, "front-line", POLICY).left == 50
    assert rater_mix(without_supervisor, "front-line", POLICY).score is not None
    alone = rater_mix(self_alone, "front-line", POLICY)
    assert alone.score is None
    assert alone.left == 10
    # Of a manager only 40 of 100 are left without the one above.
    below = (Fraction(70),) * 3
    assert rater_mix(Ratings(None, Fraction(80), below, ()), "manager", POLICY).score is None


def test_nobody_who_rates_gives_no_score_whatever_the_policy_asks_for() -> None:
    policy = RaterPolicy(least_share=Decimal(0))

    assert rater_mix(Ratings(), "front-line", policy).score is None


def test_who_does_not_rate_a_class_changes_nothing() -> None:
    plain = rater_mix(Ratings(Fraction(70), Fraction(90)), "back-office", POLICY)
    noisy = rater_mix(
        Ratings(Fraction(70), Fraction(90), (Fraction(0),) * 9, (Fraction(0),) * 9),
        "back-office",
        POLICY,
    )

    assert plain.score == noisy.score == 74


@pytest.mark.parametrize("score", [Fraction(-1, 100), Fraction(10001, 100)])
def test_a_score_out_of_range_is_refused(score: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        rater_mix(Ratings(score), "front-line", POLICY)


ANSWERS = st.builds(
    Ratings,
    st.none() | SCORES,
    st.none() | SCORES,
    st.lists(SCORES, max_size=6).map(tuple),
    st.lists(SCORES, max_size=8).map(tuple),
)


@given(ANSWERS, st.sampled_from(CLASSES))
def test_the_mix_lies_between_the_means_that_count_and_a_missing_one_is_never_0(
    ratings: Ratings, ratee: str
) -> None:
    found = rater_mix(ratings, ratee, POLICY)
    means = [part.mean for part in found.parts if part.mean is not None]

    assert found.left == sum(part.share for part in found.parts if part.mean is not None)
    if found.score is None:
        assert found.left < 50
    else:
        assert found.left >= 50
        assert min(means) <= found.score <= max(means)
        assert sum(part.counted for part in found.parts) == 100


@given(ANSWERS, st.sampled_from(CLASSES))
def test_a_group_below_its_minimum_never_shows_or_counts(ratings: Ratings, ratee: str) -> None:
    for part in rater_mix(ratings, ratee, POLICY).parts:
        is_enough = part.answers >= fewest_of(part.rater_type, POLICY)
        assert (part.mean is not None) == is_enough
        assert (part.absent is None) == is_enough
        if not is_enough:
            assert part.counted == 0

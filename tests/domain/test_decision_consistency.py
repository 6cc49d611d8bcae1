"""Livingston and Lewis's figures, held against a published output and known distributions."""

import math
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.domain.decision_consistency import (
    TrueScores,
    at_least,
    decision_consistency,
    decisions,
    fit,
)
from certify.domain.tally import TotalTally
from tests.raw_scores import CUT

# The file act288m of BBClassify 1.0.0 (Haakstad 2025), the corrected successor of BB-CLASS (Brennan
# 2004): how often each total 0, 1, … 40 occurred; its output for reliability 0.873 follows below.
ACT = [
    0, 23, 98, 384, 986, 2161, 3722, 5623, 7533, 8817, 9597, 9809, 9674, 8971, 8033, 7384, 6758,
    6004, 5463, 4896, 4367, 4083, 3651, 3333, 3191, 2899, 2644, 2597, 2287, 2197, 1967, 1874, 1710,
    1581, 1503, 1349, 1181, 994, 827, 585, 294,
]  # fmt: skip


def test_act_totals_give_the_published_livingston_lewis_figures() -> None:
    totals = [TotalTally(total, n) for total, n in enumerate(ACT)]
    assert sum(ACT) == 151_050

    lower = decision_consistency(totals, possible=40, reliability=0.873, cut=Fraction("0.55"))
    upper = decision_consistency(totals, possible=40, reliability=0.873, cut=Fraction("0.60"))

    assert lower is not None
    assert upper is not None
    true = upper.true_scores
    assert upper.length == 40
    assert (true.alpha, true.beta, true.low, true.high) == pytest.approx(
        (0.52378, 1.62569, 0.22317, 1), abs=6e-6
    )
    assert (lower.accuracy, upper.accuracy) == pytest.approx((0.93505, 0.94427), abs=6e-6)
    assert (1 - lower.passing, upper.passing) == pytest.approx((0.75250, 0.19974), abs=6e-6)
    # From its consistency matrix: agreement is 1 − 2 × (passing − passing twice).
    published = 1 - 2 * (0.75250 - 0.70700), 1 - 2 * (0.19974 - 0.16076)
    assert (lower.consistency, upper.consistency) == pytest.approx(published, abs=2.5e-5)
    chance = 0.19974**2 + (1 - 0.19974) ** 2
    assert upper.kappa == pytest.approx((published[1] - chance) / (1 - chance), abs=1e-4)


@given(st.integers(1, 120), st.fractions(Fraction(1, 200), Fraction(199, 200)), st.data())
def test_the_tail_is_the_binomial_one_and_falls_steadily_between_whole_numbers(
    length: int, true: Fraction, data: st.DataObject
) -> None:
    needed = data.draw(st.integers(1, length))
    exact = sum(
        math.comb(length, right) * true**right * (1 - true) ** (length - right)
        for right in range(needed, length + 1)
    )

    found = at_least(needed, length, float(true))

    assert found == pytest.approx(float(exact), abs=1e-11)
    assert found <= at_least(needed - 0.5, length, float(true)) + 1e-11
    assert at_least(needed - 0.5, length, float(true)) <= (
        at_least(needed - 1, length, float(true)) + 1e-11
    )


@pytest.mark.parametrize(("alpha", "beta"), [(0.3, 0.3), (2.0, 0.2), (12.0, 3.0), (300.0, 60.0)])
def test_the_integral_is_the_beta_binomial_distribution_where_that_is_known(
    alpha: float, beta: float
) -> None:
    n, needed = 40, 34
    at_least = sum(
        mpmath.binomial(n, y) * mpmath.beta(alpha + y, beta + n - y) / mpmath.beta(alpha, beta)
        for y in range(needed, n + 1)
    )

    found = decisions(TrueScores(alpha, beta, 0, 1), n, CUT)

    assert found.passing == pytest.approx(float(at_least), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(
    st.floats(0.3, 40), st.floats(0.3, 40), st.floats(0, 0.4), st.integers(2, 60),
    st.fractions(Fraction(2, 5), Fraction(19, 20)),
)  # fmt: skip
def test_decisions_are_shares_and_agree_at_least_as_often_as_chance_would(
    alpha: float, beta: float, low: float, length: int, cut: Fraction
) -> None:
    found = decisions(TrueScores(alpha, beta, low, 1.0), length, cut)

    for share in (found.accuracy, found.consistency, found.passing):
        assert -1e-9 <= share <= 1 + 1e-9
    assert found.consistency >= found.passing**2 + (1 - found.passing) ** 2 - 1e-9
    assert found.kappa is None or found.kappa <= 1 + 1e-9


def beta_moments(alpha: float, beta: float, low: float, high: float) -> list[float]:
    both, width = alpha + beta, high - low
    skewness = 2 * (beta - alpha) * math.sqrt(both + 1) / ((both + 2) * math.sqrt(alpha * beta))
    excess = 6 * ((alpha - beta) ** 2 * (both + 1) - alpha * beta * (both + 2))
    excess /= alpha * beta * (both + 2) * (both + 3)
    spread = width**2 * alpha * beta / both**2 / (both + 1)
    return [low + width * alpha / both, spread, skewness, 3 + excess]


@given(st.floats(0.5, 20), st.floats(0.5, 20), st.floats(0.01, 0.45), st.floats(0.55, 0.99))
def test_a_beta_distribution_is_found_again_from_its_four_moments(
    alpha: float, beta: float, low: float, high: float
) -> None:
    found = fit(beta_moments(alpha, beta, low, high))

    assert found is not None
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), rel=1e-4)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-5)


@given(st.floats(0.5, 20), st.floats(0.5, 20), st.floats(0.01, 0.6))
def test_with_three_moments_the_upper_limit_is_one(alpha: float, beta: float, low: float) -> None:
    found = fit(beta_moments(alpha, beta, low, 1.0)[:3])

    assert found is not None
    assert found.high == 1
    assert (found.alpha, found.beta, found.low) == pytest.approx((alpha, beta, low), rel=1e-4)


def test_when_no_limits_fit_the_two_moments_alone_are_kept() -> None:
    found = fit([0.5, 0.05, 5.0, 2.0])

    assert found is not None
    assert (found.low, found.high) == (0, 1)
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(0.5)
    assert fit([0.5, 0.0]) is None
    assert fit([1.0, 0.0]) is None


def test_totals_that_hardly_differ_give_no_figures_instead_of_a_long_wait() -> None:
    totals = [TotalTally(85_000, 9_999), TotalTally(86_000, 1)]

    found = decision_consistency(totals, possible=100_000, reliability=0.5, cut=CUT)

    assert found is None

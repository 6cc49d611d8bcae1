"""The four grades and their bands (R-EVA-05)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.domain.grade import Grade, bands, counted, grade, half_up
from certify.policy import GradePolicy

PLAIN, ROUNDED = GradePolicy(), GradePolicy(rounding="half_up")
SCORES = st.fractions(0, 100, max_denominator=10_000)


@pytest.mark.parametrize(
    ("score", "plain", "rounded"),
    [
        ("100", "excellent", "excellent"),
        ("90", "excellent", "excellent"),
        ("89.99", "good", "excellent"),
        ("89.5", "good", "excellent"),
        ("89.49", "good", "good"),
        ("80", "good", "good"),
        ("79.5", "fair", "good"),
        ("79.4999", "fair", "fair"),
        ("65", "fair", "fair"),
        ("64.999", "unqualified", "fair"),
        ("64.4", "unqualified", "unqualified"),
        ("0", "unqualified", "unqualified"),
    ],
)
def test_a_boundary_belongs_to_the_upper_grade(score: str, plain: str, rounded: str) -> None:
    assert grade(Fraction(score), PLAIN) == plain
    assert grade(Fraction(score), ROUNDED) == rounded


@pytest.mark.parametrize("score", [Fraction(-1, 1000), Fraction(100_001, 1000)])
def test_a_score_out_of_range_has_no_grade(score: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        grade(score, PLAIN)


@given(SCORES)
def test_every_score_lies_in_exactly_one_band(score: Fraction) -> None:
    found = [
        band.grade
        for band in bands(PLAIN)
        if band.lower <= score and (score < band.upper or score == band.upper == 100)
    ]

    assert found == [grade(score, PLAIN)]


@given(SCORES, SCORES)
def test_a_higher_score_never_has_a_worse_grade(a: Fraction, b: Fraction) -> None:
    low, high = sorted((a, b))

    for policy in (PLAIN, ROUNDED):
        assert grade(high, policy).reaches(grade(low, policy))


@given(SCORES)
def test_rounding_half_up_never_moves_a_score_by_more_than_a_half(score: Fraction) -> None:
    assert -Fraction(1, 2) < half_up(score) - score <= Fraction(1, 2)
    assert half_up(score).denominator == 1


def test_the_bands_touch_and_cover_everything() -> None:
    found = bands(PLAIN)

    assert found[0].upper == 100
    assert found[-1].lower == 0
    assert [one.lower for one in found[:-1]] == [one.upper for one in found[1:]]


@pytest.mark.parametrize(
    "values",
    [
        {"good_from": Decimal(90)},
        {"good_from": Decimal(60)},
        {"fair_from": Decimal(0)},
        {"excellent_from": Decimal(70)},
    ],
)
def test_bands_with_a_gap_or_overlap_are_refused(values: dict[str, Decimal]) -> None:
    with pytest.raises(ValidationError):
        GradePolicy.model_validate(values)


def test_grades_are_counted_the_best_first_and_those_nobody_has_too() -> None:
    found = counted([Grade.FAIR, Grade.EXCELLENT, Grade.FAIR])

    assert list(found.items()) == [
        (Grade.EXCELLENT, 1),
        (Grade.GOOD, 0),
        (Grade.FAIR, 2),
        (Grade.UNQUALIFIED, 0),
    ]

"""Scores and raw values as they are typed (R-EVA-02, R-EVA-04)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.evaluation_number import check_range, read_number, read_score, share_of
from certify.errors import BadInput


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0", "0"),
        ("100", "100"),
        ("86.5", "86.5"),
        (" 86.25 ", "86.25"),
        ("８６．５", "86.5"),
        ("98%", "98"),
        ("086.50", "86.5"),
        (Decimal("79.99"), "79.99"),
    ],
)
def test_a_score_is_read_exactly(text: str | Decimal, score: str) -> None:
    assert read_score(text) == Fraction(score)


@pytest.mark.parametrize(
    "text",
    ["", "101", "100.01", "-1", "NaN", "inf", "1e2", "86,5", "86.255", "abc", "1/2", "٣", "+5"],
)
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_score(text)


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal("-3")])
def test_a_decimal_that_is_no_score_is_refused(number: Decimal) -> None:
    with pytest.raises(BadInput):
        read_score(number)


@given(st.decimals(0, 100, places=2))
def test_every_score_with_two_places_is_taken_as_it_is(number: Decimal) -> None:
    assert read_score(number) == Fraction(number)


@given(st.text(max_size=12))
def test_any_text_is_a_number_of_0_or_more_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except BadInput:
        return
    assert number >= 0


def test_a_rate_of_nothing_is_not_applicable_and_never_more_than_all() -> None:
    assert share_of(Fraction(0), Fraction(0)) is None
    assert share_of(Fraction(19), Fraction(20)) == 95
    with pytest.raises(BadInput):
        share_of(Fraction(21), Fraction(20))


def test_a_value_out_of_range_is_refused_with_the_range() -> None:
    check_range(Fraction(500), Fraction(0), None)
    with pytest.raises(BadInput, match="101"):
        check_range(Fraction(101), Fraction(0), Fraction(100))

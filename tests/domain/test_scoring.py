"""Marks are exact, verdicts are made on them, and only the eye gets them cut."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.scoring import (
    Earned,
    cut,
    mark,
    passed,
    points_text,
    profile_from_json,
    profile_to_json,
    topic_profile,
    total,
)

PASS_MARK = Decimal(85)
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6)
shares = st.fractions(min_value=0, max_value=1, max_denominator=12)
points = st.decimals(min_value=Decimal("0.01"), max_value=100, places=2)


@pytest.mark.parametrize(
    ("earned", "possible", "shown", "passes"),
    [
        ("34", "40", "85.00", True),
        ("67.99", "80", "84.98", False),
        ("84.995", "100", "84.99", False),
        ("84.99999999", "100", "84.99", False),
        ("85", "100", "85.00", True),
        ("0", "40", "0.00", False),
        ("40", "40", "100.00", True),
        ("2", "3", "66.66", False),
    ],
)
def test_a_mark_passes_at_85_exactly_and_is_shown_cut_downwards(
    earned: str, possible: str, shown: str, passes: bool
) -> None:
    result = mark(Fraction(earned), Fraction(possible))

    assert result is not None
    assert (cut(result), passed(result, PASS_MARK)) == (shown, passes)


def test_51_part_marks_of_a_tenth_out_of_six_pass_where_floats_would_fail() -> None:
    tenth = Earned("any", Fraction("0.1"), Fraction("0.1"))
    rest = Earned("any", Fraction(0), Fraction("0.9"))

    earned, possible = total([tenth] * 51 + [rest])

    assert sum([0.1] * 51) / 6.0 * 100 < 85
    assert possible == 6
    assert passed(mark(earned, possible), PASS_MARK)


def test_a_form_on_which_nothing_can_be_earned_has_no_mark_and_is_no_pass() -> None:
    assert mark(Fraction(0), Fraction(0)) is None
    assert not passed(None, Decimal(0))


@given(fractions)
def test_cutting_never_shows_more_than_there_is_nor_loses_a_hundredth(value: Fraction) -> None:
    shown = Fraction(cut(value))

    assert shown <= value < shown + Fraction(1, 100)


@given(fractions, st.integers(0, 6))
def test_cutting_shows_exactly_the_places_asked_for(value: Fraction, places: int) -> None:
    assert len(cut(value, places).partition(".")[2]) == places


@given(fractions)
def test_a_mark_below_the_pass_mark_is_never_shown_as_the_pass_mark(value: Fraction) -> None:
    assert passed(value, PASS_MARK) == (Decimal(cut(value)) >= PASS_MARK)


@given(st.lists(st.tuples(shares, points), min_size=1))
def test_the_total_is_the_exact_sum_whatever_the_order(
    items: list[tuple[Fraction, Decimal]],
) -> None:
    parts = [Earned("any", share * Fraction(point), Fraction(point)) for share, point in items]

    earned, possible = total(parts)

    assert (earned, possible) == total(reversed(parts))
    assert possible == sum(Fraction(point) for _share, point in items)
    assert 0 <= earned <= possible


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), shares, points), min_size=1, max_size=12)
)
def test_the_topic_profile_is_made_of_the_same_points_as_the_mark(
    items: list[tuple[str, Fraction, Decimal]],
) -> None:
    parts = [Earned(topic, share * Fraction(p), Fraction(p)) for topic, share, p in items]

    profile = topic_profile(parts, PASS_MARK)

    assert [one.topic for one in profile] == list(dict.fromkeys(topic for topic, _s, _p in items))
    for one in profile:
        of_topic = [part for part in parts if part.topic == one.topic]
        assert one.mark == mark(*total(of_topic))
        assert one.below == (one.mark < 85)
    assert profile_from_json(profile_to_json(profile)) == profile


def test_a_topic_on_which_nothing_can_be_earned_is_left_out_of_the_profile() -> None:
    parts = [Earned("void", Fraction(0), Fraction(0)), Earned("kept", Fraction(1), Fraction(1))]

    assert [one.topic for one in topic_profile(parts, PASS_MARK)] == ["kept"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(2), "2"),
        (Fraction(5, 2), "2.5"),
        (Fraction("84.995"), "84.995"),
        (Fraction(171, 2), "85.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(0), "0"),
    ],
)
def test_points_are_shown_exactly_when_they_end_and_cut_when_they_do_not(
    value: Fraction, shown: str
) -> None:
    assert points_text(value) == shown

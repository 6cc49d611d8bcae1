"""What the parts of an attempt come to: mark, verdict, and no result at all."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.result import Part, awaits_marking, verdict

PASS = Fraction(85)
RIGHT = Part(0, 1, "calls", Fraction(2), Fraction(1))
WRONG = Part(1, 2, "goods", Fraction(3), Fraction(0))
shares = st.fractions(0, 1, max_denominator=12)
parts = st.builds(
    Part,
    position=st.integers(0, 50),
    version=st.integers(1, 999),
    topic=st.sampled_from(["calls", "goods", "letters"]),
    points=st.fractions(Fraction(1, 3), 100, max_denominator=7),
    share=st.none() | shares,
    fatal=st.booleans(),
    voided=st.booleans(),
    choices=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)


def test_with_every_item_voided_there_is_no_mark_no_pass_and_nothing_to_learn() -> None:
    found = verdict([replace(RIGHT, voided=True), replace(WRONG, voided=True)], PASS)

    assert found.mark is None
    assert (found.possible, found.passed) == (Fraction(0), False)
    assert (list(found.profile), found.fatal_topics) == ([], ())


def test_a_voided_item_takes_its_points_and_its_fatal_error_with_it() -> None:
    found = verdict([RIGHT, replace(WRONG, voided=True, fatal=True)], PASS)

    assert (found.mark, found.possible) == (Fraction(100), Fraction(2))
    assert found.passed


@pytest.mark.parametrize(
    ("share", "passes"), [("85/100", True), ("84995/100000", False), ("1", True)]
)
def test_the_pass_mark_is_met_exactly_or_not(share: str, passes: bool) -> None:
    assert verdict([replace(RIGHT, share=Fraction(share))], PASS).passed is passes


def test_only_what_counts_can_wait_for_an_examiner() -> None:
    unmarked = replace(WRONG, share=None)
    assert awaits_marking([RIGHT, unmarked])
    assert not awaits_marking([RIGHT, replace(unmarked, voided=True)])


@given(parts)
def test_a_part_comes_back_from_what_is_kept_of_it_exactly(part: Part) -> None:
    assert Part.from_json(part.to_json()) == part

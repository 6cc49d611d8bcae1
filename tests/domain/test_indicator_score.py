"""Scores of raw values, and the measured score of a person (R-EVA-02)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.indicator_scheme import Indicator, ScoringTable, TableForm
from certify.domain.indicator_score import indicator_score, measured
from tests.domain.schemes import SCHEME, minutes, points

STEPS_UP = points(
    "rate", "100", ScoringTable.of((0, 0), (80, 60), (95, 90), (100, 100), form=TableForm.STEP)
)
STEPS_DOWN = minutes(
    "time",
    "100",
    ScoringTable.of((0, 100), (30, 100), (60, 80), (120, 60), (121, 0), form=TableForm.STEP),
)
LINES_DOWN = minutes("time", "100")
NUMBERS = st.fractions(0, 100, max_denominator=1000)


@pytest.mark.parametrize(
    ("indicator", "value", "score"),
    [
        (STEPS_UP, "79.99", 0),
        (STEPS_UP, "80", 60),
        (STEPS_UP, "94.999", 60),
        (STEPS_UP, "95", 90),
        (STEPS_UP, "100", 100),
        (STEPS_DOWN, "30", 100),
        (STEPS_DOWN, "30.01", 80),
        (STEPS_DOWN, "60", 80),
        (STEPS_DOWN, "120", 60),
        (STEPS_DOWN, "120.5", 0),
        (STEPS_DOWN, "9999", 0),
        (LINES_DOWN, "7.5", 90),
        (LINES_DOWN, "10", 80),
        (LINES_DOWN, "20", 60),
        (LINES_DOWN, "61", 0),
    ],
)
def test_a_boundary_belongs_to_the_better_side_and_lines_lie_between_rows(
    indicator: Indicator, value: str, score: int
) -> None:
    assert indicator_score(indicator, Fraction(value)) == score


@given(NUMBERS, NUMBERS, st.sampled_from([STEPS_UP, STEPS_DOWN, LINES_DOWN]))
def test_a_better_value_never_scores_less(a: Fraction, b: Fraction, indicator: Indicator) -> None:
    low, high = sorted((a, b))
    of_low, of_high = indicator_score(indicator, low), indicator_score(indicator, high)

    assert (of_low >= of_high) if indicator.lower_is_better else (of_low <= of_high)
    assert 0 <= min(of_low, of_high) <= max(of_low, of_high) <= 100


@pytest.mark.parametrize("value", [Fraction(-1), Fraction(101)])
def test_what_there_cannot_be_is_refused(value: Fraction) -> None:
    with pytest.raises(ValueError, match="quality"):
        indicator_score(points("quality", "100"), value)


def test_the_measured_score_is_the_mean_by_weight() -> None:
    found = measured(SCHEME, {"quality": Fraction(90), "data": Fraction(70), "time": Fraction(10)})

    assert found.score == Fraction(45 + 21 + 16)
    assert [part.weight for part in found.parts] == [50, 30, 20]


def test_what_is_not_applicable_spreads_its_weight_over_the_rest() -> None:
    found = measured(SCHEME, {"quality": Fraction(90), "data": None, "time": Fraction(10)})

    assert found.score == Fraction(90 * 50 + 80 * 20, 70)
    by_code = {part.code: part for part in found.parts}
    assert by_code["quality"].weight == Fraction(5000, 70)
    assert by_code["data"].weight == 0
    assert by_code["data"].is_measured
    assert sum(part.weight for part in found.parts) == 100


def test_what_nobody_measured_counts_as_little_as_what_is_not_applicable() -> None:
    said = measured(SCHEME, {"quality": Fraction(90), "data": None})
    left_out = measured(SCHEME, {"quality": Fraction(90)})

    assert said.score == left_out.score == 90
    assert [part.is_measured for part in left_out.parts] == [True, False, False]


def test_nothing_applicable_gives_no_score() -> None:
    assert measured(SCHEME, {"quality": None, "data": None, "time": None}).score is None
    assert measured(SCHEME, {}).score is None


def test_weight_0_alone_gives_no_score() -> None:
    from certify.domain.indicator_scheme import IndicatorScheme

    scheme = IndicatorScheme("made", {"en": "Made"}, (points("a", "100"), points("b", "0")))

    assert measured(scheme, {"b": Fraction(50)}).score is None


@given(st.dictionaries(st.sampled_from(SCHEME.codes), st.none() | NUMBERS))
def test_the_measured_score_lies_between_the_scores_it_is_made_of(
    values: dict[str, Fraction | None],
) -> None:
    found = measured(SCHEME, values)
    scores = [part.score for part in found.parts if part.score is not None]

    assert (found.score is None) == (not scores)
    if found.score is not None:
        assert min(scores) <= found.score <= max(scores)
        assert sum(part.weight for part in found.parts) == 100

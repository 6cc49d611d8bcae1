"""Indicator schemes: weights of exactly 100, tables that are monotone and cover (R-EVA-01, -02)."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.domain.indicator_scheme import (
    Indicator,
    IndicatorScheme,
    ScoringTable,
    TableForm,
    adapted,
)
from certify.errors import BadInput
from certify.policy import EvaluationPolicy
from tests.domain.schemes import SCHEME, minutes, points


def scheme(*weights: str) -> IndicatorScheme:
    indicators = tuple(points(f"i{place}", weight) for place, weight in enumerate(weights))
    return IndicatorScheme("made", {"en": "Made"}, indicators)


def test_weights_that_sum_to_99_99_are_refused_with_that_sum() -> None:
    with pytest.raises(BadInput, match=r"99\.99") as refused:
        scheme("50", "49.99")

    assert refused.value.place == "made"


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9))
def test_a_scheme_is_made_exactly_when_its_weights_sum_to_100(hundredths: list[int]) -> None:
    weights = [str(Decimal(one) / 100) for one in hundredths]

    if sum(hundredths) == 10_000:
        assert scheme(*weights).codes
    else:
        with pytest.raises(BadInput):
            scheme(*weights)


def test_a_rest_weight_closes_the_sum_and_a_negative_one_never_does() -> None:
    assert scheme("33.33", "33.33", "33.34").codes == ("i0", "i1", "i2")
    with pytest.raises(BadInput):
        scheme("120", "-20")


def test_an_indicator_is_named_once() -> None:
    with pytest.raises(BadInput):
        IndicatorScheme("made", {"en": "Made"}, (points("a", "50"), points("a", "50")))


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((0, 0), (100, 101)),
        ((0, -1), (100, 100)),
        ((0, 0), (60, 80), (80, 60), (100, 100)),
        ((0, 0), (80, 60), (60, 80), (100, 100)),
        ((0, 0), (50, 10), (50, 20), (100, 100)),
        ((1, 0), (100, 100)),
        ((0, 0), (99, 100)),
    ],
    ids=[
        "empty",
        "more than 100",
        "less than 0",
        "a better value scores less",
        "values fall",
        "a value twice",
        "begins late",
        "ends early",
    ],
)
def test_a_table_that_is_not_monotone_or_does_not_cover_is_refused(
    rows: tuple[tuple[int, int], ...],
) -> None:
    with pytest.raises(BadInput) as refused:
        points("quality", "100", ScoringTable.of(*rows, form=TableForm.LINEAR))

    assert refused.value.place == "quality"


def test_a_table_of_times_falls_and_may_end_anywhere() -> None:
    rising = ScoringTable.of((0, 0), (10, 100), form=TableForm.STEP)

    with pytest.raises(BadInput):
        minutes("time", "100", rising)
    assert minutes("time", "100").most is None


def test_a_scheme_comes_back_from_plain_json_as_it_was() -> None:
    kept = json.loads(json.dumps(SCHEME.to_json()))

    assert IndicatorScheme.from_json(kept) == SCHEME


def test_the_policy_weighs_a_scheme_anew() -> None:
    weights = {"quality": Decimal(40), "data": Decimal("39.5"), "time": Decimal("20.5")}

    found = adapted(SCHEME, EvaluationPolicy(weights={"sample": weights}))

    assert [one.weight for one in found.indicators] == list(weights.values())
    assert adapted(SCHEME, EvaluationPolicy(weights={"another": weights})) == SCHEME


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"quality": "50", "data": "30", "speed": "20"}, "speed"),
        ({"quality": "60", "data": "40"}, "time"),
    ],
)
def test_weights_of_the_policy_that_do_not_fit_are_refused_by_their_name(
    weights: dict[str, str], said: str
) -> None:
    policy = EvaluationPolicy.model_validate({"weights": {"sample": weights}})

    with pytest.raises(BadInput) as refused:
        adapted(SCHEME, policy)

    assert refused.value.place == "evaluation.weights.sample"
    assert said in refused.value.message


def test_weights_of_the_policy_that_sum_to_99_99_are_no_policy() -> None:
    weights = {"quality": "50", "data": "30", "time": "19.99"}

    with pytest.raises(ValidationError, match=r"99\.99"):
        EvaluationPolicy.model_validate({"weights": {"sample": weights}})


def test_the_policy_gives_an_indicator_another_table() -> None:
    tables = {"sample": {"time": [[0, 100], [15, "87.5"], [90, 0]]}}

    found = adapted(SCHEME, EvaluationPolicy.model_validate({"tables": tables}))

    rows = found.indicators[2].table.rows
    assert [score for _value, score in rows] == [100, Fraction(175, 2), 0]
    assert [value for value, _score in rows] == [0, 15, 90]
    assert found.indicators[2].table.form is TableForm.LINEAR


@pytest.mark.parametrize(
    "table", [{"speed": [[0, 100], [90, 0]]}, {"time": [[0, 0], [90, 100]]}, {"quality": [[0, 0]]}]
)
def test_a_table_of_the_policy_that_does_not_fit_is_refused(table: dict[str, object]) -> None:
    policy = EvaluationPolicy.model_validate({"tables": {"sample": table}})

    with pytest.raises(BadInput):
        adapted(SCHEME, policy)


def test_only_what_runs_to_100_is_a_rate() -> None:
    found = {one.code: one.is_rate for one in SCHEME.indicators}

    assert found == {"quality": True, "data": True, "time": False}
    assert isinstance(SCHEME.indicators[0], Indicator)

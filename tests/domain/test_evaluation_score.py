"""Final score and grade: 60/40, caps, no grade, all of it explained (R-EVA-04 … R-EVA-11)."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import (
    Why,
    decided,
    evaluate,
    final_score,
    measured_parts,
    mix_parts,
    parts,
)
from certify.domain.grade import Grade
from certify.domain.rater_mix import Ratings
from certify.domain.scoring import cut
from certify.policy import EvaluationPolicy, GradePolicy, Policy, RaterPolicy
from tests.domain.schemes import rules

SIX = (Fraction(78),) * 6
SHARE = Decimal(60)
DEFAULTS: dict[str, Any] = {
    "ratee": "front-line",
    "values": {"quality": Fraction(80)},
    "ratings": Ratings(Fraction(82), Fraction(95), (), SIX),
    "days_present": 91,
    "days_in_period": 91,
}


def evaluated(**facts: Any) -> Any:
    return evaluate(facts.pop("rules", rules()), **{**DEFAULTS, **facts})


def test_story_7_the_final_scores() -> None:
    without_self = evaluated(ratings=Ratings(Fraction(82), None, (), SIX))
    four = evaluated(ratings=Ratings(Fraction(82), Fraction(95), (), SIX[:4]))

    assert (evaluated().final, evaluated().grade) == (Fraction("80.68"), Grade.GOOD)
    assert (cut(without_self.final), without_self.grade) == ("80.08", Grade.GOOD)
    assert (cut(four.final), four.grade) == ("81.66", Grade.GOOD)


def test_story_8_79_50_is_fair_and_half_up_makes_it_good() -> None:
    final = final_score(Fraction(78), Fraction("81.75"), SHARE)

    assert final == Fraction("79.50")
    assert decided(final, GradePolicy()) is Grade.FAIR
    assert decided(final, GradePolicy(rounding="half_up")) is Grade.GOOD


def test_story_8_64_999_is_unqualified() -> None:
    assert decided(Fraction("64.999"), GradePolicy()) is Grade.UNQUALIFIED
    assert decided(Fraction("64.999"), GradePolicy(rounding="half_up")) is Grade.FAIR


def test_one_half_alone_gives_no_final_score() -> None:
    assert final_score(None, Fraction(80), SHARE) is None
    assert final_score(Fraction(80), None, SHARE) is None
    assert decided(None, GradePolicy()) is None


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"is_trainee": True}, Why.TRAINEE),
        ({"days_present": 29}, Why.FEW_DAYS),
        ({"values": {}}, Why.NOT_MEASURED),
        ({"values": {"quality": None}}, Why.NOT_MEASURED),
        ({"ratings": Ratings(None, Fraction(99))}, Why.FEW_RATERS),
    ],
)
def test_what_leaves_somebody_without_grade_is_said(facts: dict[str, Any], why: Why) -> None:
    found = evaluated(**facts)

    assert (found.final, found.grade, found.why) == (None, None, why)


def test_thirty_days_are_enough_and_so_is_the_whole_of_a_short_period() -> None:
    assert evaluated(days_present=30).grade is Grade.GOOD
    assert evaluated(days_present=28, days_in_period=28).grade is Grade.GOOD
    assert evaluated(days_present=27, days_in_period=28).grade is None


def test_a_serious_problem_caps_the_grade_and_leaves_the_score() -> None:
    found = evaluated(has_serious_problem=True)

    assert (found.final, found.grade) == (Fraction("80.68"), Grade.FAIR)
    assert found.why is Why.SERIOUS_PROBLEM


def test_a_cap_never_lifts_a_grade() -> None:
    low = Ratings(Fraction(30), Fraction(30), (), (Fraction(30),) * 5)

    found = evaluated(values={"quality": Fraction(30)}, ratings=low, has_serious_problem=True)

    assert (found.grade, found.why) == (Grade.UNQUALIFIED, None)


def test_the_rules_of_a_period_come_back_from_plain_json_as_they_were() -> None:
    policy = Policy(
        grades=GradePolicy(rounding="half_up"),
        raters=RaterPolicy(least_customers=7),
        evaluation=EvaluationPolicy(measured_share=Decimal("62.5")),
    )
    kept = json.loads(json.dumps(rules(policy).to_json()))

    assert EvaluationRules.from_json({**kept, "only": [1, 2]}) == rules(policy)


SCORES = st.fractions(0, 100, max_denominator=100)
ANSWERS = st.builds(
    Ratings,
    st.none() | SCORES,
    st.none() | SCORES,
    st.lists(SCORES, max_size=5).map(tuple),
    st.lists(SCORES, max_size=7).map(tuple),
)


@given(
    ANSWERS,
    st.dictionaries(st.sampled_from(("quality", "data", "time")), st.none() | SCORES),
    st.sampled_from(("front-line", "back-office", "supervisor", "manager")),
    st.booleans(),
)
def test_every_result_is_graded_or_says_why_not_and_is_explained_by_its_parts(
    ratings: Ratings, values: dict[str, Fraction | None], ratee: str, has_problem: bool
) -> None:
    found = evaluated(ratee=ratee, values=values, ratings=ratings, has_serious_problem=has_problem)
    kept = json.loads(json.dumps(parts(found)))

    assert (found.grade is None) == (found.final is None)
    assert found.grade is not None or found.why
    by_indicator = [(p.score, p.weight) for p in measured_parts(kept) if p.score is not None]
    by_rater = [(p.mean, p.counted) for p in mix_parts(kept) if p.mean is not None]
    if found.final is not None:
        of_indicators = sum(score * weight for score, weight in by_indicator) / 100
        of_raters = sum(mean * share for mean, share in by_rater) / 100
        assert found.final == Fraction("0.6") * of_indicators + Fraction("0.4") * of_raters
    for part in mix_parts(kept):
        assert part.mean is not None or part.answers == 0


@given(SCORES, SCORES, SCORES)
def test_a_better_measured_score_never_lowers_the_grade(
    low: Fraction, high: Fraction, mix: Fraction
) -> None:
    low, high = sorted((low, high))
    below, above = (decided(final_score(one, mix, SHARE), GradePolicy()) for one in (low, high))

    assert below is not None
    assert above is not None
    assert above.reaches(below)

"""Periods of evaluation: opened, kept apart, moved from state to state (R-EVA-01, R-EVA-06)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from certify.clock import SetClock
from certify.domain.evaluation import PeriodKind, PeriodState
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.policy import EvaluationPolicy, Policy, RaterPolicy
from certify.services.evaluation import closing, periods, schemes
from certify.storage import evaluations
from tests.platforms import actor, with_policy
from tests.services.evaluation_steps import (
    Q2,
    close,
    hr,
    measure,
    open_quarter,
    to_review,
    to_scoring,
)
from tests.services.steps import check_books

MARCH = (date(2024, 3, 1), date(2024, 3, 10))


def ad_hoc(platform: Platform, code: str = "storm", **more: object) -> periods.PeriodView:
    facts = {"first_day": MARCH[0], "last_day": MARCH[1], "occasion": "台风抢修", **more}
    return periods.open_period(
        platform,
        actor=hr(platform),
        kind=PeriodKind.AD_HOC,
        code=code,
        **facts,  # type: ignore[arg-type]
    )


def open_one(platform: Platform, code: str, kind: PeriodKind = PeriodKind.MONTH) -> None:
    periods.open_period(platform, actor=hr(platform), kind=kind, code=code)


def test_both_schemes_ship_with_the_proposed_weights(sqlite_platform: Platform) -> None:
    found = {one.name: [i.weight for i in one.indicators] for one in schemes.every(sqlite_platform)}

    assert found == {
        "seven-indicators": [20, 15, 10, 20, 10, 10, 15],
        "four-dimensions": [25, 25, 25, 25],
    }


def test_a_quarter_has_its_days_scheme_and_rules(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)

    found = periods.one(platform, actor=hr(platform), period=Q2)

    assert (found.first_day, found.last_day) == (date(2024, 4, 1), date(2024, 6, 30))
    assert (found.scheme, found.state) == ("seven-indicators", PeriodState.OPEN)
    rules = periods.rules(platform, actor=hr(platform), period=Q2)
    assert rules == EvaluationRules.of(platform.policy, schemes.as_given(platform, ""))
    check_books(platform)


@pytest.mark.parametrize("code", ["2024-04", "2024-06"])
def test_regular_periods_of_one_scheme_never_overlap_and_the_other_is_named(
    platform: Platform, clock: SetClock, code: str
) -> None:
    open_quarter(platform, clock)

    with pytest.raises(Refused, match=Q2):
        open_one(platform, code)


def test_what_only_touches_does_not_overlap_and_another_scheme_may(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)

    open_one(sqlite_platform, "2024-03")
    open_one(sqlite_platform, "2024-07")
    periods.open_period(
        sqlite_platform,
        actor=hr(sqlite_platform),
        kind=PeriodKind.MONTH,
        code="2024-05",
        scheme="four-dimensions",
    )

    codes = [one.code for one in periods.every(sqlite_platform, actor=hr(sqlite_platform))]
    assert codes == ["2024-07", "2024-05", Q2, "2024-03"]


def test_an_ad_hoc_period_may_overlap_and_says_why_it_is_held(sqlite_platform: Platform) -> None:
    open_one(sqlite_platform, "2024-03")

    found = ad_hoc(sqlite_platform, only=("E1001",))

    assert (found.kind, found.occasion) == (PeriodKind.AD_HOC, "台风抢修")


@pytest.mark.parametrize(
    "wrong",
    [
        {"occasion": " "},
        {"first_day": None},
        {"last_day": date(2024, 2, 29)},
        {"code": "2024-Q2"},
        {"code": "x"},
        {"code": "a b"},
    ],
)
def test_an_ad_hoc_period_that_is_not_complete_is_refused(
    sqlite_platform: Platform, wrong: dict[str, object]
) -> None:
    with pytest.raises(BadInput):
        ad_hoc(sqlite_platform, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "code"),
    [(PeriodKind.MONTH, "2024-13"), (PeriodKind.QUARTER, "2024-06"), (PeriodKind.MONTH, "June")],
)
def test_a_code_that_is_no_month_or_quarter_is_refused(
    sqlite_platform: Platform, kind: PeriodKind, code: str
) -> None:
    with pytest.raises(BadInput):
        open_one(sqlite_platform, code, kind)


def test_a_code_is_given_once_and_an_unknown_scheme_or_person_is_refused(
    sqlite_platform: Platform,
) -> None:
    ad_hoc(sqlite_platform)

    with pytest.raises(Refused):
        ad_hoc(sqlite_platform)
    with pytest.raises(NotFound):
        ad_hoc(sqlite_platform, "other", only=("X999",))
    with pytest.raises(NotFound, match="seven-indicators"):
        ad_hoc(sqlite_platform, "other", scheme="nine-lives")


def test_weights_of_the_policy_that_leave_an_indicator_out_open_nothing(
    sqlite_platform: Platform,
) -> None:
    weights = {"attitude": Decimal(50), "quality": Decimal(50)}
    policy = Policy(
        evaluation=EvaluationPolicy(scheme="four-dimensions", weights={"four-dimensions": weights})
    )

    with pytest.raises(BadInput, match="satisfaction"):
        open_one(with_policy(sqlite_platform, policy), "2024-03")

    assert periods.every(sqlite_platform, actor=CONSOLE) == []


def test_a_later_change_of_the_policy_does_not_reach_an_open_period(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)
    changed = with_policy(sqlite_platform, Policy(raters=RaterPolicy(least_customers=50)))

    rules = periods.rules(changed, actor=CONSOLE, period=Q2)

    assert rules.raters.least_customers == 5


def test_a_period_goes_its_way_and_no_other(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)

    def move(to: PeriodState, reason: str = "") -> PeriodState:
        group = hr(platform)
        return periods.move(platform, actor=group, period=Q2, to=to, reason=reason).state

    for wrong in (PeriodState.REVIEW, PeriodState.CLOSED, PeriodState.OPEN):
        with pytest.raises(Refused):
            move(wrong)
    with pytest.raises(Refused):
        closing.close(platform, actor=hr(platform), period=Q2)
    assert move(PeriodState.SCORING) is PeriodState.SCORING
    assert move(PeriodState.REVIEW) is PeriodState.REVIEW
    with pytest.raises(BadInput):
        move(PeriodState.SCORING)
    assert move(PeriodState.SCORING, "漏评两人") is PeriodState.SCORING
    assert move(PeriodState.REVIEW) is PeriodState.REVIEW
    with pytest.raises(Refused):
        move(PeriodState.CLOSED)
    check_books(platform)


def test_scoring_begins_on_the_last_day_and_not_before(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)
    clock.set(datetime(2024, 6, 29, 15, 59, tzinfo=UTC))
    with pytest.raises(Refused, match="2024-06-30"):
        to_scoring(sqlite_platform)

    clock.set(datetime(2024, 6, 29, 16, 0, tzinfo=UTC))  # midnight in Shanghai
    to_scoring(sqlite_platform)


def test_closed_is_immutable(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)
    close(platform)

    for state in PeriodState:
        with pytest.raises(Refused):
            periods.move(platform, actor=hr(platform), period=Q2, to=state, reason="again")
    with pytest.raises(Refused):
        closing.close(platform, actor=hr(platform), period=Q2)
    with pytest.raises(Refused):
        measure(platform, "E1001", "90")
    with platform.database.read() as session:
        [period] = evaluations.every(session)
        assert {one.revision for one in evaluations.current(session, period.id or 0).values()} == {
            1
        }


def test_only_the_evaluation_group_runs_a_period(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)

    for staff_no in ("E1001", "S0001"):
        who = actor(sqlite_platform, staff_no)
        with pytest.raises(NotPermitted):
            periods.open_period(sqlite_platform, actor=who, kind=PeriodKind.MONTH, code="2024-07")
        with pytest.raises(NotPermitted):
            periods.move(sqlite_platform, actor=who, period=Q2, to=PeriodState.SCORING)
        with pytest.raises(NotPermitted):
            closing.close(sqlite_platform, actor=who, period=Q2)


def test_an_unknown_period_is_not_found(sqlite_platform: Platform) -> None:
    with pytest.raises(NotFound):
        to_review(sqlite_platform, "2030-Q1")
    with pytest.raises(NotFound):
        periods.one(sqlite_platform, actor=CONSOLE, period="2030-Q1")

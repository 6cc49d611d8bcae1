"""What one rater gave reaches neither the ratee nor the supervisor (R-PLT-07, R-EVA-04)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from certify.cli.listing_text import _plain
from certify.clock import SetClock
from certify.domain.evaluation import PeriodState
from certify.domain.person import Actor
from certify.errors import CertifyError
from certify.platform import Platform
from certify.services import messages
from certify.services.evaluation import (
    appeals,
    asking,
    closing,
    coaching,
    consequence_decisions,
    department_sheets,
    evidence,
    measuring,
    periods,
    rating,
    serious_problems,
    views,
)
from tests.platforms import actor
from tests.services.grading_steps import company, measure, scoring

Q2 = "2024-Q2"
CANARIES = {"S0001": "61.37", "E1001": "73.91"}
"""What the supervisor gave E1001, and what E1001 gave themselves."""
SIGNS = {"S0001": ("61.37", "6137/100"), "E1001": ("73.91", "7391/100")}
"""A score as people and as programs read it."""


def with_canaries(platform: Platform, clock: SetClock, *, with_self: bool) -> Platform:
    """E1001 was rated by the supervisor, and maybe by themselves; the period is closed."""
    own = company(platform)
    scoring(own, clock)
    measure(own, Q2, "E1001", "88.5")
    raters = CANARIES if with_self else {"S0001": CANARIES["S0001"]}
    for who, score in raters.items():
        rating.rate(own, actor=actor(own, who), period=Q2, staff_no="E1001", score=score)
    group = actor(own, "V0001")
    periods.move(own, actor=group, period=Q2, to=PeriodState.REVIEW)
    closing.close(own, actor=group, period=Q2)
    appeals.ask(own, actor=actor(own, "E1001"), period=Q2, reason="请复核")
    return own


def everything(platform: Platform, who: Actor) -> Iterator[str]:
    """Every list of evaluation that somebody can reach, as JSON."""
    of = {"staff_no": "E1001"}
    calls: list[tuple[Any, dict[str, Any]]] = [
        (views.results, of),
        (views.result, {**of, "period": Q2}),
        (views.people, {"period": Q2}),
        (measuring.values, {**of, "period": Q2}),
        (periods.every, {}),
        (asking.asked_of, {}),
        (asking.waiting_for, {"period": Q2}),
        (appeals.listed, {}),
        (appeals.standing, {"period": Q2}),
        (coaching.listed, {}),
        (consequence_decisions.listed, {}),
        (consequence_decisions.of_person, of),
        (department_sheets.sheets, {"period": Q2}),
        (evidence.of_person, of),
        (serious_problems.listed, {}),
        (messages.unread, {}),
    ]
    for use_case, given in calls:
        try:
            found = use_case(platform, actor=who, **given)
        except CertifyError:
            continue  # it cannot be reached
        yield json.dumps(found, ensure_ascii=False, default=_plain_or_text)


def _plain_or_text(value: Any) -> Any:
    try:
        return _plain(value)
    except TypeError:
        return str(value)


@pytest.mark.parametrize("with_self", [True, False])
def test_the_ratee_never_reads_what_the_supervisor_gave(
    sqlite_platform: Platform, clock: SetClock, with_self: bool
) -> None:
    own = with_canaries(sqlite_platform, clock, with_self=with_self)
    read = list(everything(own, actor(own, "E1001")))
    assert len(read) >= 8
    for sign in SIGNS["S0001"]:
        assert all(sign not in one for one in read), sign


@pytest.mark.parametrize("who", ["S0001", "E1002"])
def test_nobody_outside_the_group_reads_what_somebody_gave_themselves(
    sqlite_platform: Platform, clock: SetClock, who: str
) -> None:
    own = with_canaries(sqlite_platform, clock, with_self=True)
    read = list(everything(own, actor(own, who)))
    assert read
    for sign in SIGNS["E1001"]:
        assert all(sign not in one for one in read), sign


def test_the_canaries_would_be_found(sqlite_platform: Platform, clock: SetClock) -> None:
    own = with_canaries(sqlite_platform, clock, with_self=True)
    seen = "".join(everything(own, actor(own, "V0001")))
    assert any(sign in seen for sign in SIGNS["S0001"])

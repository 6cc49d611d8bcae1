"""Acceptance story 9: L2 given on 29 February 2024 for 24 months, and renewed in its window."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.qualification import QualificationState
from certify.domain.validity import window_opens
from certify.errors import Refused
from certify.platform import Platform
from certify.services import lobby, results
from certify.services.qualifying import decisions
from tests.platforms import actor, read_course, sit, with_full_ladder
from tests.services.steps import at, check_books, clock_of
from tests.stories.story_course import load_course

EXAM = "advanced-written"


@pytest.fixture
def company(platform: Platform, tmp_path: Path) -> Platform:
    platform = with_full_ladder(platform)
    clock_of(platform).set(at("2024-02-29T02:00:00"))
    load_course(
        platform,
        tmp_path,
        "advanced",
        kind="in-service",
        bank={"coaching": 20},
        blueprint=[("coaching", 10, "1")],
    )
    decisions.grant(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1001",
        level="L2",
        reason="引入时已任高级专员",
        exception=True,
    )
    return platform


def l2(platform: Platform, day: str) -> list[tuple[QualificationState, date]]:
    """State and last valid day of each period of L2 on a day."""
    clock_of(platform).set(at(f"{day}T02:00:00"))
    found = results.record(platform, actor=actor(platform, "E1001")).qualifications
    return [(one.state, one.valid_to) for one in reversed(found) if one.code == "L2"]


def test_it_is_held_on_the_last_valid_day_and_not_on_the_next(company: Platform) -> None:
    last = date(2026, 2, 28)

    assert l2(company, "2026-02-28") == [(QualificationState.ACTIVE, last)]
    assert l2(company, "2026-03-01") == [(QualificationState.EXPIRED, last)]


def test_the_window_opens_60_days_before_and_a_renewal_in_it_does_not_drift(
    company: Platform,
) -> None:
    opens = window_opens(date(2026, 2, 28), company.policy.qualification.renewal_days)
    assert opens == date(2025, 12, 30)

    clock_of(company).set(at("2026-01-20T02:00:00"))
    learner = actor(company, "E1001")
    read_course(company, learner, "advanced")
    sit(company, learner, EXAM)

    assert l2(company, "2026-01-20") == [
        (QualificationState.ACTIVE, date(2026, 2, 28)),
        (QualificationState.PENDING, date(2028, 2, 29)),
    ]
    assert l2(company, "2026-03-01") == [
        (QualificationState.SUPERSEDED, date(2026, 2, 28)),
        (QualificationState.ACTIVE, date(2028, 2, 29)),
    ]
    check_books(company)


def test_a_pass_before_the_window_renews_nothing(company: Platform) -> None:
    clock_of(company).set(at("2025-12-29T02:00:00"))
    learner = actor(company, "E1001")
    read_course(company, learner, "advanced")
    sit(company, learner, EXAM)

    assert l2(company, "2026-01-01") == [(QualificationState.ACTIVE, date(2026, 2, 28))]
    assert lobby.lobby(company, actor=learner, exam=EXAM).is_passed


def test_in_the_grace_after_the_end_the_new_period_begins_with_the_pass(company: Platform) -> None:
    learner = actor(company, "E1001")
    clock_of(company).set(at("2026-03-30T02:00:00"))  # the last day of grace
    read_course(company, learner, "advanced")
    sit(company, learner, EXAM)

    assert l2(company, "2026-03-30") == [
        (QualificationState.SUPERSEDED, date(2026, 2, 28)),
        (QualificationState.ACTIVE, date(2028, 3, 30)),
    ]


def test_after_the_grace_the_full_way_applies(company: Platform) -> None:
    learner = actor(company, "E1001")
    clock_of(company).set(at("2026-03-31T02:00:00"))
    read_course(company, learner, "advanced")
    sit(company, learner, EXAM)

    assert l2(company, "2026-03-31") == [(QualificationState.EXPIRED, date(2026, 2, 28))]
    with pytest.raises(Refused):
        decisions.grant(
            company,
            actor=actor(company, "H0001"),
            staff_no="E1001",
            level="L2",
            reason="请求",
        )

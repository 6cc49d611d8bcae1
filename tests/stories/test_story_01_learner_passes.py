"""Acceptance story 1: three phases, 34 of 40 written, 88 practical; L1 for a year."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE, Role
from certify.domain.qualification import QualificationState
from certify.domain.serving import ServiceRight
from certify.platform import Platform
from certify.services import field_practice_log, practical, results
from certify.services.qualifying import decisions, standing
from tests.platforms import actor, read_course, sit, with_full_ladder
from tests.services.learning_steps import appoint, grant
from tests.services.marking_steps import mark
from tests.services.steps import at, check_books, clock_of
from tests.stories.story_course import load_course

FIRST_DAY = date(2024, 3, 25)
"""A Monday: the first day of on-site practice."""


@pytest.fixture
def company(platform: Platform, tmp_path: Path) -> Platform:
    """Two courses before the practice, a guide recognised at L2, two examiners."""
    platform = with_full_ladder(platform)
    load_course(platform, tmp_path, "welcome", phase="head-office", bank={"company": 1})
    load_course(
        platform,
        tmp_path,
        "service",
        phase="department",
        bank={"reception": 20, "complaint": 20},
        blueprint=[("reception", 20, "1"), ("complaint", 20, "1")],
        practical=True,
        process="reception-desk",
    )
    platform.plugins.course_folders.pop(0)  # the sample course: it would be a third one to pass
    from certify.services import course_sync

    course_sync.sync_courses(platform, actor=CONSOLE)
    appoint(platform, "E1001", "S0001")
    decisions.recognise(
        platform, actor=actor(platform, "H0001"), staff_no="S0001", what="L2", reason="十年经验"
    )
    for staff_no in ("E1002", "H0001"):
        grant(platform, staff_no, Role.EXAMINER)
    return platform


def test_a_learner_passes_everything_and_is_an_agent_for_a_year(company: Platform) -> None:
    learner = actor(company, "E1001")
    read_course(company, learner, "welcome")
    read_course(company, learner, "service")
    clock_of(company).set(at("2024-03-20T02:00:00"))

    attempt = sit(company, learner, "service-written", right=34)
    assert results.result(company, actor=learner, attempt_id=attempt).attempt.mark == "85.00"
    (code,) = practical.open_practical(
        company, actor=actor(company, "E1002"), exam="service-practical", staff_no="E1001"
    )
    assert not mark(company, "E1002", code, "0.88").is_decided  # near the pass mark
    assert mark(company, "H0001", code, "0.88").is_decided
    assert _held(company) == {"reception-desk": QualificationState.ACTIVE}

    _practise(company)
    clock_of(company).set(at("2024-04-15T02:00:00"))
    field_practice_log.sign_off(company, actor=actor(company, "S0001"), staff_no="E1001")

    (level,) = (
        one for one in results.record(company, actor=learner).qualifications if one.code == "L1"
    )
    assert (level.issued_on, level.valid_from) == (date(2024, 4, 15), date(2024, 4, 15))
    assert level.valid_to == date(2025, 4, 15)
    for day, state in (("2025-04-15", "active"), ("2025-04-16", "expired")):
        clock_of(company).set(at(f"{day}T02:00:00"))
        assert _held(company)["L1"] == state
    check_books(company)


def test_the_process_may_be_served_to_the_last_valid_day_and_not_the_next(
    company: Platform,
) -> None:
    learner = actor(company, "E1001")
    read_course(company, learner, "welcome")
    read_course(company, learner, "service")
    clock_of(company).set(at("2024-03-20T02:00:00"))
    sit(company, learner, "service-written")
    (code,) = practical.open_practical(
        company, actor=actor(company, "E1002"), exam="service-practical", staff_no="E1001"
    )
    mark(company, "E1002", code, "1")

    answers = {
        day: standing.serve(
            company, actor=learner, process="reception-desk", day=date.fromisoformat(day)
        ).right
        for day in ("2024-03-19", "2024-03-20", "2025-03-20", "2025-03-21")
    }

    assert answers == {
        "2024-03-19": ServiceRight.NO,
        "2024-03-20": ServiceRight.ALONE,
        "2025-03-20": ServiceRight.ALONE,
        "2025-03-21": ServiceRight.NO,
    }


def _practise(company: Platform) -> None:
    """Two tasks with a remark on each of five working days."""
    clock_of(company).set(at("2024-04-01T02:00:00"))
    for number in range(10):
        entry = field_practice_log.write_entry(
            company,
            actor=actor(company, "E1001"),
            day=FIRST_DAY + timedelta(days=number // 2),
            task=f"接待第 {number + 1} 位客户",
        )
        field_practice_log.remark(
            company,
            actor=actor(company, "S0001"),
            entry=entry,
            remark="讲得清楚",
            improvement="先复述客户的问题",
        )


def _held(company: Platform) -> dict[str, str]:
    found = results.record(company, actor=actor(company, "E1001")).qualifications
    return {one.code: one.state for one in found}

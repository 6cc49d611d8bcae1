"""Acceptance story 10: rate checks, a rectification notice, weekly checks until skilled."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from certify.domain.inspection import InspectionResult, NoticeState
from certify.platform import Platform
from certify.services.inspection import notice_steps, notices, recording, register, schedule
from certify.services.inspection.register import RegisterFilter
from certify.services.inspection.schedule import Reason
from tests.platforms import actor
from tests.services.inspection_steps import check, inspectors, on, rate_standards
from tests.services.learning_steps import appoint, pass_course
from tests.services.steps import check_books

W14 = date(2024, 4, 1)
"""Monday of 2024-W14."""


@pytest.fixture
def inspected(platform: Platform, tmp_path: Path) -> Platform:
    """Two inspectors, and the standards with their rates."""
    inspectors(platform)
    rate_standards(platform, tmp_path)
    return platform


def test_nineteen_of_twenty_meet_95_percent_and_are_registered_all_the_same(
    inspected: Platform,
) -> None:
    on(inspected, date(2023, 10, 12))
    number = recording.record_rate(
        inspected,
        actor=actor(inspected, "I0001"),
        standard="CS-002",
        sampled=20,
        passed=19,
        department="CS",
    )
    [line] = register.register(inspected, actor=actor(inspected, "I0002"))
    assert (line.number, line.result) == (number, InspectionResult.MET)
    assert number == "IN-2023-000001"
    assert (line.sampled, line.passed, line.target["value"]) == (20, 19, "95")


def test_85_percent_of_98_lead_to_a_notice_that_is_verified_and_closed(inspected: Platform) -> None:
    on(inspected, date(2023, 10, 10))
    inspector = actor(inspected, "I0001")
    sampled = partial(
        recording.record_rate, inspected, actor=inspector, standard="CS-001", department="CS"
    )
    window = sampled(sampled=20, passed=17, window="10:00-11:00", finding="高峰人手不足")
    sampled(sampled=400, passed=394)
    found = register.register(
        inspected, actor=inspector, wanted=RegisterFilter(result=InspectionResult.NOT_MET)
    )
    assert [(one.number, one.window) for one in found] == [(window, "10:00-11:00")]

    number = notices.issue(
        inspected, actor=inspector, owner="S0001", problem="响应率 85%", inspection=window
    )
    view = notices.show(inspected, actor=inspector, number=number)
    assert (view.due_on, view.standard, view.inspection) == (date(2023, 10, 15), "CS-001", window)

    owner = actor(inspected, "S0001")
    on(inspected, date(2023, 10, 11))
    notice_steps.answer(
        inspected, actor=owner, number=number, cause="高峰人手不足", measure="高峰增加坐席"
    )
    on(inspected, date(2023, 10, 15))
    notice_steps.done(inspected, actor=owner, number=number)
    assert not notices.overdue(inspected, actor=inspector)
    on(inspected, date(2023, 10, 16))
    assert not notices.overdue(inspected, actor=inspector)
    notice_steps.verify(inspected, actor=inspector, number=number, passed=True)
    notice_steps.close(inspected, actor=inspector, number=number)
    view = notices.show(inspected, actor=owner, number=number)
    assert (view.state, view.verified_on) == (NoticeState.CLOSED, date(2023, 10, 16))
    assert [one.state for one in view.steps] == list(NoticeState)
    check_books(inspected)


@pytest.mark.parametrize("fault_in", [None, 16])
def test_a_new_agent_moves_to_normal_frequency_after_four_clean_weeks(
    inspected: Platform, fault_in: int | None
) -> None:
    on(inspected, W14)
    appoint(inspected, "E1001", "S0001")
    pass_course(inspected, "E1001")
    for week in range(14, 18):
        on(inspected, W14 + timedelta(weeks=week - 14, days=2))
        assert _weekly(inspected)
        check(inspected, "E1001", fault=week == fault_in)
        assert not _weekly(inspected)

    on(inspected, W14 + timedelta(weeks=4))
    found = schedule.newcomer_of(inspected, actor=actor(inspected, "I0001"), staff_no="E1001")
    assert found is not None
    if fault_in is None:
        assert found.skilled_from == date(2024, 4, 29)
        assert found.skilled_from.isocalendar()[:2] == (2024, 18)
        assert not _weekly(inspected)
    else:
        assert (found.skilled_from, found.run) == (None, 1)
        assert _weekly(inspected)


def _weekly(platform: Platform) -> bool:
    """Whether E1001 is due as a newcomer."""
    found = schedule.due(platform, actor=actor(platform, "I0001"))
    return any(one.staff_no == "E1001" and one.reason is Reason.NEWCOMER for one in found)

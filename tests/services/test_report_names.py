"""Whom the lists behind the dashboard name, and to whom (R-PLT-07)."""

from datetime import timedelta

import pytest

from certify.domain.evaluation import Evaluation
from certify.domain.grade import Grade
from certify.domain.person import CONSOLE
from certify.errors import NotFound, NotPermitted
from certify.platform import Platform
from certify.services.reporting.dashboard import behind, dashboard
from tests.platforms import NOON, actor
from tests.services.report_rows import TODAY, ids, period, put, qualify


def test_names_go_to_hr_to_the_own_supervisor_and_to_nobody_else(platform: Platform) -> None:
    who = ids(platform)
    qualify(platform, who["E1001"], TODAY + timedelta(days=5))
    qualify(platform, who["H0001"], TODAY + timedelta(days=5))
    everybody = behind(platform, actor=actor(platform, "H0001"), figure="expiring-7")
    assert ({line.staff_no for line in everybody.lines}, everybody.hidden) == (
        {"E1001", "H0001"},
        0,
    )
    own = behind(platform, actor=actor(platform, "S0001"), figure="expiring-7")
    assert ([line.staff_no for line in own.lines], own.hidden) == (["E1001"], 1)
    assert own.figure.number == 2
    learner = actor(platform, "E1001")
    with pytest.raises(NotPermitted):
        dashboard(platform, actor=learner)
    with pytest.raises(NotPermitted):
        behind(platform, actor=learner, figure="expiring-7")


def test_grades_of_a_handful_are_no_count_for_who_may_not_see_them(platform: Platform) -> None:
    who = ids(platform)
    one = period(platform, {who["E1001"]: Grade.UNQUALIFIED, who["E1002"]: Grade.GOOD})
    supervisor = actor(platform, "S0001")
    names = {figure.name for figure in dashboard(platform, actor=supervisor).figures}
    assert "grade-good" not in names
    assert dashboard(platform, actor=CONSOLE).figure("grade-good").number == 1
    for staff_no in ("S0001", "H0001"):
        row = Evaluation(
            period_id=one,
            person_id=who[staff_no],
            ratee_class="manager",
            grade=Grade.GOOD,
            decided_by=1,
            decided_at=NOON,
        )
        put(platform, row)
    assert dashboard(platform, actor=supervisor).figure("grade-good").number == 3
    seen = behind(platform, actor=supervisor, figure="grade-good")
    assert ({line.staff_no for line in seen.lines}, seen.hidden) == ({"E1002", "S0001"}, 1)


def test_a_figure_that_does_not_exist_is_named(platform: Platform) -> None:
    with pytest.raises(NotFound, match="everything"):
        behind(platform, actor=CONSOLE, figure="everything")

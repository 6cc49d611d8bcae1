"""Quality goals: set, measured, and how far they came (R-SUP-04)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services.reporting import goals
from tests.platforms import actor
from tests.services.report_rows import TODAY


def test_the_goals_of_the_sources_are_set_once(platform: Platform) -> None:
    assert goals.seed(platform, actor=CONSOLE) == 3
    assert goals.seed(platform, actor=CONSOLE) == 0
    found = {
        one.code: (one.base, one.target, one.rises) for one in goals.goals(platform, actor=CONSOLE)
    }
    assert found == {
        "satisfaction": (Fraction(70), Fraction(90), True),
        "response-time": (Fraction(15), Fraction(5), False),
        "complaint-time": (Fraction(48), Fraction(24), False),
    }


def test_progress_follows_what_was_measured_last(platform: Platform) -> None:
    goals.seed(platform, actor=CONSOLE)
    hr = actor(platform, "H0001")
    for value, day, expected in (
        ("15", TODAY - timedelta(days=30), Fraction(0)),
        ("12.5", TODAY, Fraction(1, 4)),
        ("16", TODAY - timedelta(days=60), Fraction(-1, 10)),
    ):
        done = goals.measure(platform, actor=hr, code="response-time", value=value, day=day)
        assert done.progress == expected
    one = goals.goals(platform, actor=CONSOLE)[1]
    assert one.now is not None
    assert (one.now.day, one.now.progress) == (TODAY, Fraction(1, 4))
    assert [value.value for value in one.values] == [16, 15, Fraction(25, 2)]


def test_a_goal_beyond_its_target_says_so(sqlite_platform: Platform) -> None:
    goals.seed(sqlite_platform, actor=CONSOLE)
    over = goals.measure(
        sqlite_platform, actor=CONSOLE, code="complaint-time", value="18", day=TODAY
    )
    assert over.progress == Fraction(5, 4)


def test_what_was_measured_stays(platform: Platform) -> None:
    goals.seed(platform, actor=CONSOLE)
    for _again in range(2):
        goals.measure(platform, actor=CONSOLE, code="satisfaction", value="80", day=TODAY)
    with pytest.raises(Refused):
        goals.measure(platform, actor=CONSOLE, code="satisfaction", value="81", day=TODAY)
    assert len(goals.goals(platform, actor=CONSOLE)[0].values) == 1


@pytest.mark.parametrize(
    ("code", "value", "day", "error"),
    [
        ("nothing", "1", TODAY, NotFound),
        ("satisfaction", "many", TODAY, BadInput),
        ("satisfaction", "1/0", TODAY, BadInput),
        ("satisfaction", "1e999999999", TODAY, BadInput),
        ("satisfaction", "٣", TODAY, BadInput),
        ("satisfaction", "", TODAY, BadInput),
        ("satisfaction", "80", TODAY + timedelta(days=1), BadInput),
    ],
)
def test_what_cannot_be_measured_is_refused(
    sqlite_platform: Platform, code: str, value: str, day: date, error: type[Exception]
) -> None:
    goals.seed(sqlite_platform, actor=CONSOLE)
    with pytest.raises(error):
        goals.measure(sqlite_platform, actor=CONSOLE, code=code, value=value, day=day)


def own(platform: Platform, **changed: str) -> None:
    facts = {
        "code": "calls",
        "title": "漏接率",
        "unit": "%",
        "base": "5",
        "target": "1.5",
        **changed,
    }
    goals.set_goal(platform, actor=CONSOLE, **facts)


def test_a_goal_of_ones_own_may_fall_and_be_exact(platform: Platform) -> None:
    own(platform)
    (one,) = goals.goals(platform, actor=CONSOLE)
    assert (one.target, one.rises) == (Fraction(3, 2), False)
    with pytest.raises(Refused):
        own(platform, base="6")


@pytest.mark.parametrize(
    "changed", [{"base": "1.5"}, {"code": " "}, {"title": ""}, {"unit": ""}, {"target": "x"}]
)
def test_a_goal_that_leads_nowhere_is_refused(
    sqlite_platform: Platform, changed: dict[str, str]
) -> None:
    with pytest.raises(BadInput):
        own(sqlite_platform, **changed)
    assert goals.goals(sqlite_platform, actor=CONSOLE) == []


def test_only_who_records_quality_sets_goals(sqlite_platform: Platform) -> None:
    supervisor, learner = actor(sqlite_platform, "S0001"), actor(sqlite_platform, "E1001")
    with pytest.raises(NotPermitted):
        goals.seed(sqlite_platform, actor=supervisor)
    with pytest.raises(NotPermitted):
        goals.goals(sqlite_platform, actor=learner)
    assert goals.goals(sqlite_platform, actor=supervisor) == []

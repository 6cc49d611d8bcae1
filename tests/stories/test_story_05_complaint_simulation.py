"""Acceptance story 5: the limits of a complaint, by the clock and by working days."""

from datetime import date, datetime
from pathlib import Path

import pytest

from certify.courseware.scenario_file import read_scenario
from certify.domain.scenario import START, Scenario
from certify.domain.scenario_run import Run, is_kept

RECEIVED = "2024-03-07T09:00"
FIXED = "2024-03-08T15:00"
"""A Friday."""
MONDAY = date(2024, 3, 11)
SCENARIO = (
    Path(__file__).parents[2]
    / "courses/in-service-complaint-handling/scenarios/kettle-complaint.toml"
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.model_validate(read_scenario(SCENARIO, [])).sealed()


def kept(scenario: Scenario, limit: str, **events: str) -> bool:
    """Whether a limit is kept when these things happened at these moments."""
    times = {START: RECEIVED, **{name.replace("_", "-"): at for name, at in events.items()}}
    run = Run(
        scenario=scenario,
        start=scenario.starts[0],
        at=scenario.starts[0],
        now=datetime.fromisoformat(max(times.values())),
        events={name: datetime.fromisoformat(at) for name, at in times.items()},
    )
    return is_kept(run, scenario.limits[limit])


@pytest.mark.parametrize(
    ("limit", "event", "at", "in_time"),
    [
        ("classify", "classified", "2024-03-07T09:30", True),
        ("classify", "classified", "2024-03-07T09:31", False),
        ("dispatch", "dispatched", "2024-03-07T10:00", True),
        ("dispatch", "dispatched", "2024-03-07T10:01", False),
        ("solution", "agreed", "2024-03-08T09:00", True),
        ("solution", "agreed", "2024-03-08T09:01", False),
    ],
)
def test_the_boundary_is_in_time_and_a_minute_more_is_late(
    scenario: Scenario, limit: str, event: str, at: str, in_time: bool
) -> None:
    assert kept(scenario, limit, **{event: at}) is in_time


@pytest.mark.parametrize(
    ("called", "without_holiday", "with_holiday"),
    [
        ("2024-03-12T18:00", True, True),
        ("2024-03-13T09:00", False, True),
        ("2024-03-14T09:00", False, False),
    ],
)
def test_the_call_back_has_two_working_days_and_a_holiday_on_monday_gives_one_more(
    scenario: Scenario, called: str, without_holiday: bool, with_holiday: bool
) -> None:
    assert MONDAY not in scenario.calendar.holidays
    calendar = scenario.calendar.model_copy(
        update={"holidays": (*scenario.calendar.holidays, MONDAY)}
    )
    on_holiday = scenario.model_copy(update={"calendar": calendar})

    events = {"fixed": FIXED, "followed_up": called}
    assert kept(scenario, "follow-up", **events) is without_holiday
    assert kept(on_holiday, "follow-up", **events) is with_holiday


def test_an_urgent_case_goes_straight_to_the_operations_director(scenario: Scenario) -> None:
    (dispatch,) = [one for one in scenario.nodes.values() if one.name == "dispatch"]
    best = max(dispatch.choices, key=lambda choice: choice.points)
    by_queue = next(choice for choice in dispatch.choices if "技术部" in choice.text["zh"])

    assert "直接报运营总监" in best.text["zh"]
    assert best.events == ("dispatched",)
    assert (by_queue.points, by_queue.events) == (0, ())

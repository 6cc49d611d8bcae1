"""What follows from evaluation, by command: consequences, plans, appeals, sheets, events."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from certify.clock import SetClock
from certify.platform import Platform
from certify.services.evaluation import appeals
from tests.cli.conftest import Run
from tests.platforms import actor
from tests.services.grading_steps import closed, company, evaluations, scoring

Say = Callable[..., CompletedProcess[str]]
Q2 = "2024-Q2"


@pytest.fixture
def say(quick: Run, tmp_path: Path) -> Say:
    """Runs a command in the company of the tests; the first word is who says it."""
    place = ("--home", tmp_path / "home", "--db", f"sqlite:///{tmp_path / 'certify.db'}")

    def run_it(who: str, *args: str) -> CompletedProcess[str]:
        return quick(*place, "--lang", "en", "--as", who, *args)

    return run_it


@pytest.fixture
def own(sqlite_platform: Platform, clock: SetClock) -> Platform:
    """A company whose second quarter of 2024 is closed: E1001 excellent, E1002 fair."""
    made = company(sqlite_platform)
    closed(made, clock, {"E1001": "95", "E1002": "70"})
    return made


def test_hr_lists_confirms_and_declines_what_grades_bring(own: Platform, say: Say) -> None:
    found = json.loads(say("H0001", "consequence", "list", "--json").stdout)
    assert [one["kind"] for one in found] == [
        "bonus",
        "commendation",
        "promotion-priority",
        "bonus",
        "coaching-plan",
    ]
    numbers = [str(one["id"]) for one in found]
    done = say("H0001", "consequence", "confirm", *numbers[:2], "--reason", "agreed")
    assert (done.returncode, done.stdout) == (0, "2 consequences confirmed.\n")
    assert say("H0001", "consequence", "confirm", numbers[0], "--reason", "x").returncode == 1
    assert say("H0001", "consequence", "decline", numbers[2], "--reason", "no").returncode == 0
    assert say("V0001", "consequence", "decline", numbers[3], "--reason", "no").returncode == 1
    assert say("H0001", "consequence", "decline", numbers[3]).returncode == 2
    shown = say("H0001", "consequence", "list").stdout
    assert "performance bonus × 1.2" in shown
    assert "declined" in shown
    waiting = json.loads(
        say("H0001", "consequence", "list", "--state", "proposed", "--json").stdout
    )
    assert [str(one["id"]) for one in waiting] == numbers[3:]


def test_a_plan_goes_from_to_be_written_to_done(own: Platform, say: Say) -> None:
    assert say("S0001", "coaching-plan", "list").stdout == "There are no coaching plans.\n"
    assert say("H0001", "consequence", "confirm", "5", "--reason", "agreed").returncode == 0
    assert "to be written" in say("S0001", "coaching-plan", "list").stdout
    assert say("S0001", "coaching-plan", "done", "1").returncode == 1
    assert say("S0001", "coaching-plan", "write", "1", "--steps", "weekly review").returncode == 0
    assert say("E1002", "coaching-plan", "write", "1", "--steps", "mine").returncode == 1
    assert "weekly review" in say("E1002", "coaching-plan", "list").stdout
    assert json.loads(say("H0001", "coaching-plan", "list", "--overdue", "--json").stdout) == []
    assert say("S0001", "coaching-plan", "done", "1").returncode == 0
    assert "done on" in say("S0001", "coaching-plan", "list").stdout


def test_an_appeal_is_listed_and_upheld_with_a_value(own: Platform, say: Say) -> None:
    appeals.ask(own, actor=actor(own, "E1002"), period=Q2, reason="one call was not mine")
    late = say("E1001", "appeal", "make", Q2, "--reason", "too late")
    assert late.returncode == 1
    assert "2024-07-05" in late.stderr
    assert "one call was not mine" in say("V0001", "appeal", "list").stdout
    both = ("appeal", "uphold", "1", "--reason", "seen", "--value", "speed=100", "--final", "90")
    assert say("V0001", *both).returncode == 2
    assert (
        say("V0001", "appeal", "uphold", "1", "--reason", "x", "--value", "speed").returncode == 2
    )
    assert say("S0001", *both[:-2]).returncode == 1
    assert say("V0001", *both[:-2]).returncode == 0
    assert [one.revision for one in evaluations(own, "E1002")] == [1, 2]
    assert say("V0001", "appeal", "reject", "1", "--reason", "x").returncode == 1
    [shown] = json.loads(say("V0001", "appeal", "list", "--json").stdout)
    assert (shown["staff_no"], shown["upheld"], shown["decision"]) == ("E1002", True, "seen")


def test_a_department_is_scored(own: Platform, clock: SetClock, say: Say) -> None:
    scoring(own, clock, "2024-Q3")
    command = ("department-sheet", "score", "2024-Q3", "CS")
    done = say("V0001", *command, "--score", "speed=90", "--score", "care=72.5")
    assert done.stdout == "Customer service: 79.50, Fair.\n"
    half = say("V0001", *command, "--score", "speed=90")
    assert half.returncode == 2
    assert "Care" in half.stderr
    assert say("V0001", *command, "--score", "speed").returncode == 2
    assert say("H0001", *command, "--score", "speed=9", "--score", "care=9").returncode == 1
    assert "79.50" in say("H0001", "department-sheet", "list", "2024-Q3").stdout
    assert say("E1001", "department-sheet", "list", "2024-Q3").returncode == 1
    assert say("V0001", "department-sheet", "list", "2030-Q1").returncode == 1


def test_a_serious_problem_is_reported_by_one_and_confirmed_by_another(
    own: Platform, say: Say
) -> None:
    told = ("serious-problem", "report", "E1001", "--day", "2024-06-01", "--what", "shouted")
    assert say("S0001", *told).returncode == 0
    assert say("E1002", *told).returncode == 1
    assert "to be decided" in say("H0001", "serious-problem", "list").stdout
    assert say("H0001", "serious-problem", "confirm", "1", "--reason", "heard").returncode == 0
    assert say("H0001", "serious-problem", "dismiss", "1", "--reason", "x").returncode == 1
    [shown] = json.loads(say("H0001", "serious-problem", "list", "--json").stdout)
    assert shown["confirmed"] is True


def test_an_event_is_attached_once(own: Platform, say: Say) -> None:
    event = ("--kind", "complaint", "--reference", "TS-7", "--day", "2024-06-01", "--what", "late")
    command = ("evidence", "attach", "E1001", *event, "--scheme", "small")
    assert say("V0001", *command).returncode == 0
    again = say("V0001", *command)
    assert again.returncode == 1
    assert "E1001" in again.stderr
    assert "TS-7" in say("E1001", "evidence", "list").stdout
    assert say("E1002", "evidence", "list", "E1001").returncode == 1

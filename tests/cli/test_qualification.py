"""Qualifications on the command line: who may serve, what HR decides, the list read back."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HR = "000002"
SECOND_HR = "000003"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it."""

    def run_it(who: str, *args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", "--as", who, *args)

    return run_it  # type: ignore[return-value]


@pytest.fixture
def held(say: Run) -> tuple[str, str, str]:
    """Somebody who may serve a process: number, process, certificate."""
    found = json.loads(say(HR, "qualification", "list", "--json").stdout)["rows"]
    one = next(row for row in found if row["staff_no"] != HR)
    return one["staff_no"], one["process_code"], one["certificate"]


def test_who_may_serve_is_answered_with_a_reason_and_an_exit_code(
    say: Run, held: tuple[str, str, str]
) -> None:
    who, process, certificate = held

    yes = say(HR, "qualification", "can-serve", who, process)
    assert (yes.returncode, certificate in yes.stdout) == (0, True)
    no = say(HR, "qualification", "can-serve", who, process, "--day", "2001-01-01", "--json")
    assert no.returncode == 1
    assert json.loads(no.stdout)["why"] == "not-employed"
    assert say(HR, "qualification", "can-serve", who, "flying").returncode == 1


def test_a_state_is_changed_with_a_reason_and_given_back(
    say: Run, held: tuple[str, str, str]
) -> None:
    who, process, certificate = held

    assert say(HR, "qualification", "suspend", who, process).returncode == 2  # no reason
    assert say(HR, "qualification", "suspend", who, certificate, "--reason", "x").returncode == 0
    assert say(HR, "qualification", "can-serve", who, process).returncode == 1
    assert say(HR, "qualification", "suspend", who, process, "--reason", "x").returncode == 1
    assert say(HR, "qualification", "reinstate", who, process, "--reason", "y").returncode == 0
    assert say(HR, "qualification", "can-serve", who, process).returncode == 0
    assert say(who, "qualification", "revoke", who, process, "--reason", "z").returncode == 1
    assert say("000001", "ledger", "verify").returncode == 0


def test_a_revocation_takes_two_people_of_hr(say: Run, held: tuple[str, str, str]) -> None:
    who, process, _certificate = held

    proposed = say(HR, "qualification", "revoke", who, process, "--reason", "x")
    assert proposed.stdout.startswith("Proposed as number 1:")
    assert say(HR, "qualification", "can-serve", who, process).returncode == 0
    assert say(HR, "proposal", "confirm", "1").returncode == 1
    assert say(HR, "qualification", "revoke", who, process, "--reason", "x").returncode == 1
    [waiting] = json.loads(say(SECOND_HR, "proposal", "list", "--json").stdout)
    assert (waiting["staff_no"], waiting["state"], waiting["may_decide"]) == (who, "open", True)
    assert say(SECOND_HR, "proposal", "confirm", "1").returncode == 0
    assert say(HR, "qualification", "can-serve", who, process).returncode == 1
    assert say(SECOND_HR, "proposal", "decline", "1", "--reason", "y").returncode == 1
    assert say(HR, "proposal", "withdraw", "1").returncode == 1


def test_a_promotion_names_what_is_missing_and_an_exception_gives_it(
    say: Run, held: tuple[str, str, str]
) -> None:
    who, _process, _certificate = held

    refused = say(HR, "qualification", "grant", who, "L3", "--reason", "x")
    assert refused.returncode == 1
    assert "Missing:" in refused.stderr
    given = say(HR, "qualification", "grant", who, "L3", "--reason", "x", "--exception")
    assert given.stdout.startswith("L3 given: certificate L3-")
    checked = say(HR, "qualification", "check", who, "L3", "--json")
    assert json.loads(checked.stdout)["rung"]["state"] == "active"


def test_a_panel_is_recorded_with_its_mean(say: Run, held: tuple[str, str, str]) -> None:
    who, _process, _certificate = held
    members = ("--member", f"{HR}=90", "--member", "000001=85.5")

    assert "87.75" in say(HR, "qualification", "panel", who, "L3", *members).stdout
    assert say(HR, "qualification", "panel", who, "L3", "--member", "90").returncode == 2
    assert say(HR, "qualification", "panel", who, "L3", "--member", f"{HR}=101").returncode == 2


def test_the_exported_list_read_back_says_no_changes(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    export = ("export", "qualification-list", "--format", "csv", "--out", path)
    assert say(HR, *export).returncode == 0

    same = say(HR, "qualification", "compare", path)
    assert (same.returncode, ", 0 changes" in same.stdout) == (0, True)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert say(HR, "qualification", "compare", tmp_path / "other.csv").returncode == 2

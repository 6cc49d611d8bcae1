"""Inspections on the command line: record, due, read, notices, anomaly forms, skilled."""

import json
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.person import Person, Role, RoleGrant
from certify.paths import Home
from certify.platform import open_platform
from certify.settings import Settings
from tests.cli.conftest import Run

LEARNER, AGENT, HEAD, MANAGER = "001001", "001012", "001009", "001008"
INSPECTOR, OTHER, TECHNICAL = "003003", "003004", "002003"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company with two inspectors; the first word is who."""
    platform = open_platform(Settings(home=Home(company), lang="en"))
    try:
        with platform.database.write() as session:
            for staff_no in (INSPECTOR, OTHER):
                person = session.exec(select(Person).where(Person.staff_no == staff_no)).one()
                if session.get(RoleGrant, (person.id, Role.INSPECTOR)) is None:
                    session.add(RoleGrant(person_id=person.id or 0, role=Role.INSPECTOR))
    finally:
        platform.close()

    def run_it(who: str, *args: str) -> object:
        acting = ["--as", who] if who else []
        return quick("--home", company, "--lang", "en", *acting, "inspection", *args)

    return run_it  # type: ignore[return-value]


def recorded(say: Run, *args: str) -> str:
    """Record a check; its number."""
    done = say(INSPECTOR, "record", *args)
    assert done.returncode == 0, done.stderr
    return str(done.stdout.split()[0])


def test_a_check_by_a_list_is_recorded_shown_and_read(say: Run) -> None:
    number = recorded(
        say,
        *("--person", AGENT, "--list", "discipline", "--fault", "1=ten minutes late"),
        *("--not-seen", "lost-property", "--finding", "late", "--major"),
    )
    shown = say(AGENT, "show", number)
    assert "✗ fault  1. Neither came late nor left early (ten minutes late)" in shown.stdout
    assert "Major problem: late" in shown.stdout
    assert say(LEARNER, "show", number).returncode == 1
    [line] = json.loads(say(AGENT, "list", "--unread", "--json").stdout)
    assert (line["number"], line["result"]) == (number, "not-met")
    assert number in say(HEAD, "list", "--result", "not-met").stdout
    assert say(AGENT, "read", number).returncode == 0
    assert say(AGENT, "read", number).returncode == 1
    assert json.loads(say(AGENT, "list", "--unread", "--json").stdout) == []


def test_a_sample_is_held_against_the_standard(say: Run) -> None:
    number = recorded(
        say,
        *("--department", "CS", "--standard", "CS-001", "--sampled", "20", "--passed", "19"),
        *("--window", "10:00-11:00"),
    )
    shown = say(INSPECTOR, "show", number).stdout
    assert "Target: Response rate ≥ 98 %" in shown
    assert "Sample: 19/20 = 95.00 %" in shown
    assert "Not met" in shown
    wrong = say(INSPECTOR, "record", "--department", "CS", "--standard", "CS-001", "--sampled", "2")
    assert wrong.returncode == 2
    for values in (("--list", "x", "--standard", "CS-001"), ()):
        assert say(INSPECTOR, "record", "--department", "CS", *values).returncode == 2
    assert say(INSPECTOR, "record", "--department", "CS", "--list", "nothing").returncode == 1
    assert say(LEARNER, "record", "--person", AGENT, "--list", "conduct").returncode == 1
    assert say("", "record", "--person", AGENT, "--list", "conduct").returncode == 1


def test_lists_say_what_there_is_or_that_there_is_nothing(say: Run) -> None:
    assert "appearance" in say(INSPECTOR, "checklists").stdout
    assert len(json.loads(say(INSPECTOR, "checklists", "--json").stdout)) == 6
    assert "no rectification notices" in say(LEARNER, "notice", "list").stdout
    assert "no anomaly forms" in say(LEARNER, "anomaly", "list").stdout

    def met() -> int:
        found = json.loads(say(INSPECTOR, "report", "--json").stdout)
        return next((one["met"] for one in found if one["code"] == "CS"), 0)

    before = met()
    recorded(say, "--person", AGENT, "--list", "conduct")
    assert met() == before + 1
    assert "Customer service" in say(INSPECTOR, "report").stdout
    found = json.loads(say(INSPECTOR, "due", "--json").stdout)
    assert all(one["reason"] in ("newcomer", "decision", "quarter", "turn") for one in found)
    assert say(LEARNER, "due").returncode == 1
    assert "Until" in say(INSPECTOR, "due").stdout


def test_a_notice_goes_its_way_and_back_again(say: Run) -> None:
    number = recorded(say, "--person", AGENT, "--list", "discipline", "--fault", "2")
    issued = say(
        INSPECTOR,
        *("notice", "issue", "--owner", AGENT, "--problem", "left the desk"),
        *("--inspection", number),
    )
    notice = issued.stdout.split()[0]
    assert notice.startswith("RN-")
    answer = ("notice", "answer", notice, "--cause", "alone", "--measure", "a second person")
    assert say(AGENT, "notice", "done", notice).returncode == 1
    assert say(INSPECTOR, *answer).returncode == 1
    assert say(AGENT, *answer).returncode == 0
    assert say(AGENT, "notice", "done", notice).returncode == 0
    assert say(AGENT, "notice", "verify", notice, "--passed").returncode == 1
    failed = say(OTHER, "notice", "verify", notice, "--failed", "--text", "still alone")
    assert f"{notice} is open again" in failed.stdout
    assert say(AGENT, *answer).returncode == 0
    assert say(AGENT, "notice", "done", notice, "--text", "since today").returncode == 0
    assert say(OTHER, "notice", "verify", notice, "--passed").returncode == 0
    listed = json.loads(say(AGENT, "notice", "list", "--open", "--json").stdout)
    [open_one] = [one for one in listed if one["number"] == notice]
    assert (open_one["state"], open_one["reopened"]) == ("verified", 1)
    late = json.loads(say(INSPECTOR, "notice", "list", "--overdue", "--json").stdout)
    assert notice not in [one["number"] for one in late]
    assert say(OTHER, "notice", "close", notice).returncode == 0
    shown = say(AGENT, "notice", "show", notice).stdout
    assert "verification failed" in shown
    assert "Nothing is left to do." in shown
    assert "closed" in say(AGENT, "notice", "list").stdout


def test_an_anomaly_form_goes_its_way(say: Run) -> None:
    opened = say(
        INSPECTOR,
        *("anomaly", "open", "--what", "three calls", "--cause", "handover"),
        *("--process", "apology", "--countermeasure", "double sign", "--department", "CS"),
    )
    form = opened.stdout.split()[0]
    assert form.startswith("AN-")
    instruct = ("anomaly", "instruct", form, "--instruction", "this week")
    assert say(MANAGER, *instruct).returncode == 2
    assert say(MANAGER, *instruct, "--department", "CS", "--department", "TEC").returncode == 0
    sign = ("anomaly", "countersign", form, "--opinion", "agreed", "--department")
    assert say(HEAD, *sign, "TEC").returncode == 1
    assert say(HEAD, *sign, "CS").returncode == 0
    recheck = ("anomaly", "recheck", form, "--passed", "--text", "seen")
    assert say(OTHER, *recheck).returncode == 1
    assert say(TECHNICAL, *sign, "TEC").returncode == 0
    assert say(INSPECTOR, *recheck).returncode == 1
    assert say(OTHER, *recheck).returncode == 0
    shown = say(INSPECTOR, "anomaly", "show", form).stdout
    assert "Nothing is left to do." in shown
    listed = json.loads(say(INSPECTOR, "anomaly", "list", "--json").stdout)
    assert [one["state"] for one in listed if one["number"] == form] == ["closed"]
    still_open = json.loads(say(INSPECTOR, "anomaly", "list", "--open", "--json").stdout)
    assert form not in [one["number"] for one in still_open]


def test_there_is_nothing_to_decide_before_its_time(say: Run) -> None:
    refused = say(HEAD, "skilled", LEARNER, "--yes", "--reason", "good")
    assert refused.returncode == 1
    assert "nothing to decide" in refused.stderr
    assert say(INSPECTOR, "skilled", LEARNER, "--no", "--reason", "x").returncode == 1
    assert say(HEAD, "skilled", LEARNER, "--reason", "x").returncode == 2

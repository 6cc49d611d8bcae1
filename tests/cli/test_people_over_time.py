"""People over time on the command line: changes, history, absences, owners, refusals."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NEW, HR = "003001", "000002"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it, or empty."""

    def run_it(who: str, *args: str) -> object:
        acting = ["--as", who] if who else []
        return quick("--home", company, "--lang", "en", *acting, *args)

    return run_it  # type: ignore[return-value]


def test_a_change_is_made_shown_and_stands_in_the_history(say: Run) -> None:
    assert say(NEW, "person", "change", NEW, "--name", "x").returncode == 1
    assert say(HR, "person", "change", NEW, "--post", "none").returncode == 2
    wrong = say(HR, "person", "change", NEW, "--supervisor", "S1", "--no-supervisor")
    assert wrong.returncode == 2

    done = say(HR, "person", "change", NEW, "--name", "新名字", "--department", "CS")
    assert "department, name" in done.stdout
    assert "nothing is different" in say(HR, "person", "change", NEW, "--department", "CS").stdout
    found = json.loads(say(HR, "person", "history", NEW, "--json").stdout)
    old, new = found["placements"]
    assert (old["to_day"] is None, new["to_day"], new["name"]) == (False, None, "新名字")
    assert (old["department"]["en"], new["department"]["en"]) == ("After-sales", "Customer service")
    on = say(HR, "person", "history", NEW, "--on", old["from_day"]).stdout
    assert "After-sales" in on
    assert "新名字" not in on
    assert "Nothing is known" in say(HR, "person", "history", NEW, "--on", "1999-01-01").stdout


def test_a_circle_and_a_leaving_supervisor_are_named(say: Run) -> None:
    people = json.loads(say(HR, "person", "list", "--json").stdout)
    boss_of = {one["staff_no"]: one["supervisor_no"] for one in people}
    low, boss = next((no, up) for no, up in boss_of.items() if boss_of.get(up))
    circle = say(HR, "person", "change", boss, "--supervisor", low)
    assert circle.returncode == 1
    assert f"{boss} → {low} → {boss}" in circle.stderr

    left = say("", "person", "change", boss, "--status", "left")
    assert low in left.stdout
    assert "another supervisor" in left.stdout


def test_absences_are_recorded_cancelled_and_imported(say: Run, tmp_path: Path) -> None:
    args = ("person", "absence", "record", NEW, "2024-05-06", "2024-05-08", "--reason", "leave")
    number = say(HR, *args).stdout.split()[1]
    twice = say(HR, *args)
    assert twice.returncode == 1
    assert "2024-05-06" in twice.stderr
    assert say(HR, "person", "absence", "cancel", number).returncode == 0
    assert "cancelled" in say(NEW, "person", "absence", "list", NEW).stdout

    path = tmp_path / "absences.csv"
    path.write_text(f"staff no,from,to,reason\n{NEW},2024-05-06,2024-05-05,x\n", encoding="utf-8")
    bad = say(HR, "person", "absence", "import", str(path), "--apply")
    assert bad.returncode == 2
    assert f"{path}:2: to:" in bad.stderr
    path.write_text(f"staff no,from,to,reason\n{NEW},2024-05-06,2024-05-09,x\n", encoding="utf-8")
    trial = say(HR, "person", "absence", "import", str(path))
    assert "1 found = 1 added + 0 unchanged + 0 rejected" in trial.stdout
    assert say(HR, "person", "absence", "import", str(path), "--apply").returncode == 0
    found = json.loads(say(HR, "person", "absence", "list", NEW, "--json").stdout)
    assert [one["is_cancelled"] for one in found] == [True, False]


def test_a_training_owner_must_be_supervisor_and_guide(say: Run) -> None:
    boss = json.loads(say(HR, "person", "history", NEW, "--json").stdout)
    above = boss["placements"][-1]["supervisor_no"]
    refused = say(HR, "person", "owner", NEW, above)
    assert refused.returncode == 1
    assert f"certify person guide {NEW} {above}" in refused.stderr
    assert say(HR, "person", "guide", NEW, above).returncode == 0

    named = say(HR, "person", "owner", NEW, above)
    assert above in named.stdout
    assert "Nobody was named" in say(HR, "person", "owner", HR).stdout


def test_a_refusal_waits_for_hr_and_is_decided(say: Run) -> None:
    assert say(HR, "person", "refusal", "record", NEW, "--reason", "knows it").returncode == 0
    assert "knows it" in say(HR, "person", "refusal", "list").stdout
    phases = say(NEW, "person", "phase", NEW).stdout
    assert "HR has not decided" in phases
    decide = ("person", "refusal", "decide", NEW, "--accept", "--reason", "true")
    assert say("", *decide).returncode == 1
    assert say(NEW, *decide).returncode == 1
    assert say(HR, *decide).returncode == 0

    assert "HR accepted it: true" in say(NEW, "person", "refusal", "show", NEW).stdout
    assert "No refusal waits." in say(HR, "person", "refusal", "list").stdout


def test_hr_sees_what_ends_soon_and_others_do_not(say: Run) -> None:
    every = json.loads(say(HR, "qualification", "expiring", "--days", "3650", "--json").stdout)
    days = [one["days_left"] for one in every]
    assert days
    assert days == sorted(days)
    some = json.loads(say(HR, "qualification", "expiring", "--days", str(days[0]), "--json").stdout)
    assert {one["days_left"] for one in some} == {days[0]}
    assert every[0]["certificate"] in say(HR, "qualification", "expiring", "--days", "3650").stdout
    assert say(NEW, "qualification", "expiring").returncode == 1
    assert say(HR, "qualification", "expiring", "--days", "-1").returncode == 2

"""Reports, surveys and goals on the command line, in the ready-made company."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HR, SUPERVISOR, LEARNER = "000002", "001003", "001001"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it, or empty."""

    def run_it(who: str, *args: str, lang: str = "en") -> object:
        acting = ["--as", who] if who else []
        return quick("--home", company, "--lang", lang, *acting, *args)

    return run_it  # type: ignore[return-value]


def test_the_dashboard_and_the_lists_behind_it(say: Run) -> None:
    shown = say(HR, "report", "dashboard")
    assert shown.returncode == 0, shown.stderr
    assert "First-try pass rate" in shown.stdout
    figures = json.loads(say(HR, "report", "dashboard", "--json").stdout)["figures"]
    by_name = {one["name"]: one for one in figures}
    unfinished = by_name["completed"]["whole"] - by_name["completed"]["number"]
    behind = json.loads(say(HR, "report", "list", "completed", "--json").stdout)
    assert (len(behind["lines"]), behind["hidden"]) == (unfinished, 0)
    assert say(HR, "report", "list", "completed").stdout.count("\n") == unfinished + 1
    suspended = json.loads(say(HR, "report", "list", "suspended", "--json").stdout)
    assert len(suspended["lines"]) == by_name["suspended"]["number"] > 0
    assert say(HR, "report", "list", "suspended", "--department", "none").returncode == 1
    assert say(HR, "report", "list", "nonsense").returncode == 1
    assert say(LEARNER, "report", "dashboard").returncode == 1


def test_a_person_sees_the_own_timeline_and_no_other(say: Run) -> None:
    own = say(LEARNER, "report", "person", LEARNER)
    assert own.returncode == 0, own.stderr
    assert "Hired" in own.stdout
    kinds = json.loads(say(LEARNER, "report", "person", LEARNER, "--kind", "work", "--json").stdout)
    assert {one["kind"] for one in kinds["events"]} == {"work"}
    assert say(LEARNER, "report", "person", "001015").returncode == 1
    assert say(HR, "report", "person", "001015").returncode == 0


@pytest.mark.parametrize("name", ["daily", "weekly", "monthly", "quarterly"])
def test_every_report_is_markdown_and_json(say: Run, name: str) -> None:
    for lang in ("zh", "en"):
        shown = say(HR, "report", name, "--date", "2026-01-31", lang=lang)
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.startswith("# ")
    found = json.loads(say(HR, "report", name, "--json").stdout)
    assert found["report"] == name
    assert found["sections"]
    assert say(HR, "report", name, "--date", "2026-02-30").returncode == 2
    assert say(LEARNER, "report", name).returncode == 1


def test_dossier_and_loop(say: Run) -> None:
    found = json.loads(say(HR, "report", "cohort", "1", "--json").stdout)
    assert {"about", "agenda", "rates", "marks", "analysis", "repeat"} <= set(found["sections"])
    assert say(HR, "report", "cohort", "1").stdout.startswith("# Dossier of the cohort")
    assert say(HR, "report", "cohort", "99").returncode == 1
    assert say(HR, "report", "session", "NONE-1").returncode == 1
    loop = say(HR, "report", "standard", "CS-001")
    assert loop.returncode == 0, loop.stderr
    assert "How it is kept at work" in loop.stdout


def test_surveys_come_in_after_a_dry_run(say: Run, tmp_path: Path) -> None:
    before = json.loads(say(HR, "survey", "list", "--json").stdout)
    head = "code,from,to,sent,returned,attitude,efficiency,effect"
    good = "2024-Q1,2024-01-01,2024-03-31,100,80,90,88,91"
    file = tmp_path / "survey.csv"
    file.write_text(f"{head}\n{good}\nb,2024-01-01,2024-01-31,80,100,1,2,3\n", encoding="utf-8")
    refused = say(HR, "survey", "import", str(file), "--apply")
    assert refused.returncode == 2
    assert "row 3, returned: 100 came back of 80 sent." in refused.stderr
    assert json.loads(say(HR, "survey", "list", "--json").stdout) == before
    file.write_text(f"{head}\n{good}\n", encoding="utf-8")
    assert "Nothing was changed yet" in say(HR, "survey", "import", str(file)).stdout
    assert "added 1" in say(HR, "survey", "import", str(file), "--apply").stdout
    assert "80.00 %" in say(HR, "survey", "list").stdout
    listed = json.loads(say(HR, "survey", "list", "--json").stdout)
    assert len(listed) == len(before) + 1
    [one] = [one for one in listed if one["code"] == "2024-Q1"]
    assert (one["rate"], one["is_enough"]) == ("4/5", True)
    assert json.loads(say(HR, "survey", "import", str(file), "--json").stdout)["unchanged"] == 1
    assert say(LEARNER, "survey", "import", str(file)).returncode == 1


def test_goals_are_set_and_measured(say: Run) -> None:
    assert say(HR, "goal", "seed").returncode == 0
    done = say(HR, "goal", "record", "response-time", "10")
    assert "progress 50.00 %" in done.stdout
    args = ("--title", "漏接率", "--unit", "%", "--base", "5")
    assert say(HR, "goal", "add", "calls", *args, "--target", "1").returncode == 0
    assert say(HR, "goal", "add", "same", *args, "--target", "5").returncode == 2
    listed = json.loads(say(HR, "goal", "list", "--json").stdout)
    assert [one["code"] for one in listed] == [
        "satisfaction",
        "response-time",
        "complaint-time",
        "calls",
    ]
    assert say(HR, "goal", "record", "nothing", "1").returncode == 1
    assert "Average response time" in say(HR, "goal", "list").stdout

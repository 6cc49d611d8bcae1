"""The learning side on the command line: phases, on-site practice, cases, needs, plan, coverage."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NEW, GUIDE, TRAINER, HR = "003001", "003004", "000004", "000002"
FOUNDATIONS = "onboarding-service-foundations"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it, or empty."""

    def run_it(who: str, *args: str) -> object:
        acting = ["--as", who] if who else []
        return quick("--home", company, "--lang", "en", *acting, *args)

    return run_it  # type: ignore[return-value]


def test_a_newcomer_goes_from_a_locked_log_to_a_remark(say: Run) -> None:
    assert say(HR, "person", "guide", NEW, GUIDE).returncode == 0
    locked = say(NEW, "field-practice", "add", "sorted parts")
    assert locked.returncode == 1
    assert "department" in locked.stderr
    assert say(NEW, "person", "phase", NEW, "--exempt", "department").returncode == 1
    assert say(HR, "person", "phase", NEW, "--exempt", "department").returncode == 2
    done = say(HR, "person", "phase", NEW, "--exempt", "department", "--reason", "same post before")
    assert "freed: same post before" in done.stdout

    written = say(NEW, "field-practice", "add", "sorted parts")
    number = written.stdout.split()[1]
    assert say(NEW, "field-practice", "add", "sorted all parts", "--entry", number).returncode == 0
    args = ("field-practice", "remark", number, "careful", "--improvement", "faster")
    assert say(NEW, *args).returncode == 1
    assert say(GUIDE, *args).returncode == 0
    assert say(NEW, "field-practice", "add", "x", "--entry", number).returncode == 1
    shown = say(NEW, "field-practice", "list").stdout
    assert "sorted all parts" in shown
    assert "faster" in shown
    [log] = json.loads(say(GUIDE, "field-practice", "list", "--guided", "--json").stdout)
    assert (log["staff_no"], log["done"]["entries"], log["needed"]["entries"]) == (NEW, 1, 10)
    refused = say(GUIDE, "field-practice", "sign-off", NEW)
    assert refused.returncode == 1
    assert "9 more tasks with a remark" in refused.stderr


def test_a_case_is_written_cleaned_published_and_withdrawn(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text("# 第三次来电\n\n王先生（13812345678）又来电。\n", encoding="utf-8")
    link = f"{FOUNDATIONS}/why-six-steps"
    written = say(GUIDE, "case", "add", str(path), "--lesson", link)
    assert "line 3, column 1: name “王先生”" in written.stdout
    refused = say(TRAINER, "case", "publish", "CASE-0001")
    assert refused.returncode == 1
    assert "13812345678" in refused.stderr

    path.write_text("# 第三次来电\n\n客户又来电。\n", encoding="utf-8")
    assert say(GUIDE, "case", "add", str(path), "--replace", "CASE-0001").returncode == 0
    assert say(GUIDE, "case", "publish", "CASE-0001").returncode == 1
    assert say(TRAINER, "case", "publish", "CASE-0001").returncode == 0
    assert "第三次来电" in say(NEW, "case", "show", "CASE-0001").stdout
    [found] = json.loads(say(NEW, "case", "list", "--json").stdout)
    assert (found["state"], found["lessons"]) == ("published", [[FOUNDATIONS, "why-six-steps"]])
    assert say(TRAINER, "case", "withdraw", "CASE-0001", "--reason", "old").returncode == 0
    assert say(NEW, "case", "show", "CASE-0001").returncode == 1
    assert say(GUIDE, "case", "add", str(path), "--lesson", "nothing").returncode == 2


def test_what_a_post_needs_is_set_previewed_and_assigned(say: Run) -> None:
    shown = say(HR, "post", "needs", "agent", "--add", "complaints")
    assert "Complaint handling" in shown.stdout
    assert say(HR, "post", "needs", "agent", "--add", "nothing").returncode == 2
    before = say(HR, "person", "needs", NEW, "--post", "agent", "--json")
    [course] = json.loads(before.stdout)["courses"]
    assert (course["code"], course["is_assigned"]) == ("in-service-complaint-handling", False)
    assert json.loads(say(HR, "person", "needs", NEW, "--json").stdout)["courses"] == []
    assert say(HR, "person", "needs", NEW, "--post", "agent", "--assign").returncode == 2
    assigned = say(HR, "person", "needs", "001001", "--assign")
    assert "1 course was assigned." in assigned.stdout
    assert say(HR, "post", "needs", "agent", "--remove", "complaints").returncode == 0


def test_a_plan_has_a_target_and_entries(say: Run) -> None:
    assert say(NEW, "person", "plan", NEW, "--target", "L9").returncode == 2
    assert "L1" in say(NEW, "person", "plan", NEW, "--target", "L1", "--by", "2030-01-01").stdout
    added = say(HR, "person", "plan", NEW, "--add", "Skill contest", "--kind", "competition")
    assert "Skill contest" in added.stdout
    plan = json.loads(say(NEW, "person", "plan", NEW, "--json").stdout)
    [entry] = plan["entries"]
    say(NEW, "person", "plan", NEW, "--done", str(entry["id"]))
    assert json.loads(say(NEW, "person", "plan", NEW, "--json").stdout)["entries"][0]["done"]
    assert say("001001", "person", "plan", NEW).returncode == 1


def test_coverage_and_the_list_of_courses_tell_what_is_missing_and_when_it_was_revised(
    say: Run,
) -> None:
    shown = say("", "course", "coverage").stdout
    assert "missing" in shown
    assert "six-steps" in shown
    found = json.loads(say("", "course", "coverage", "--json").stdout)
    missing = [one["code"] for one in found["contents"] if not one["lessons"]]
    assert "company" in missing
    assert "six-steps" not in missing
    assert "complaints" in say("", "course", "list").stdout
    [first, *_others] = json.loads(say("", "course", "list", "--json").stdout)
    assert (first["facts"]["phase"], first["facts"]["is_stale"]) == ("department", False)

"""Cohorts, accommodations and exams in progress from the command line."""

import json
from pathlib import Path

import pexpect

from tests.cli.company import EXAM, READY
from tests.cli.conftest import Run
from tests.cli.test_line_mode import say, seconds_left, terminal

HR = "000002"
LATER = "2999-12-31 18:00"


def test_a_cohort_is_made_filled_and_shown(company: Path, quick: Run) -> None:
    def certify(*words: str) -> str:
        done = quick("--home", company, "--lang", "en", "--as", HR, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    certify("cohort", "new", EXAM, "--title", "March", "--occasion", "Audit", "--closes", LATER)
    number = str(json.loads(certify("cohort", "list", "--json"))[0]["id"])
    certify("cohort", "add", number, READY, "001002")
    certify("cohort", "excuse", number, "001002", "--reason", "leave")

    shown = certify("cohort", "show", number)
    listed = json.loads(certify("cohort", "list", "--json"))[0]

    assert "ad hoc: Audit" in shown
    assert "Pass rate of first attempts" in shown
    assert "Pass mark of one person: 85" in shown
    assert listed["figures"]["excused"] == 1
    assert [one["state"] for one in listed["members"]] == ["to-come", "excused"]


def test_what_is_no_moment_or_not_ones_to_do_is_refused(company: Path, quick: Run) -> None:
    def code(*words: str) -> int:
        return quick("--home", company, "--lang", "en", *words).returncode

    new = ("cohort", "new", EXAM, "--title", "March", "--closes")
    assert code("--as", HR, *new, "tomorrow") == 2
    assert code("--as", READY, *new, LATER) == 1
    assert code("--as", READY, "attempt", "open") == 1
    give = ("accommodation", "grant", HR, "--reason", "x", "--time-factor")
    assert code("--as", HR, *give, "2") == 1
    assert code("--as", HR, *give, "fast") == 2
    assert code(*give, "2") == 1, "somebody of the staff must approve it"


def test_a_sitting_by_lines_has_breaks_and_hears_of_time_given(company: Path, quick: Run) -> None:
    def hr(*words: str) -> str:
        done = quick("--home", company, "--lang", "en", "--as", HR, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    needs = ("--break-minutes", "5", "--time-factor", "5/4", "--line-mode")
    hr("accommodation", "grant", READY, "--reason", "decision", *needs)
    child, seen = terminal(company)
    child.expect_exact("q: leave.")
    assert "75 minutes" in seen.getvalue()
    assert "5 minutes of break" in seen.getvalue()
    say(child, "")
    child.sendline("b")
    child.expect_exact("go on; q: leave. ")
    assert "You are on a break" in (child.before or "")
    assert "on a break" in hr("attempt", "open")
    assert "Item 1 of 40" in say(child, "")
    before = seconds_left(say(child, "t"))
    attempts = json.loads(hr("attempt", "open", "--json"))["attempts"]
    (one,) = [attempt for attempt in attempts if attempt["staff_no"] == READY]
    hr("attempt", "grant-time", str(one["attempt_id"]), "10", "--reason", "alarm")

    told = say(child, "t")

    assert "You were given time" in told
    assert before + 590 <= seconds_left(told) <= before + 600
    events = json.loads(hr("attempt", "events", str(one["attempt_id"]), "--json"))
    assert [event["kind"] for event in events] == [
        "accommodation",
        "break-began",
        "break-ended",
        "invigilator",
    ]
    child.sendline("q")
    child.expect(pexpect.EOF)


def test_the_review_says_why_it_is_hidden(company: Path, quick: Run) -> None:
    done = quick("--home", company, "--lang", "en", "attempt", "show", "1", "--review", "--json")

    view = json.loads(done.stdout)
    assert view["items"] == []
    assert view["hidden"]

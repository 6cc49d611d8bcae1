"""Cohorts, accommodations and exams in progress from the command line."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

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


def test_who_may_not_sit_yet_is_named_with_the_reason(company: Path, quick: Run) -> None:
    options = ("--home", company, "--lang", "en", "--as", HR, "cohort")
    quick(*options, "new", EXAM, "--title", "March", "--closes", LATER)
    number = str(json.loads(quick(*options, "list", "--json").stdout)[0]["id"])

    done = quick(*options, "add", number, READY, "001002", "003001")

    assert done.returncode == 0
    assert "3 people registered." in done.stdout
    told = " ".join(done.stderr.split())
    assert "2 of them may not sit the exam yet" in told
    assert "001002: Finish all lessons of the course first." in told
    assert "003001: Finish your remedial training first" in told
    assert READY not in told


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
    attempts = json.loads(hr("attempt", "open", "--json"))["candidates"]
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


def test_a_hall_is_conducted_by_commands(company: Path, quick: Run, tmp_path: Path) -> None:
    def hr(*words: str, code: int = 0) -> str:
        done = quick("--home", company, "--lang", "en", "--as", HR, *words)
        assert done.returncode == code, done.stderr
        return done.stdout

    soon = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=2)
    new = ("cohort", "new", EXAM, "--title", "March", "--closes", f"{soon:%Y-%m-%d %H:%M}")
    hr(*new, "--place", "Room 302", "--admission")
    number = str(json.loads(hr("cohort", "list", "--json"))[0]["id"])
    hr("cohort", "add", number, READY, "001002")
    table = tmp_path / "seats.csv"
    table.write_text(f"staff_no,seat\n{READY},C-03\n", encoding="utf-8")
    hr("cohort", "seats", number, str(table))
    assert "A-01" in hr("cohort", "seats", number, "--free")
    found = json.loads(hr("cohort", "codes", number, "--json"))
    assert {one["staff_no"]: one["seat"] for one in found} == {READY: "C-03", "001002": "A-01"}
    shown = hr("cohort", "codes", number, "--staff", READY)
    assert "C-03" in shown
    assert found[0]["code"] not in shown, "the older one is void"
    assert "Room 302" in hr("cohort", "show", number)
    assert hr("cohort", "board", number).count("waits for admission") == 2

    child, seen = terminal(company)
    child.expect_exact("q: leave. ")
    assert "Please wait for the invigilator" in seen.getvalue()
    assert "Room 302 · Seat C-03" in seen.getvalue()
    hr("cohort", "announce", number, "We begin at ten")
    child.sendline("")
    child.expect_exact("q: leave. ")
    assert "We begin at ten" in (child.before or "")
    hr("cohort", "admit", number, READY)
    child.sendline("")
    child.expect_exact("q: leave. ")
    assert "Press Enter to begin" in seen.getvalue()
    assert "Item 1 of 40" in say(child, "")
    board = json.loads(hr("cohort", "board", number, "--json"))
    (one,) = [who for who in board["candidates"] if who["state"] == "sitting"]
    attempt = str(one["attempt_id"])
    table.write_text(f"staff_no,seat\n{READY},D-04\n", encoding="utf-8")
    refused = quick(
        "--home", company, "--lang", "en", "--as", HR, "cohort", "seats", number, str(table)
    )
    assert refused.returncode == 1
    assert f"{table}:2: {READY} sits the exam at C-03 now" in refused.stderr
    assert f"certify attempt move {attempt}" in " ".join(refused.stderr.split())

    hr("attempt", "pause", attempt, "--reason", "alarm")
    hr("attempt", "pause", attempt, "--reason", "alarm", code=1)
    hr("cohort", "announce", number, "Back in ten minutes")
    child.sendline("1")
    child.expect_exact("q: leave. ")
    assert "Back in ten minutes" in seen.getvalue()
    assert "has stopped this exam" in seen.getvalue()
    assert "paused" in hr("attempt", "open")
    hr("attempt", "go-on", attempt, "--reason", "over")
    told = say(child, "")
    assert "The exam goes on" in told
    assert "Item 1 of 40" in told
    assert "Saved" in say(child, "1")
    assert "Back in ten minutes" in say(child, "m")
    assert "1 person got 5 min." in hr("cohort", "give-time", number, "5", "--reason", "noise")
    assert "You were given time" in say(child, "t")

    hr("attempt", "end", attempt, "--reason", "copied")
    child.sendline("2")
    child.expect(pexpect.EOF)
    assert "The invigilator ended this exam" in seen.getvalue()
    assert "The invigilator ended it before its time" in seen.getvalue()
    assert "copied" not in seen.getvalue()
    hr("cohort", "change", number, "--no-admission", "--place", "Room 1")
    changed = json.loads(hr("cohort", "show", number, "--json"))
    assert (changed["place"], changed["needs_admission"]) == ("Room 1", False)


def test_a_sitting_by_lines_that_is_moved_says_where_to(company: Path, quick: Run) -> None:
    child, seen = terminal(company)
    child.expect_exact("q: leave.")
    say(child, "")
    say(child, "1")
    opened = quick("--home", company, "--lang", "en", "--as", HR, "attempt", "open", "--json")
    found = json.loads(opened.stdout)["candidates"]
    (attempt,) = [str(one["attempt_id"]) for one in found if one["staff_no"] == READY]
    move = ("attempt", "move", attempt, "B-07", "--reason", "screen broken")
    assert quick("--home", company, "--as", HR, *move).returncode == 0

    child.sendline("2")
    child.expect(pexpect.EOF)

    assert "moved you to seat B-07" in seen.getvalue()
    assert "screen broken" not in seen.getvalue()

"""Practice by lines of text, and readiness as figures."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COURSE = "onboarding-service-foundations"


@pytest.fixture
def practise(quick: Run, company: Path) -> Run:
    def run_it(*args: str, stdin: str = "") -> object:
        return quick(
            "--home", company, "--lang", "en", "--as", "001001", "practice", *args, stdin=stdin
        )

    return run_it  # type: ignore[return-value]


def test_a_round_says_at_once_what_is_right_and_why_and_ends_with_readiness(
    practise: Run,
) -> None:
    done = practise(COURSE, "--topic", "ten-rules", stdin="?\n?\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Not known yet") == 2
    assert done.stdout.count("Right answer:") == 2
    assert done.stdout.count("Why:") == 2
    assert "0 of 2 items right" in done.stdout
    assert "too little practice to say" in done.stdout


def test_an_answer_typed_wrongly_is_asked_again_and_leaving_keeps_what_was_answered(
    practise: Run,
) -> None:
    done = practise(COURSE, "--topic", "six-3-execute", stdin="zzz\n?\nq\n")

    assert done.returncode == 0
    assert "What you answered is kept." in done.stdout
    told = json.loads(practise("readiness", COURSE, "--json").stdout)
    (topic,) = [one for one in told["topics"] if one["code"] == "six-3-execute"]
    assert topic["practised"] == 1


def test_readiness_is_an_estimate_with_its_interval_for_programs_and_people(
    practise: Run,
) -> None:
    told = json.loads(practise("readiness", COURSE, "--json").stdout)
    shown = practise("readiness", COURSE).stdout

    (exam,) = told["exams"]
    assert exam["exam"] == "foundations-written"
    assert 0 <= exam["low"] <= exam["estimate"] <= exam["high"] <= 100
    assert exam["outlook"] == "too-little-practice"
    assert "too little practice to say" in shown
    assert "Ten service rules" in shown


def test_a_round_needs_a_person_and_a_course_that_exists(
    practise: Run, quick: Run, company: Path
) -> None:
    assert practise("nothing").returncode == 1
    assert practise(COURSE, "--topic", "nothing").returncode == 1
    assert quick("--home", company, "practice", COURSE).returncode == 2
    assert practise("--help").returncode == 0

"""`certify exam prove`: a table for people, JSON for programs, exit code 1 when it cannot open."""

import json
from pathlib import Path

import pytest
from wcwidth import wcswidth

from certify.paths import Home
from certify.platform import open_platform
from certify.settings import Settings
from certify.storage import courses
from tests.cli.conftest import Run

EXAM = "complaint-handling-written"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_two_way_table_aligns_and_nothing_is_wider_than_a_terminal(
    made_company: Path, quick: Run, lang: str
) -> None:
    result = quick("--lang", lang, "--home", made_company, "exam", "prove", EXAM, "--forms", "20")

    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert max(map(wcswidth, lines)) <= 80
    rows = [line for line in lines if "/" in line and line[-1].isdigit()]
    assert len(rows) == 7  # six topics and the total
    assert len({wcswidth(line[: line.index("/")].rsplit(" ", 1)[0]) for line in rows}) == 1
    assert "✓" in result.stdout


def test_programs_get_every_figure_exactly(made_company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", made_company)

    result = quick(*home, "exam", "prove", EXAM, "--forms", "20", "--json")

    data = json.loads(result.stdout)
    assert (data["exam"], data["may_open"], data["forms"]) == (EXAM, True, 20)
    assert sum(cell["count"] for cell in data["cells"]) == data["items"] == 24
    exact = data["comparison"]["overlap"]
    assert exact["is_exact"]
    numerator, denominator = map(int, exact["mean"].split("/"))
    assert 0 < numerator < denominator
    assert [one["number"] for one in data["comparison"]["retakes"]] == [2, 3]
    assert len(data["comparison"]["exposures"]) == data["bank"]


def test_the_same_bank_gives_the_same_proof(made_company: Path, quick: Run) -> None:
    command = ("--home", made_company, "exam", "prove", EXAM, "--forms", "20", "--json")

    assert quick(*command).stdout == quick(*command).stdout


def test_an_exam_that_cannot_open_names_the_cell_and_fails(company: Path, quick: Run) -> None:
    platform = open_platform(Settings(home=Home(company), lang="en"))
    with platform.database.write() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        exam.blueprint = [exam.blueprint[0] | {"count": 77}, *exam.blueprint[1:]]
    platform.close()

    result = quick("--lang", "en", "--home", company, "exam", "prove", EXAM)
    data = quick("--lang", "en", "--home", company, "exam", "prove", EXAM, "--json")

    assert (result.returncode, data.returncode) == (1, 1)
    assert "“Complaint procedure · Single choice”: 77 wanted" in result.stdout
    assert "✗ 77/" in result.stdout
    assert json.loads(data.stdout)["comparison"] is None


def test_who_may_not_see_the_bank_is_refused(made_company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", made_company, "--as", "001001", "exam", "prove", EXAM)

    assert result.returncode == 1
    assert "You may not see the item bank." in result.stderr
    assert "/" not in result.stdout


@pytest.mark.parametrize("forms", ["1", "2001", "many"])
def test_forms_out_of_range_are_bad_usage(made_company: Path, quick: Run, forms: str) -> None:
    result = quick("--home", made_company, "exam", "prove", EXAM, "--forms", forms)

    assert result.returncode == 2
    assert "--forms" in result.stderr


def test_an_unknown_exam_is_named(made_company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", made_company, "exam", "prove", "nothing")

    assert result.returncode != 0
    assert "nothing" in result.stderr

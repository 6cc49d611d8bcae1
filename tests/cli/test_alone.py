"""Commands that write into one room work in a process that has imported no other."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_serious_problem_is_reported_by_a_process_of_its_own(company: Path, run: Run) -> None:
    report = ("serious-problem", "report", "001012", "--day", "2026-01-05", "--what", "争吵")

    done = run("--home", company, "--lang", "en", "--as", "001009", *report)

    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert "certify.log" not in done.stderr

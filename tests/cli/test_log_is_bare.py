"""The log holds what went wrong, and nobody's data (R-FRM-05)."""

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from certify.cli import failure
from certify.domain.person import Person
from certify.paths import Home
from certify.platform import Platform
from tests.cli.conftest import Run

CANARY = "张金丝雀CANARY"


def test_working_and_failing_commands_leave_no_person_in_the_log(company: Path, run: Run) -> None:
    at = ("--home", company)
    person = ("--department", "CS", "--post", "agent", "--hired-on", "2026-01-05")
    assert run(*at, "person", "add", "CANARY-1", "--name", CANARY, *person).returncode == 0
    assert run(*at, "person", "add", "CANARY-1", "--name", CANARY, *person).returncode == 1
    assert run(*at, "person", "list", "--search", CANARY).returncode == 0
    assert run(*at, "person", "extract", "CANARY-1", "--out", company / "x.zip").returncode == 0
    assert run(*at, "--as", "CANARY-1", "person", "list").returncode == 1
    assert run(*at, "--as", "CANARY-9", "person", "list").returncode == 1
    assert run(*at, "person", "erase", "CANARY-1").returncode == 1
    assert run(*at, "exam", "take", CANARY).returncode != 0
    log = Home(company).log
    assert "CANARY" not in (log.read_text(encoding="utf-8") if log.exists() else "")


def test_a_fault_in_the_middle_of_a_write_is_logged_without_what_was_written(
    platform: Platform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    try:
        with platform.database.write() as session:
            session.execute(insert(Person).values(staff_no="E1001", name=CANARY, hired_on=None))
    except DBAPIError:
        failure.crashed(home)
    said = home.log.read_text(encoding="utf-8")
    assert "IntegrityError" in said
    assert CANARY not in said
    assert CANARY not in capsys.readouterr().err

"""Whatever is broken around certify is named, with a way to mend it, and the rest works."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A place where nothing can be written, even by root."""
    if os.geteuid() == 0:
        return Path("/proc/certify")
    tmp_path.chmod(0o555)
    return tmp_path / "home"


@pytest.fixture
def bad_plugin(tmp_path: Path) -> str:
    """A folder for the Python path in which an installed plugin raises when it is imported."""
    (tmp_path / "certify_bad.py").write_text("raise RuntimeError('no licence')\n")
    info = tmp_path / "certify_bad-0.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: certify-bad\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text("[certify]\nbad = certify_bad\n")
    return str(tmp_path)


def test_a_database_of_a_newer_certify_is_refused_and_left_alone(company: Path, quick: Run) -> None:
    with sqlite3.connect(company / "certify.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    for command in (("course", "list"), ("db", "check"), ("db", "upgrade")):
        result = quick("--lang", "en", "--home", company, *command)

        assert result.returncode == 2
        assert "newer certify" in result.stderr
        assert "Traceback" not in result.stderr
    with sqlite3.connect(company / "certify.db") as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [("9999",)]
    connection.close()


def test_a_home_that_cannot_be_written_is_named(nowhere: Path, quick: Run) -> None:
    result = quick("--lang", "en", "demo", "--home", nowhere, "--seed-only")

    assert result.returncode == 2
    assert str(nowhere) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_on_a_home_that_can_never_be_does_not_say_to_found_one_there(
    nowhere: Path, tmp_path: Path, quick: Run
) -> None:
    file = tmp_path / "file"
    if os.geteuid() == 0:
        file.touch()
    else:
        file = Path("/etc/passwd")

    for home, words in (
        (file, "This is a file, not a folder."),
        (file / "home", "This is a file, not a folder."),
        (nowhere, "This folder does not exist"),
    ):
        for command in (("course", "list"), ("db", "check"), ("demo", "--seed-only")):
            result = quick("--lang", "en", "--home", home, *command)

            assert result.returncode == 2
            assert words in result.stderr
            assert "--home" in result.stderr
            assert "once" not in result.stderr


def test_a_file_that_is_no_database_is_named(company: Path, quick: Run) -> None:
    for path in company.glob("certify.db*"):
        path.unlink()
    (company / "certify.db").write_bytes(b"this is no database, only text " * 100)

    for command in (("course", "list"), ("db", "check"), ("db", "upgrade")):
        result = quick("--lang", "en", "--home", company, *command)

        assert result.returncode in (1, 2)
        assert "not a database" in result.stderr
        assert "Traceback" not in result.stderr


def test_a_plugin_that_raises_is_named_and_the_rest_works(
    company: Path, run: Run, bad_plugin: str
) -> None:
    result = run("--lang", "en", "--home", company, "course", "list", PYTHONPATH=bad_plugin)
    listed = run("plugin", "list", "--json", PYTHONPATH=bad_plugin)

    assert result.returncode == 0
    assert "Plugin bad is disabled: RuntimeError: no licence" in result.stderr
    assert "onboarding-service-foundations" in result.stdout
    by_name = {status["name"]: status for status in json.loads(listed.stdout)}
    assert by_name["bad"]["problem"] == "RuntimeError: no licence"
    assert by_name["bad"]["version"] == "0.3"
    assert by_name["choice"]["problem"] == ""


def test_without_its_plugin_an_exam_is_refused_and_says_why(company: Path, run: Run) -> None:
    result = run(
        *("--lang", "en", "--home", company, "--as", "001001"),
        *("exam", "take", "foundations-written", "--plain"),
        stdin="\n",
        CERTIFY_PLUGINS="standard-courses",
    )

    assert result.returncode == 1
    assert "question type" in result.stderr
    assert "not installed" in result.stderr


def test_without_its_plugin_a_format_is_not_offered(company: Path, run: Run) -> None:
    result = run(
        *("--lang", "en", "--home", company, "export", "qualification-list", "--format", "csv"),
        CERTIFY_PLUGINS="choice",
    )

    assert result.returncode == 2
    assert "There is no export format" in result.stderr
    assert result.stdout == ""


def test_a_broken_settings_file_is_named_but_help_still_helps(tmp_path: Path, quick: Run) -> None:
    (tmp_path / "settings.toml").write_text("lang = 'klingon'\n")

    result = quick("--home", tmp_path, "course", "list")
    help_ = quick("--home", tmp_path, "--lang", "en", "--help")

    assert result.returncode == 2
    assert str(tmp_path / "settings.toml") in result.stderr
    assert help_.returncode == 0
    assert "Usage:" in help_.stdout


def test_a_fault_of_the_program_is_loud_and_stands_in_the_log(
    company: Path, run: Run, tmp_path: Path
) -> None:
    bug = tmp_path / "bug"
    bug.mkdir()
    (bug / "sitecustomize.py").write_text(
        "import certify.services.learning as m\n"
        "def course_views(*a, **k): raise ZeroDivisionError('planted')\n"
        "m.course_views = course_views\n"
    )

    result = run("--lang", "en", "--home", company, "course", "list", PYTHONPATH=str(bug))

    assert result.returncode == 70
    assert "ZeroDivisionError: planted" in result.stderr
    assert str(company / "certify.log") in result.stderr
    assert "planted" in (company / "certify.log").read_text(encoding="utf-8")

"""0 done, 1 refused by a rule, 2 bad usage or input, 130 interrupted; errors go to stderr."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import Run, environment

USAGE = (
    ("nonsense",),
    ("course", "nonsense"),
    ("course", "list", "--nonsense"),
    ("course", "check"),
    ("course", "assign", "x", "--to", "1", "--due", "tomorrow"),
    ("--lang", "fr"),
    ("attempt", "show", "x"),
    ("attempt", "show", "99999999999999999999"),
    ("export", "nonsense", "--format", "csv"),
)


@pytest.mark.parametrize("args", USAGE, ids=" ".join)
def test_bad_usage_ends_with_2_and_shows_the_usage(quick: Run, args: tuple[str, ...]) -> None:
    result = quick("--lang", "en", *args) if "--lang" not in args else quick(*args)

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") >= 3


def test_a_misspelt_command_is_guessed(run: Run) -> None:
    assert "'course'" in run("--lang", "en", "cource").stderr


def test_a_rule_that_says_no_ends_with_1(made_company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", made_company)
    for command in (
        ("--as", "001001", "person", "list"),
        ("--as", "001001", "qualification", "list"),
        ("--as", "001001", "export", "qualification-list", "--format", "csv"),
        ("--as", "001001", "qualification", "check", "001013", "L1"),
        ("--as", "001001", "ledger", "verify"),
        ("--as", "001001", "course", "sync"),
        ("--as", "424242", "course", "list"),
        ("qualification", "check", "001001", "L9"),
        ("course", "assign", "nothing", "--to", "001001"),
    ):
        result = quick(*home, *command)

        assert result.returncode == 1, (command, result.stderr)
        assert result.stderr.strip()
        assert result.stdout == ""
        assert "Traceback" not in result.stderr


def test_a_home_without_a_company_says_what_to_do_and_is_not_made(
    tmp_path: Path, quick: Run
) -> None:
    home = tmp_path / "home"

    result = quick("--lang", "en", "--home", home, "course", "list")

    assert result.returncode == 1
    assert "certify demo" in result.stderr
    assert not home.exists()


def test_without_a_terminal_certify_shows_its_help_and_ends_with_2(run: Run) -> None:
    result = run("--lang", "en")

    assert result.returncode == 2
    assert "Commands:" in result.stderr


def test_a_dumb_terminal_is_told_about_line_mode(tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "certify", "--lang", "en", "--home", f"{tmp_path}/my shop"],
        env=environment(TERM="dumb"),
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 400),
    )
    command = f"certify --home '{tmp_path}/my shop' --lang en --as STAFF_NO exam take EXAM --plain"
    child.expect_exact(command)
    child.expect(pexpect.EOF)
    child.wait()

    assert child.exitstatus == 2


def test_without_plain_the_command_that_works_is_named(tmp_path: Path, quick: Run) -> None:
    options = ("--home", tmp_path / "it's", "--lang", "en")

    someone = quick(*options, "--as", "001001", "exam", "take", "foundations-written")
    nobody = quick(*options, "exam", "take", "foundations-written")

    for result, who in ((someone, "001001"), (nobody, "STAFF_NO")):
        assert result.returncode == 2
        [command] = re.findall(r"“certify (.*)”", result.stderr)
        home, rest = str(tmp_path / "it's"), ["exam", "take", "foundations-written", "--plain"]
        assert shlex.split(command) == ["--home", home, "--lang", "en", "--as", who, *rest]


def test_ctrl_c_ends_quietly_with_130(company: Path) -> None:
    args = f"--lang en --home {company} --as 001001 exam take foundations-written --plain"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "certify", *args.split()],
        env=environment(TERM="dumb"),
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("q: leave.")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.wait()

    assert child.exitstatus == 130
    assert "Traceback" not in (child.before or "")


def test_a_reader_that_stops_reading_is_no_error(made_company: Path) -> None:
    command = f"{sys.executable} -m certify --home {made_company} person list --json | head -n 1"

    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(), timeout=30
    )

    assert result.stdout == "[\n"
    assert result.stderr == ""


def test_nothing_heavy_is_imported_before_a_command_needs_it() -> None:
    program = (
        "import sys; from certify.cli.main import run; run(['--version']);"
        "print(sorted({'sqlmodel', 'sqlalchemy', 'pydantic', 'textual', 'alembic', 'wcwidth',"
        " 'uniseg'} & set(sys.modules)))"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment()
    )

    assert result.stdout.splitlines()[-1] == "[]", result.stdout

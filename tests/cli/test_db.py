"""`certify db` as an administrator uses it, on a copy of the ready-made company."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ADMINISTRATOR, LEARNER = "000001", "001001"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company."""

    def run_it(*args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", *args)

    return run_it  # type: ignore[return-value]


def test_a_backup_is_made_rehearsed_and_restored(say: Run, company: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    made = say("db", "backup", file)
    assert made.returncode == 0, made.stderr
    [digest] = re.findall(r"SHA-256 ([0-9a-f]{64})", made.stdout)
    [sequence] = re.findall(r"ledger entry (\d+)", made.stdout)
    assert "keys are not in it" in made.stdout
    assert say("db", "backup", file).returncode == 1
    assert say("--as", ADMINISTRATOR, "db", "backup", file, "--replace").returncode == 0
    assert say("--as", LEARNER, "db", "backup", tmp_path / "two").returncode == 1

    rehearsed = say("db", "rehearse")
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "the ledger ends at the same entry" in rehearsed.stdout

    assert say("db", "restore", file).returncode == 1
    assert say("--as", LEARNER, "db", "restore", file, "--replace").returncode == 1
    restored = say("db", "restore", file, "--replace")
    assert restored.returncode == 0, restored.stderr
    assert "What stood there is kept" in restored.stdout
    assert list(company.glob("certify.db.before-*"))
    assert say("ledger", "verify").returncode == 0
    assert say("db", "check", "--deep").returncode == 0
    assert digest
    assert int(sequence) > 100


def test_a_backup_with_keys_says_what_that_means(say: Run, company: Path, tmp_path: Path) -> None:
    (company / "keys").mkdir()
    (company / "keys" / f"z6Mk{'A' * 44}.pem").write_text("secret")
    made = say("db", "backup", tmp_path / "one", "--with-keys")
    assert "It holds 1 private key." in made.stdout
    assert "can sign certificates" in made.stdout


def test_a_spoilt_file_is_refused_by_name(say: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    assert say("db", "backup", file).returncode == 0
    content = file.read_bytes()
    for spoilt in (b"", content[:-1], content[:1000], content[:500] + b"x" + content[501:]):
        file.write_bytes(spoilt)
        result = say("db", "restore", file, "--replace")
        assert result.returncode == 2
        assert str(file) in result.stderr
        assert "Traceback" not in result.stderr
    assert say("db", "restore", tmp_path / "nothing").returncode == 2


def test_a_damaged_database_fails_its_check_and_its_rehearsal(say: Run, company: Path) -> None:
    with sqlite3.connect(company / "certify.db") as connection:
        connection.execute("DROP INDEX one_open_attempt")
    connection.close()
    checked = say("db", "check")
    assert checked.returncode == 1
    assert "one_open_attempt" in checked.stderr
    rehearsed = say("db", "rehearse")
    assert rehearsed.returncode == 1
    assert "one_open_attempt" in rehearsed.stderr
    assert not list(company.glob(".certify*"))


def test_a_backup_fills_an_empty_home(say: Run, quick: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    assert say("db", "backup", file).returncode == 0
    home = tmp_path / "new-home"
    result = quick("--home", home, "--lang", "en", "db", "restore", file)
    assert result.returncode == 0, result.stderr
    assert quick("--home", home, "--lang", "en", "person", "list").returncode == 0
    assert quick("--home", tmp_path / "no", "db", "backup", tmp_path / "x").returncode == 2

"""`certify ledger` by command: list, verify, checkpoint, rights."""

import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run
from tests.tampering import free


def test_a_checkpoint_is_written_checked_and_finds_a_forged_end(
    company: Path, quick: Run, tmp_path: Path
) -> None:
    home, file = ("--lang", "en", "--home", company, "ledger"), tmp_path / "c.json"
    written = quick(*home, "checkpoint", "--out", file)
    held = quick(*home, "verify", "--checkpoint", file)
    key = json.loads(file.read_text(encoding="utf-8"))["key"]
    checked = quick("--lang", "en", "ledger", "check", file, "--key", key)
    other = quick("--lang", "en", "ledger", "check", file, "--key", key[:-1] + "x")
    with sqlite3.connect(company / "certify.db") as connection:
        free(connection)
        connection.execute("DELETE FROM ledgerentry WHERE sequence > 9")
        connection.execute(
            "UPDATE ledgerhead SET sequence = 9, "
            "hash = (SELECT hash FROM ledgerentry WHERE sequence = 9)"
        )
    connection.close()
    forged = quick(*home, "verify", "--checkpoint", file, "--json")

    assert [one.returncode for one in (written, held, checked, other)] == [0, 0, 0, 1], held.stderr
    assert "The ledger holds" in held.stdout
    assert forged.returncode == 1
    found = json.loads(forged.stdout)
    assert found["first_false"] is None
    assert {one["kind"] for one in found["found"]} >= {"checkpoint", "untold", "guard"}


def test_entries_are_listed_as_words_and_as_json(company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", company, "ledger", "list")
    said = quick(*home, "--person", "001013", "--most", "5")
    raw = quick(*home, "--action", "person-added", "--most", "3", "--json")

    assert said.returncode == 0, said.stderr
    assert "001013" in said.stdout
    assert {one["action"] for one in json.loads(raw.stdout)} <= {"person-added"}


def test_rights_are_printed_for_the_owner_to_run(quick: Run) -> None:
    result = quick("--lang", "en", "ledger", "rights", 'app"x')

    assert result.returncode == 0, result.stderr
    assert 'TO "app""x";' in result.stdout
    assert "UPDATE, DELETE" in result.stdout

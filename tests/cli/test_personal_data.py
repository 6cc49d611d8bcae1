"""`certify person extract`, `erase` and `retention` as HR uses them."""

import json
import sqlite3
from pathlib import Path
from zipfile import ZipFile

from certify.i18n import _
from tests.cli.conftest import Run


def test_a_leaver_is_looked_at_proposed_confirmed_and_gone(company: Path, quick: Run) -> None:
    at = ("--lang", "en", "--home", company)
    person = ("--department", "CS", "--post", "agent", "--hired-on", "2026-01-05")
    assert quick(*at, "person", "add", "CAN-77", "--name", "金丝雀", *person).returncode == 0
    shown = quick(*at, "person", "erase", "CAN-77")
    assert shown.returncode == 1
    assert "! works here" in shown.stdout
    with (company / "policy.toml").open("a") as rules:
        rules.write("\n[retention]\nyears = 0\n")
    assert quick(*at, "person", "change", "CAN-77", "--status", "left").returncode == 0
    due = json.loads(quick(*at, "person", "retention", "--due", "--json").stdout)
    assert [(one["staff_no"], one["blockers"]) for one in due] == [("CAN-77", [])]

    dry = quick(*at, "person", "erase", "CAN-77")
    assert dry.returncode == 0
    assert "Nothing was changed." in dry.stdout
    why = ("--reason", "time is over", "--apply")
    made = quick(*at, "--as", "000002", "person", "erase", "CAN-77", *why)
    assert made.returncode == 0, made.stderr
    number = made.stdout.split()[-1]
    own = quick(*at, "--as", "000002", "proposal", "confirm", number)
    assert own.returncode == 1
    assert quick(*at, "--as", "000003", "proposal", "confirm", number).returncode == 0
    assert "CAN-77" not in quick(*at, "person", "list").stdout
    assert quick(*at, "ledger", "verify").returncode == 0
    # Somebody of the ready-made company sits an exam: the file is not rewritten under them.
    again = ("--as", "000002", "person", "erase", "--again")
    waits = quick(*at, *again)
    assert (waits.returncode, "An exam is in progress" in waits.stdout) == (1, True)
    with sqlite3.connect(company / "certify.db") as connection:
        connection.execute(
            "UPDATE attempt SET deadline = '2026-01-01 00:00:00', paused_at = NULL "
            "WHERE state = 'open'"
        )
    connection.close()
    assert quick(*at, "--as", "000002", "qualification", "list").returncode == 0  # closes it
    done = quick(*at, *again)
    assert (done.returncode, done.stdout) == (0, "0 removed again, 1 known as removed\n")
    for file in company.glob("certify.db*"):
        assert "金丝雀".encode() not in file.read_bytes()


def test_everybody_takes_their_own_extract(company: Path, quick: Run) -> None:
    at = ("--lang", "en", "--home", company)
    file = company / "mine.zip"
    mine = quick(*at, "--as", "001008", "person", "extract", "--out", file)
    assert mine.returncode == 0, mine.stderr
    with ZipFile(file) as archive:
        data = json.loads(archive.read("personal-data.json"))
    assert data["tables"]["person"]["rows"][0]["staff_no"] == "001008"
    assert data["tables"]["rating"]["rows"] == []
    assert quick(*at, "--as", "001008", "person", "extract", "001020").returncode == 1
    assert quick(*at, "person", "extract", "--out", file).returncode == 1


def test_erase_wants_somebody_or_again(company: Path, quick: Run) -> None:
    at = ("--home", company)
    for words in ((), ("001008", "--again")):
        refused = quick(*at, "person", "erase", *words)
        assert refused.returncode == 2
        assert _("Either a staff number or --again is needed.") in refused.stderr

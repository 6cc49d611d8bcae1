"""`certify certificate verify`, `publish` and `key` as somebody at a terminal finds them (G19)."""

import json
import sqlite3
from pathlib import Path

import pytest

from certify.domain.verdict import FINDING_NAMES, Finding
from certify.i18n import _
from tests.cli.conftest import Run
from tests.services.credential_steps import FACTS, Company, png_with


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A certificate in three forms, and what its issuer published."""
    company = Company()
    company.publish(tmp_path)
    (tmp_path / "badge.json").write_text(company.document(), encoding="utf-8")
    (tmp_path / "badge.png").write_bytes(png_with(company.document().encode()))
    return tmp_path


def test_no_home_is_needed_and_the_verdict_is_the_last_line(run: Run, files: Path) -> None:
    done = run(
        *("--lang", "zh", "--home", files / "none", "certificate", "verify", files / "badge.json"),
        *("--issuer", files / "issuer.json", "--status", files / "status"),
    )

    assert done.returncode == 1
    assert done.stderr == ""
    assert "100.00" in done.stdout
    assert "示例公司" in done.stdout
    assert done.stdout.splitlines()[-1] == f"✗ {_(FINDING_NAMES[Finding.EXPIRED])}"
    assert not (files / "none").exists()


@pytest.mark.parametrize("name", ["badge.json", "badge.png"])
def test_as_json_every_fact_is_there(quick: Run, files: Path, name: str) -> None:
    done = quick("certificate", "verify", files / name, "--issuer", files / "issuer.json", "--json")

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["verdict"] == "expired"
    assert told["findings"] == ["expired", "status-unknown"]
    assert told["facts"]["mark"] == FACTS["mark"]
    assert told["issuer"] == "示例公司"


def test_without_a_key_list_it_says_so(quick: Run, files: Path) -> None:
    done = quick("--lang", "en", "certificate", "verify", files / "badge.json")

    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "✗ Nobody vouches for the issuer."
    assert "--issuer issuer.json" in done.stdout


def test_a_changed_file_shows_no_facts(quick: Run, files: Path) -> None:
    text = (files / "badge.json").read_text("utf-8").replace('"100.00"', '"100.01"')
    (files / "badge.json").write_text(text, encoding="utf-8")

    done = quick("certificate", "verify", files / "badge.json", "--issuer", files / "issuer.json")

    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"✗ {_(FINDING_NAMES[Finding.ALTERED])}"]


def test_what_a_stranger_wrote_never_reaches_the_terminal_as_a_command(
    quick: Run, files: Path
) -> None:
    for place, text in enumerate(
        [
            '{"@context":["\x1b]0;title\x07"],"proof":{"cryptosuite":"\x1b[31m"}}',
            '{"@context":["\\u001b]0;x\\u0007"],"proof":{"cryptosuite":"\\u009b31m\\u202e"}}',
            '{"proof":{"type":"x","cryptosuite":"' + "y" * 5000 + '"}}',
            '{"a\\u001b":1}',
        ]
    ):
        file = files / f"evil{place}.json"
        file.write_text(text, encoding="utf-8")
        for more in ((), ("--json",)):
            done = quick("certificate", "verify", file, *more)
            assert done.returncode == 1
            assert len(done.stdout) < 1000
            assert not [c for c in done.stdout if c in "\x1b\x07\x9b\u202e"]


def test_a_file_that_is_not_there_is_named(quick: Run, files: Path) -> None:
    done = quick("certificate", "verify", files / "none.json")
    wrong = quick("certificate", "verify", files / "badge.json", "--issuer", files / "badge.json")

    assert (done.returncode, wrong.returncode) == (2, 2)
    assert str(files / "none.json") in done.stderr


def test_a_company_publishes_and_a_stranger_checks(
    quick: Run, company: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(company / "certify.db") as database:
        query = "SELECT number FROM certificate JOIN qualification q ON q.id = qualification_id "
        number = database.execute(query + "ORDER BY q.valid_to DESC").fetchone()[0]
    file = tmp_path / "badge.json"
    for words in (
        ("certificate", "export", number, "--format", "json", "--out", file),
        ("certificate", "publish", tmp_path / "web"),
    ):
        done = quick("--home", company, *words)
        assert done.returncode == 0, done.stderr
    check = (
        *("certificate", "verify", file, "--issuer", tmp_path / "web" / "issuer.json"),
        *("--status", tmp_path / "web"),
    )
    done = quick("--lang", "en", *check)
    assert done.stdout.splitlines()[-1] == "✓ Valid."
    assert done.returncode == 0
    assert quick("--home", company, "certificate", "verify", file, "--here").returncode == 0

    rotated = quick("--home", company, "certificate", "key", "rotate", "--reason", "每年更换")
    assert rotated.returncode == 0
    listed = quick("--home", company, "certificate", "key", "list", "--json")
    assert [one["retired_at"] is None for one in json.loads(listed.stdout)] == [True, False]
    assert quick("--home", company, "certificate", "publish", tmp_path / "web").returncode == 0
    assert quick(*check).returncode == 0

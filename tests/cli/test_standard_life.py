"""A new text of a standard by commands: draft, review, trial, approval, delta training."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.standard_rows import row

DRAFTER, REVIEWER, TOP = "000004", "002004", "000001"
"""A trainer, another one, and the general manager of the ready-made company."""
TEXT = '{ zh = "12 小时内给出解决方案。", en = "A solution within 12 hours." }'


@pytest.fixture
def new_text(tmp_path: Path) -> Path:
    path = tmp_path / "new.toml"
    path.write_text(
        "format = 1\n" + row("QL-001", day="2099-01-01", requirement=TEXT), encoding="utf-8"
    )
    return path


def test_a_text_goes_from_a_file_to_its_approval(quick: Run, company: Path, new_text: Path) -> None:
    def run(who: str, *words: str | Path):  # type: ignore[no-untyped-def]
        return quick("--home", company, "--lang", "en", "--as", who, "standard", *words)

    drafted = run(DRAFTER, "draft", new_text, "--why", "faster", "--confidential")
    assert drafted.returncode == 0
    number = drafted.stdout.split()[3]
    assert drafted.stdout == f"QL-001 is draft {number} now.\n"
    assert run(DRAFTER, "draft", new_text, "--why", "again").returncode == 1
    changed = run(
        DRAFTER, "draft", new_text, "--why", "faster", "--confidential", "--change", number
    )
    assert changed.returncode == 0
    assert run(DRAFTER, "submit", number).returncode == 0
    assert run(TOP, "approve", number).returncode == 1
    for side in ("sales", "technology", "customer-service", "quality"):
        said = run(REVIEWER, "opinion", number, "--side", side, "--agree", "--text", "fine")
        assert said.returncode == 0
    assert "on trial" in run(REVIEWER, "drafts").stdout
    tried = run(REVIEWER, "pilot", number, "--scene", "night", "--works", "--feedback", "it works")
    assert tried.returncode == 0
    shown = run(REVIEWER, "draft-show", number).stdout
    assert "Top management approves it." in shown
    assert "CONFIDENTIAL" in shown
    assert run(REVIEWER, "approve", number).returncode == 1
    assert "2099-01-01, 00:00" in run(TOP, "approve", number).stdout
    assert [
        one["state"]
        for one in json.loads(run(DRAFTER, "drafts", "--all", "--json").stdout)
        if str(one["id"]) == number
    ] == ["approved"]
    record = json.loads(run(DRAFTER, "record", "QL-001", "--json").stdout)
    assert [one["state"] for one in record["lines"]] == ["effective", "approved"]
    assert record["lines"][1]["description"] == "faster"
    assert "faster" in run(DRAFTER, "record", "QL-001").stdout
    withdrawn = run(TOP, "withdraw", "QL-001", "--on", "2098-01-01", "--reason", "merged")
    assert withdrawn.returncode == 1
    assert "2099-01-01" in withdrawn.stderr


def test_reviews_delta_training_and_settling_have_their_commands(quick: Run, company: Path) -> None:
    def run(who: str, *words: str):  # type: ignore[no-untyped-def]
        return quick("--home", company, "--lang", "en", "--as", who, "standard", *words)

    assert "CS-003" in run(DRAFTER, "due").stdout
    reviewed = run(DRAFTER, "review", "CS-003", "--keep", "--remark", "still right")
    assert reviewed.returncode == 0
    overdue = json.loads(run(DRAFTER, "due", "--overdue", "--json").stdout)
    assert "CS-003" not in [one["number"] for one in overdue]
    settled = json.loads(run(DRAFTER, "settle", "--json").stdout)
    assert settled == {"assigned": 0, "passed": 0, "suspended": 0}
    assert "CS-001" in run(DRAFTER, "delta", "list").stdout
    assert run(DRAFTER, "delta", "show", "700").returncode == 1
    assert run(DRAFTER, "delta", "read", "700").returncode == 1
    passed = run(DRAFTER, "delta", "pass", "001001", "CS-003", "--session", "May")
    assert passed.returncode == 1
    unknown = run(DRAFTER, "drop", "7", "--reason", "none")
    assert (unknown.returncode, "There is no draft 7." in unknown.stderr) == (1, True)

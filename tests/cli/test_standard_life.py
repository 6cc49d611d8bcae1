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
    path.write_text("format = 1\n" + row(day="2099-01-01", requirement=TEXT), encoding="utf-8")
    return path


def test_a_text_goes_from_a_file_to_its_approval(quick: Run, company: Path, new_text: Path) -> None:
    def run(who: str, *words: str | Path):  # type: ignore[no-untyped-def]
        return quick("--home", company, "--lang", "en", "--as", who, "standard", *words)

    drafted = run(DRAFTER, "draft", new_text, "--why", "faster", "--confidential")
    assert (drafted.returncode, drafted.stdout) == (0, "CS-003 is draft 1 now.\n")
    assert run(DRAFTER, "draft", new_text, "--why", "again").returncode == 1
    changed = run(DRAFTER, "draft", new_text, "--why", "faster", "--confidential", "--change", "1")
    assert changed.returncode == 0
    assert run(DRAFTER, "submit", "1").returncode == 0
    assert run(TOP, "approve", "1").returncode == 1
    for side in ("sales", "technology", "customer-service", "quality"):
        said = run(REVIEWER, "opinion", "1", "--side", side, "--agree", "--text", "fine")
        assert said.returncode == 0
    assert "on trial" in run(REVIEWER, "drafts").stdout
    tried = run(REVIEWER, "pilot", "1", "--scene", "night", "--works", "--feedback", "it works")
    assert tried.returncode == 0
    shown = run(REVIEWER, "draft-show", "1").stdout
    assert "Top management approves it." in shown
    assert "CONFIDENTIAL" in shown
    assert run(REVIEWER, "approve", "1").returncode == 1
    assert "2099-01-01, 00:00" in run(TOP, "approve", "1").stdout
    assert json.loads(run(DRAFTER, "drafts", "--all", "--json").stdout)[0]["state"] == "approved"
    record = json.loads(run(DRAFTER, "record", "CS-003", "--json").stdout)
    assert [one["state"] for one in record["lines"]] == ["effective", "approved"]
    assert record["lines"][1]["description"] == "faster"
    assert "faster" in run(DRAFTER, "record", "CS-003").stdout
    withdrawn = run(TOP, "withdraw", "CS-003", "--on", "2098-01-01", "--reason", "merged")
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
    assert run(DRAFTER, "delta", "list").stdout == "No delta training is to be done.\n"
    assert run(DRAFTER, "delta", "show", "7").returncode == 1
    assert run(DRAFTER, "delta", "read", "7").returncode == 1
    passed = run(DRAFTER, "delta", "pass", "001001", "CS-003", "--session", "May")
    assert passed.returncode == 1
    unknown = run(DRAFTER, "drop", "7", "--reason", "none")
    assert (unknown.returncode, "There is no draft 7." in unknown.stderr) == (1, True)

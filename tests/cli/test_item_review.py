"""Items come into use by commands; standards by commands."""

import json
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import course_sync, review_bank, sign_in, sitting
from certify.settings import Settings
from tests.cli.company import EXAM
from tests.cli.conftest import Run
from tests.platforms import read_course
from tests.reviewed import COURSE, TUTORIAL, typed
from tests.standard_rows import row

AUTHOR, SECOND, THIRD = "000004", "001009", "002004"
"""Trainers of the ready-made company."""


@pytest.fixture
def own_company(company: Path) -> Path:
    """The ready-made company with a course of its own."""
    folder = company / "courses" / COURSE
    folder.mkdir(parents=True)
    for path in TUTORIAL.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(TUTORIAL)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            if path.name == "course.toml":
                text = text.replace("format = 1", f'format = 1\nauthors = ["{AUTHOR}"]', 1)
            target.write_text(text, encoding="utf-8")
    platform = _platform(company)
    course_sync.sync_courses(platform, actor=CONSOLE)
    platform.close()
    return company


def _platform(home: Path) -> Platform:
    return open_platform(Settings(home=Home(home), lang="en"))


def test_items_come_into_use_by_commands(quick: Run, own_company: Path) -> None:
    def run(who: str, *words: str, stdin: str = ""):  # type: ignore[no-untyped-def]
        return quick(
            "--home", own_company, "--lang", "en", "--as", who, "item", *words, stdin=stdin
        )

    early = run(SECOND, "approve", "PAR-001")
    assert early.returncode == 1
    assert "Nobody has answered it without seeing the key." in " ".join(early.stdout.split())

    platform = _platform(own_company)
    right = typed(platform, SECOND, "PAR-001")
    platform.close()
    answered = run(SECOND, "key", "--course", COURSE, stdin=f"{right}\n?\nq\n")
    assert answered.returncode == 0
    assert "✓ your answer agrees with its key" in answered.stdout
    assert "The handbook asks for the code" not in answered.stdout

    listed = json.loads(run(THIRD, "list", "--course", COURSE, "--json").stdout)
    assert {one["code"]: one["stage"] for one in listed}["PAR-001"] == "review"
    shown = run(THIRD, "show", "PAR-001")
    assert "Right answer:" in shown.stdout
    assert "saw the key" in shown.stdout
    assert "Right answer:" not in run(THIRD, "show", "PAR-002", "--no-key").stdout

    assert run(THIRD, "note", "PAR-002", "which card?").returncode == 0
    assert run(THIRD, "return", "PAR-002", "--why", "two cards fit").returncode == 0
    waits = run(AUTHOR, "list", "--waiting-for", "me")
    assert "PAR-002" in waits.stdout
    assert "PAR-001" not in waits.stdout
    assert "two cards fit" in run(AUTHOR, "show", "PAR-002").stdout

    approved = run(THIRD, "approve", "--course", COURSE, "--use")
    assert approved.returncode == 0
    assert "still wait for a second key or their author" in " ".join(approved.stdout.split())
    assert run(THIRD, "retire", "PAR-001", "--why", "old").returncode == 0
    assert "PAR-001" in run(THIRD, "list", "--state", "retired").stdout
    assert run(THIRD, "use", "PAR-001").returncode == 0
    assert run(THIRD, "keep", "PAR-001").returncode == 0
    assert run(THIRD, "keep").returncode == 2
    assert run(THIRD, "use", "--course", COURSE).returncode == 1
    matrix = run(THIRD, "coverage", COURSE)
    assert "✗ At the parcel counter" in matrix.stdout
    assert json.loads(run(THIRD, "coverage", COURSE, "--json").stdout)["holes"] == 2
    assert run("001001", "list").returncode == 1


def test_standards_are_listed_shown_and_imported(
    quick: Run, own_company: Path, tmp_path: Path
) -> None:
    def run(*words: str):  # type: ignore[no-untyped-def]
        return quick("--home", own_company, "--lang", "en", *words)

    assert "CS-003" in run("standard", "list").stdout
    assert "24 hours" in run("standard", "show", "CS-003").stdout
    assert "complaint record" in run("standard", "procedure", "complaint").stdout.lower()
    assert run("standard", "show", "CS-999").returncode == 1

    file = tmp_path / "new.toml"
    later = row(day="2026-01-01", requirement='{ zh = "48 小时。" }')
    file.write_text("format = 1\n" + later, encoding="utf-8")
    dry = run("standard", "import", str(file))
    assert (dry.returncode, "--apply" in dry.stdout) == (0, True)
    applied = json.loads(run("standard", "import", str(file), "--apply", "--json").stdout)
    assert applied["standards"] == {"CS-003": "changed"}
    past = run("standard", "show", "CS-003", "--as-of", "2025-12-31", "--json")
    assert json.loads(past.stdout)["effective_from"] == "2024-01-01"
    stale = run("item", "stale")
    assert "CS-003 changed from 2026-01-01 on" in " ".join(stale.stdout.split())

    file.write_text("format = 1\n" + row(requirement='{ zh = "别的" }'), encoding="utf-8")
    refused = run("standard", "import", str(file), "--apply")
    assert refused.returncode == 2
    assert f"{file}:2" in refused.stderr


def test_a_trainer_reads_no_keys_of_the_exam_they_sit(quick: Run, own_company: Path) -> None:
    platform = _platform(own_company)
    trainer = sign_in.act_as(platform, staff_no=SECOND)
    read_course(platform, trainer, "onboarding-service-foundations")
    sitting.start(platform, actor=trainer, exam=EXAM)
    code = next(
        one.code
        for one in review_bank.bank(platform, actor=trainer)
        if one.course == "onboarding-service-foundations"
    )
    platform.close()
    options = ("--home", own_company, "--lang", "en", "--as", SECOND)

    for words in (
        ("item", "show", code),
        ("item", "export", "--course", "onboarding-service-foundations", "--format", "gift"),
        ("item", "stats", EXAM),
    ):
        refused = quick(*options, *words)
        told = " ".join((refused.stdout + refused.stderr).split())
        assert refused.returncode == 1, told
        assert "You are sitting" in told
        assert "Submit the exam first" in told
    assert quick(*options, "item", "show", "PAR-001", "--no-key").returncode == 0

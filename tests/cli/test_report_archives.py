"""Dossiers as archives on the command line, in the ready-made company."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HR, TRAINER, LEARNER = "000002", "000003", "001001"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it."""

    def run_it(who: str, *args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", "--as", who, *args)

    return run_it  # type: ignore[return-value]


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as found:
        return found.namelist()


@pytest.mark.parametrize(
    ("noun", "subject", "wanted"),
    [
        ("person", "001015", {"dossier.pdf", "qualifications.md"}),
        ("session", "T-2026-003", {"dossier.md", "forms/sign-in-sheet.pdf"}),
        ("cohort", "1", {"dossier.json", "papers/001015-foundations-written-1.md"}),
    ],
)
def test_an_archive_is_written_checked_and_found_changed(
    say: Run, quick: Run, tmp_path: Path, noun: str, subject: str, wanted: set[str]
) -> None:
    code = subject
    if noun == "session":
        listed = json.loads(say(HR, "training", "session", "list", "--json").stdout)
        code = next(one["code"] for one in listed if one["code"].endswith("-003"))
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    for path in (one, two):
        done = say(HR, "report", noun, code, "--archive", path, "--purpose", "audit")
        assert done.returncode == 0, done.stderr
        assert "EXP-" in done.stdout
    assert wanted <= set(names(one))
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(two) as second:
        assert first.namelist() == second.namelist()
        differ = [name for name in first.namelist() if first.read(name) != second.read(name)]
        content = {name: first.read(name) for name in first.namelist()}
    assert differ == ["manifest.json"]

    checked = quick("--lang", "en", "report", "check-archive", one)
    assert checked.returncode == 0
    assert f"{len(content) - 1} files" in checked.stdout
    content["dossier.md"] += b"x"
    with zipfile.ZipFile(one, "w") as spoilt:
        for name, data in content.items():
            spoilt.writestr(name, data)
    checked = quick("--lang", "en", "report", "check-archive", one)
    assert checked.returncode == 1
    assert "dossier.md: was changed" in checked.stderr


def test_nobody_takes_away_what_is_not_theirs_to_see(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    for noun, subject in (("person", "001015"), ("cohort", "1"), ("session", "T-2026-003")):
        assert say(LEARNER, "report", noun, subject, "--archive", path).returncode == 1
        assert not path.exists()
    assert say(LEARNER, "report", "person", LEARNER, "--archive", path).returncode == 0
    assert say(HR, "report", "check-archive", tmp_path / "nothing").returncode == 2
    (tmp_path / "other").write_bytes(b"no zip")
    assert say(HR, "report", "check-archive", tmp_path / "other").returncode == 2

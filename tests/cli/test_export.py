"""Exports on the command line: what there is, what each takes, where it goes, what a file is."""

import csv
import io
import json
from pathlib import Path

import pytest

from certify.services.forms.registry import FORMS
from tests.cli.conftest import Run

HR, TRAINER, INSPECTOR = "000002", "000004", "002010"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it."""

    def run_it(who: str, *args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", "--as", who, *args)

    return run_it  # type: ignore[return-value]


def test_a_newcomer_sees_every_form_with_what_it_takes(quick: Run, tmp_path: Path) -> None:
    for language, words in (("en", "On-post qualification list"), ("zh", "上岗资格认证名单")):
        listed = quick("--home", tmp_path, "--lang", language, "export", "--list")
        help_ = quick("--home", tmp_path, "--lang", language, "export", "--help")
        for shown in (listed, help_):
            assert shown.returncode == 0
            assert words in shown.stdout
            assert all(form.name in shown.stdout for form in FORMS.values())
        lines = {line.split()[0]: line for line in listed.stdout.splitlines()}
        assert "--session" in lines["sign-in-sheet"]
        assert "[--session]" not in lines["sign-in-sheet"]
        assert "[--department]" in lines["people-list"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), "FORM"),
        (("people-list",), "--format"),
        (("nonsense", "--format", "csv"), "people-list"),
        (("people-list", "--format", "odt"), "csv"),
        (("people-list", "--format", "csv", "--as-of", "2024-01-01"), "department, post"),
        (("people-list", "--format", "csv", "--year", "2024"), "“year”"),
        (("sign-in-sheet", "--format", "csv"), "--session"),
        (("sign-in-sheet", "--format", "csv", "--session", "no"), "no"),
        (("annual-plan", "--format", "csv", "--year", "x"), "x"),
        (("qualification-list", "--format", "csv", "--state", "x"), "suspended"),
    ],
)
def test_what_cannot_be_done_is_named_with_the_mend(
    say: Run, words: tuple[str, ...], named: str
) -> None:
    refused = say(HR, "export", *words)

    assert refused.returncode in (1, 2)
    assert named in refused.stderr
    assert refused.stdout == ""


def test_text_goes_to_standard_output_and_the_rest_into_the_folder(say: Run, company: Path) -> None:
    shown = say(HR, "export", "people-list", "--format", "json", "--purpose", "audit")
    found = json.loads(shown.stdout)
    assert (found["header"]["purpose"], found["header"]["author"][:6]) == ("audit", HR)
    assert f"{len(found['rows'])} rows" in shown.stderr

    for _time in range(2):
        assert say(HR, "export", "people-list", "--format", "xlsx").returncode == 0
    names = sorted(path.name for path in (company / "exports").iterdir())
    assert len(names) == 2
    assert all(name.startswith("people-list-EXP-") for name in names)


def test_each_takes_away_their_own(say: Run) -> None:
    assert say(INSPECTOR, "export", "inspection-register", "--format", "md").returncode == 0
    year = str(json.loads(say(TRAINER, "training", "plan", "list", "--json").stdout)[0]["year"])
    assert say(TRAINER, "export", "annual-plan", "--year", year, "--format", "md").returncode == 0
    for who in (INSPECTOR, TRAINER):
        refused = say(who, "export", "people-list", "--format", "csv")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "People list" in refused.stderr


def test_filters_of_days_and_numbers_are_applied(say: Run) -> None:
    none = say(
        HR, "export", "inspection-register", "--format", "json", "--from", "2000-01-01",
        "--to", "2000-12-31",
    )  # fmt: skip
    assert json.loads(none.stdout)["rows"] == []
    assert "2000-01-01" in json.loads(none.stdout)["header"]["filter"]
    every = say(HR, "export", "qualification-list", "--format", "json", "--state", "all")
    active = say(HR, "export", "qualification-list", "--format", "json")
    assert len(json.loads(every.stdout)["rows"]) > len(json.loads(active.stdout)["rows"]) > 0
    soon = say(HR, "export", "expiring", "--format", "csv", "--days", "3660")
    rows = list(csv.reader(io.StringIO(soon.stdout.lstrip("\ufeff"), newline="")))
    assert len(rows) > 12


def test_a_file_is_checked_against_the_ledger(say: Run, company: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert say(HR, "export", "people-list", "--format", "csv", "--out", path).returncode == 0

    same = say(HR, "export", "--check", path)
    assert (same.returncode, "✓ Unchanged" in same.stdout) == (0, True)
    assert "People list, csv" in same.stdout
    assert HR in same.stdout

    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    changed = say(HR, "export", "--check", path)
    assert (changed.returncode, "✗ It states" in changed.stdout) == (1, True)

    path.write_text("a\n", encoding="utf-8")
    foreign = say(HR, "export", "--check", path)
    assert (foreign.returncode, "✗ No export" in foreign.stdout) == (1, True)
    assert say(HR, "export", "--check", tmp_path / "gone").returncode == 2
    assert say(TRAINER, "export", "--check", path).returncode == 1

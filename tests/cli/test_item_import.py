"""`certify item import`, `export`, `template` and `duplicates` as a trainer types them."""

import json
import shutil
from pathlib import Path

import pytest

from certify.hooks import registry
from certify.hooks.registry import Plugins
from tests.cli.conftest import Run
from tests.platforms import COURSES
from tests.services.banks import BANK, BROKEN, formats


@pytest.fixture
def home(company: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company with the sample course as one of its own; every bank format is there."""
    shutil.copytree(COURSES / "sample", company / "courses" / "sample")
    load = registry.load

    def with_formats(*given: object, **named: object) -> Plugins:
        loaded = load(*given, **named)  # type: ignore[arg-type]
        for one in formats():
            loaded.item_formats.setdefault(one.name, one)
        return loaded

    monkeypatch.setattr(registry, "load", with_formats)
    return company


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of three good questions."""
    path = tmp_path / "bank.gift"
    path.write_text(BANK, encoding="utf-8")
    return path


def test_a_trial_an_import_and_the_same_file_again(quick: Run, home: Path, bank: Path) -> None:
    words = ("--home", home, "--lang", "en", "item", "import", bank, "--course", "sample")

    trial, done, again = quick(*words), quick(*words, "--apply"), quick(*words, "--apply")

    assert [one.returncode for one in (trial, done, again)] == [0, 0, 0]
    assert "read as “gift”" in trial.stdout
    assert "3 found = 3 imported (3 new + 0 changed) + 0 skipped + 0 rejected" in trial.stdout
    assert "Add --apply" in trial.stdout
    assert "3 found = 0 imported (0 new + 0 changed) + 3 skipped + 0 rejected" in again.stdout
    assert (home / "courses/sample/items/bank.md").is_file()
    check = quick("--lang", "en", "course", "check", home / "courses" / "sample")
    assert check.returncode == 0, check.stdout
    sync = quick("--home", home, "--lang", "en", "course", "sync")
    assert "sample: unchanged" in sync.stdout


def test_a_bank_with_a_bad_question_ends_with_2_and_says_how_to_take_the_rest(
    quick: Run, home: Path, bank: Path
) -> None:
    bank.write_text(BANK + BROKEN, encoding="utf-8")
    words = ("--home", home, "--lang", "en", "item", "import", bank, "--course", "sample")

    refused = quick(*words, "--apply")
    taken = quick(*words, "--apply", "--skip-rejected")

    assert (refused.returncode, taken.returncode) == (2, 0)
    assert "--skip-rejected" in refused.stdout
    assert "8:" in refused.stdout
    listed = home / "exports" / "bank.rejected.txt"
    assert str(listed) in taken.stderr
    assert "没有答案的题" in listed.read_text(encoding="utf-8")


def test_json_says_everything_of_every_question(quick: Run, home: Path) -> None:
    result = quick(
        *("--home", home, "--lang", "en", "item", "import", "-", "--course", "sample", "--json"),
        stdin=BANK + BROKEN,
    )

    told = json.loads(result.stdout)
    assert result.returncode == 2
    assert told["found"] == 4 == told["imported"] + told["skipped"] + told["rejected"]
    assert [one["outcome"] for one in told["questions"]] == ["imported"] * 3 + ["rejected"]
    assert [one["type"] for one in told["questions"][:3]] == ["single", "truefalse", "single"]
    assert told["questions"][2]["stem"] == "谁负责登记？"
    assert set(told["questions"][3]) == {
        *("place", "outcome", "change", "type", "source_type", "name", "stem", "code"),
        *("reason", "mend", "lacks", "losses"),
    }


def test_a_template_is_written_filled_in_and_imported(
    quick: Run, home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "template.xlsx"
    made = quick("--lang", "en", "item", "template", "--format", "xlsx", "--out", out)
    assert made.returncode == 0, made.stderr

    result = quick(
        *("--home", home, "--lang", "en", "item", "import", out, "--course", "sample"),
        *("--format", "xlsx", "--topic", "limits"),
    )

    assert "10 found" in result.stdout


def test_an_export_says_what_was_written_and_duplicates_are_listed(
    quick: Run, home: Path, bank: Path, tmp_path: Path
) -> None:
    words = ("--home", home, "--lang", "en", "item")
    quick(*words, "import", bank, "--course", "sample", "--apply")

    out = tmp_path / "out.md"
    done = quick(*words, "export", "--course", "sample", "--format", "markdown", "--out", out)
    alike = quick(*words, "duplicates", "--json")

    assert done.returncode == 0, done.stderr
    assert "14 found = 14 written + 0 not written" in done.stdout
    assert "谁负责登记？" in out.read_text(encoding="utf-8")
    assert alike.returncode == 0
    assert all(50 <= one["percent"] <= 100 for one in json.loads(alike.stdout))


def test_many_questions_skipped_for_one_reason_are_one_line_and_the_next_step_is_named(
    quick: Run, home: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text("\n\n".join(f"Is call {n} one to log? {{T}}" for n in range(9)), "utf-8")
    words = ("--home", home, "--lang", "en", "item", "import", bank, "--course", "sample")

    first, again = quick(*words, "--apply"), quick(*words, "--apply")

    assert "item key --course sample" in " ".join(first.stdout.split())
    assert again.stdout.count("skipped: 9 ×") == 1
    assert "item key" not in again.stdout


def test_where_every_question_is_rejected_nothing_is_offered_to_take(
    quick: Run, home: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text(BROKEN, encoding="utf-8")

    trial = quick("--home", home, "--lang", "en", "item", "import", bank, "--course", "sample")

    assert trial.returncode == 2
    assert "try again" in trial.stdout
    assert "--skip-rejected" not in trial.stdout

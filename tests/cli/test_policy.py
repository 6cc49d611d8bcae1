"""`certify policy` and `certify evaluation simulate` as HR uses them (R-PLT-05)."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NEW = "# 半年一次\n[qualification]\npost_months = 6\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new.toml"
    path.write_text(NEW, encoding="utf-8")
    return path


def hr(quick: Run, company: Path) -> str:
    """The number of somebody of HR."""
    people = json.loads(quick("--home", company, "person", "list", "--json").stdout)
    return next(str(one["staff_no"]) for one in people if "hr" in one["roles"])


def test_show_names_every_value_and_as_json_those_that_differ(quick: Run, company: Path) -> None:
    shown = quick("--home", company, "policy", "show")
    assert shown.returncode == 0
    assert "exam.pass_mark" in shown.stdout

    data = json.loads(quick("--home", company, "policy", "show", "--json").stdout)
    assert data["values"]["exam"]["pass_mark"] == "85"
    assert data["differs"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_names_every_wrong_value_with_line_and_needs_no_home(
    quick: Run, tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[exam]\npassmark = 1\npass_mark = 101\n", encoding="utf-8")
    here = ("--home", tmp_path / "none", "--lang", lang, "policy", "check", path)

    told = quick(*here)
    data = json.loads(quick(*here, "--json").stdout)

    assert told.returncode == 2
    assert "exam.passmark" in told.stderr
    assert "exam.pass_mark" in told.stderr
    assert [(one["line"], one["name"]) for one in data["findings"]] == [
        (2, "exam.passmark"),
        (3, "exam.pass_mark"),
    ]
    assert not (tmp_path / "none").exists()


def test_a_good_file_checks_with_0(quick: Run, file: Path) -> None:
    assert quick("policy", "check", file).returncode == 0


def test_diff_apply_and_history(quick: Run, company: Path, file: Path) -> None:
    home = ("--home", company)
    english = (*home, "--lang", "en")
    assert "qualification.post_months: 12 → 6" in quick(*english, "policy", "diff", file).stdout

    refused = quick(*home, "policy", "apply", file, "--reason", "统一")
    assert refused.returncode == 1
    done = quick(*home, "--as", hr(quick, company), "policy", "apply", file, "--reason", "统一")
    assert done.returncode == 0, done.stderr
    assert (company / "policy.toml").read_text(encoding="utf-8") == NEW

    history = json.loads(quick(*home, "policy", "history", "--json").stdout)
    assert [one["reason"] for one in history] == ["统一", ""]
    assert history[0]["changes"] == [{"name": "qualification.post_months", "old": "12", "new": "6"}]
    assert json.loads(quick(*home, "policy", "diff", file, "--json").stdout) == []
    assert "统一" in quick(*home, "policy", "history").stdout


def test_a_file_changed_by_hand_is_in_the_history_after_any_command(
    quick: Run, company: Path
) -> None:
    quick("--home", company, "department", "list")
    (company / "policy.toml").write_text("[exam]\npass_mark = 88.5\n", encoding="utf-8")

    quick("--home", company, "department", "list")

    history = json.loads(quick("--home", company, "policy", "history", "--json").stdout)
    assert history[0]["changes"] == [{"name": "exam.pass_mark", "old": "85", "new": "88.5"}]
    assert history[0]["staff_no"] == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_simulate_counts_first_then_lists_and_writes_nothing(
    quick: Run, company: Path, file: Path, lang: str
) -> None:
    home = ("--home", company, "--lang", lang)

    told = quick(*home, "policy", "simulate", file)
    data = json.loads(quick(*home, "evaluation", "simulate", "--policy", file, "--json").stdout)

    assert told.returncode == 0, told.stderr
    mark = "：" if lang == "zh" else ": "
    assert f"← qualification.post_months{mark}12 → 6" in told.stdout
    assert told.stderr == ""
    assert data["changed"] == len(data["list"]) > 0
    assert data["counts"]["validity"] >= data["changed"]
    first = data["list"][0]["changes"][0]
    assert first["because"] == ["qualification.post_months"]
    assert not (company / "policy.toml").exists()


def test_a_wrong_file_is_refused_by_every_command(
    quick: Run, company: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[raters.front_line]\nsupervisor = 99.99\n", encoding="utf-8")

    for words in (("diff", path), ("simulate", path)):
        told = quick("--home", company, "policy", *words)
        assert told.returncode == 2
        assert "99.99" in told.stderr

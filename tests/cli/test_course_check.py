"""`certify course check` names file and line of everything that is wrong, without any home."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SAMPLE = Path(__file__).parents[1] / "courses" / "sample"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "course"))


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_right_course_has_nothing_to_mend(run: Run, tmp_path: Path) -> None:
    result = run("--lang", "en", "course", "check", SAMPLE, CERTIFY_HOME=str(tmp_path / "none"))

    assert result.returncode == 0, result.stdout
    assert "nothing to mend" in result.stdout
    assert not (tmp_path / "none").exists()


def test_every_planted_defect_is_found_with_its_file_and_line(run: Run, course: Path) -> None:
    toml, bank, lesson = (
        course / "course.toml",
        course / "items/greeting.md",
        course / "zh/01-lesson.md",
    )
    replace(toml, 'topic = "limits"', 'topic = "nonsense"')
    replace(bank, "## GRE-002 {type=single difficulty=3", "## GRE-002 {type=single difficulty=9")
    replace(bank, "fact=S2-ST3-03}", "fact=nothing}")
    replace(lesson, "## 先问候", "## 先问候\n\n<b>raw</b>")
    (course / "zh/02-lesson.md").write_bytes(b"+++\n\xff\xfe+++\n")

    result = run("--lang", "en", "course", "check", course)

    assert result.returncode == 2
    places = {
        f"{toml}:{line_of(toml, 'nonsense')}:",
        f"{bank}:{line_of(bank, 'GRE-002')}:",
        f"{bank}:{line_of(bank, 'GRE-001')}:",
        f"{lesson}:{line_of(lesson, '<b>raw')}:",
        f"{course / 'zh/02-lesson.md'}:2:",
    }
    for place in places:
        assert place in result.stdout
    assert "errors" in result.stdout.splitlines()[-1]
    assert result.stderr == ""


def test_findings_are_json_for_programs(run: Run, course: Path) -> None:
    (course / "course.toml").write_text("format = 1\n= broken\n", encoding="utf-8")

    result = run("course", "check", "--json", course)

    assert result.returncode == 2
    [finding] = json.loads(result.stdout)
    assert finding["path"] == str(course / "course.toml")
    assert finding["line"] == 2
    assert finding["severity"] == "error"


def test_a_folder_without_a_course_is_a_finding_not_a_crash(run: Run, tmp_path: Path) -> None:
    result = run("--lang", "en", "course", "check", tmp_path / "nowhere", tmp_path)

    assert result.returncode == 2
    assert f"{tmp_path / 'nowhere' / 'course.toml'}:1:" in result.stdout
    assert f"{tmp_path / 'course.toml'}:1:" in result.stdout

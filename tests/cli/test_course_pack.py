"""A course goes from hand to hand as one file: made, packed, installed, loaded."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MAKE = ("--kind", "special", "--title-zh", "快递柜台", "--title-en", "Parcels", "--topic", "取件")


@pytest.fixture
def course(quick: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "parcel-counter"
    made = quick("--lang", "en", "course", "new", folder, "--code", "parcel-counter", *MAKE)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Path:
    """A company of its own."""
    place = tmp_path / "home"
    assert run("--home", place, "demo", "--seed-only").returncode == 0
    return place


def test_a_question_that_nobody_can_be_asked_is_named_by_its_option(
    quick: Run, tmp_path: Path
) -> None:
    result = quick("--lang", "en", "course", "new", tmp_path / "new", "--title-en", "Parcels")

    assert result.returncode == 2
    assert "--kind" in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_is_left_alone(quick: Run, course: Path) -> None:
    before = (course / "course.toml").read_bytes()

    result = quick("--lang", "en", "course", "new", course, "--code", "other", *MAKE)

    assert result.returncode == 1
    assert (course / "course.toml").read_bytes() == before


def test_a_wheel_that_pip_installs_gives_the_course(
    run: Run, quick: Run, course: Path, tmp_path: Path
) -> None:
    packed = quick("course", "pack", course, "--out", tmp_path / "out")
    wheel = Path(packed.stdout.splitlines()[0])
    site = tmp_path / "site"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([*pip, "--target", site, wheel], check=True, timeout=120)

    listed = run("plugin", "list", "--json", PYTHONPATH=str(site))

    gives = {one["name"]: one["gives"] for one in json.loads(listed.stdout)}
    assert gives["course-parcel-counter"] == ["course course"]


def test_the_same_folder_packs_to_the_same_bytes(quick: Run, course: Path, tmp_path: Path) -> None:
    for form in ("wheel", "archive"):
        places = [tmp_path / form / name for name in ("first", "second")]
        for place in places:
            assert quick("course", "pack", course, "--format", form, "--out", place).returncode == 0
        first, second = (next(place.iterdir()) for place in places)
        assert first.read_bytes() == second.read_bytes()


def test_a_course_with_an_error_is_not_packed(quick: Run, course: Path, tmp_path: Path) -> None:
    (course / "zh/01-lecture.md").write_text("no facts", encoding="utf-8")

    result = quick("course", "pack", course, "--out", tmp_path / "out")

    assert result.returncode == 2
    assert "01-lecture.md:1:" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_archive_is_installed_and_a_newer_one_says_what_it_changes(
    run: Run, quick: Run, course: Path, home: Path, tmp_path: Path
) -> None:
    quick("course", "pack", course, "--format", "archive", "--out", tmp_path)
    first = run("--home", home, "course", "install", tmp_path / "parcel-counter-0.1.0.zip")
    lesson = course / "zh/01-lecture.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n新的一段。\n", encoding="utf-8")
    english = course / "en/01-lecture.md"
    english.write_text(english.read_text(encoding="utf-8") + "\nA new part.\n", encoding="utf-8")
    toml = course / "course.toml"
    text = toml.read_text(encoding="utf-8").replace("0.1.0", "0.2.0")
    toml.write_text(f'{text}\n[[changes]]\nversion = "0.2.0"\nzh = "多讲一段"\n', encoding="utf-8")

    told = run("--home", home, "course", "changes", course, "--json")
    quick("course", "pack", course, "--format", "archive", "--out", tmp_path)
    second = run("--home", home, "course", "install", tmp_path / "parcel-counter-0.2.0.zip")
    history = run("--home", home, "course", "changes", "parcel-counter", "--json")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    found = json.loads(told.stdout)
    assert (found["loaded_version"], found["version"]) == ("0.1.0", "0.2.0")
    assert found["changes"]["lessons"]["changed"] == ["lecture"]
    assert not any(found["changes"]["items"].values())
    newest, oldest = json.loads(history.stdout)
    assert newest["notes"] == {"zh": "多讲一段"}
    assert newest["changes"]["lessons"]["changed"] == ["lecture"]
    assert oldest["changes"]["lessons"]["added"] == ["lecture"]
    assert (home / "courses/.before/parcel-counter-1/course.toml").is_file()


def test_a_broken_archive_installs_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    broken, bomb, stranger = (tmp_path / name for name in ("a.zip", "b.zip", "c.zip"))
    broken.write_bytes(b"PK\x03\x04 no more")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("course/items/a.md", b"0" * 60_000_000)
    with zipfile.ZipFile(stranger, "w") as parts:
        parts.writestr("../../outside/course.toml", "format = 1")

    for path in (broken, bomb, stranger):
        result = run("--home", home, "course", "install", path)
        assert result.returncode == 2, path
    assert [path.name for path in (home / "courses").iterdir()] == []
    assert not (tmp_path / "outside").exists()


def test_a_course_that_a_plugin_brings_is_not_put_over(
    run: Run, quick: Run, home: Path, tmp_path: Path
) -> None:
    bundled = Path(__file__).parents[2] / "courses/special-home-visit-repair"
    quick("course", "pack", bundled, "--format", "archive", "--out", tmp_path)

    result = run("--home", home, "course", "install", next(tmp_path.glob("special-*.zip")))

    assert result.returncode == 1
    assert list((home / "courses").iterdir()) == []


def test_an_archive_with_the_items_of_another_course_leaves_the_home_as_it_was(
    run: Run, quick: Run, course: Path, home: Path, tmp_path: Path
) -> None:
    quick("course", "pack", course, "--format", "archive", "--out", tmp_path)
    run("--home", home, "course", "install", tmp_path / "parcel-counter-0.1.0.zip")
    toml = course / "course.toml"
    text = toml.read_text(encoding="utf-8").replace("parcel-counter", "other-counter")
    toml.write_text(text, encoding="utf-8")
    quick("course", "pack", course, "--format", "archive", "--out", tmp_path)

    result = run("--home", home, "course", "install", tmp_path / "other-counter-0.1.0.zip")

    assert result.returncode == 2
    assert [path.name for path in (home / "courses").iterdir()] == ["parcel-counter"]
    listed = json.loads(run("--home", home, "course", "list", "--json").stdout)
    assert "other-counter" not in {one["code"] for one in listed}

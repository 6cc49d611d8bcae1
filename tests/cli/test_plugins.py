"""`certify plugin`: what is installed with its hash, new ones in one's language, the trace."""

import json
import logging
import tomllib
from pathlib import Path

import pytest

from certify.hooks import hookspecs, plugin_files, registry
from certify.i18n import _
from tests.cli.company import EXAM, READY, typed_answers
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def test_the_list_shows_the_beginning_of_the_hash_and_json_all_of_it(quick: Run) -> None:
    table = quick("--lang", "en", "plugin", "list")
    data = {one["name"]: one for one in json.loads(quick("plugin", "list", "--json").stdout)}

    whole = data["choice"]["sha256"]
    assert len(whole) == 64
    assert data["choice"]["origin"] == "certify_choice"
    (line,) = [line for line in table.stdout.splitlines() if line.startswith("choice ")]
    assert f" {whole[:12]} " in line
    assert whole not in table.stdout
    assert len({one["sha256"] for one in data.values()}) == len(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "__init__.py").write_text("# other"),
        lambda folder: (folder / "data.txt").rename(folder / "other.txt"),
        lambda folder: (folder / "more.txt").touch(),
        lambda folder: (folder / "data.txt").unlink(),
    ],
    ids=["a text", "a name", "one file more", "one file less"],
)
def test_whatever_changes_in_a_package_changes_its_hash(
    change: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "certify_hashed"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('never imported')")
    (folder / "data.txt").write_text("data")
    monkeypatch.syspath_prepend(tmp_path)
    before = plugin_files.digest("certify_hashed:hooks")

    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "data.pyc").touch()
    assert plugin_files.digest("certify_hashed") == before
    change(folder)  # type: ignore[operator]

    assert before
    assert plugin_files.digest("certify_hashed") != before


def test_a_plugin_of_one_file_has_a_hash_and_one_that_is_not_there_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "certify_single.py").write_text("x = 1")
    monkeypatch.syspath_prepend(tmp_path)

    assert len(plugin_files.digest("certify_single")) == 64
    assert plugin_files.digest("certify_nowhere") == ""
    assert plugin_files.digest("") == ""


@pytest.mark.parametrize(
    ("words", "own", "titles"),
    [
        (("--lang", "zh"), "zh", {"zh": "Parcel counter"}),
        (("--lang", "en"), "en", {"en": "Parcel counter"}),
    ],
)
def test_a_new_course_plugin_is_in_the_language_being_spoken(
    words: tuple[str, ...], own: str, titles: dict[str, str], quick: Run, tmp_path: Path
) -> None:
    made = quick(*words, "plugin", "new", "course", "parcel-counter", "--out", tmp_path / "new")

    assert made.returncode == 0, made.stderr
    assert course_of(tmp_path / "new")["language"] == own
    assert course_of(tmp_path / "new")["title"] == titles


def test_a_new_course_plugin_has_the_titles_it_is_given(quick: Run, tmp_path: Path) -> None:
    titles = ("--title-zh", "取件柜台", "--title-en", "At the counter")
    made = quick("plugin", "new", "course", "counter", "--out", tmp_path / "new", *titles)

    assert made.returncode == 0, made.stderr
    assert course_of(tmp_path / "new")["title"] == {"zh": "取件柜台", "en": "At the counter"}
    checked = quick("--lang", "en", "plugin", "check", tmp_path / "new")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("item-format", ("Deck",)),
        ("item-format", ("entry",)),
        ("item-format", ("none",)),
        ("rule", ("a--b",)),
        ("rule", ("choice",)),
        ("rule", ("quiet", "--title-en", "Quiet")),
        ("course", ("parcels", "--title-en", "a\x1b[2J")),
    ],
)
def test_what_cannot_be_a_plugin_is_refused_and_nothing_is_written(
    kind: str, words: tuple[str, ...], quick: Run, tmp_path: Path
) -> None:
    made = quick("plugin", "new", kind, *words, "--out", tmp_path / "new")

    assert made.returncode in (1, 2), made.stderr
    assert len(made.stderr.splitlines()) == 2
    assert not (tmp_path / "new").exists()


def course_of(folder: Path) -> dict[str, object]:
    (path,) = folder.glob("src/*/course/course.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_trace_names_each_call_with_its_plugin_and_its_time(quick: Run, tmp_path: Path) -> None:
    traced = quick("plugin", "trace", "plugin", "list")
    plain = quick("plugin", "list")

    assert traced.stdout == plain.stdout
    for name, hook, number in (
        ("choice", "certify_register_question_types()", 3),
        ("standard-courses", "certify_register_courses()", 3),
    ):
        (line,) = [one for one in traced.stderr.splitlines() if one.startswith(f"{hook} → {name}:")]
        assert f"list of {number}" in line
        assert line.endswith(" ms]")
    assert plain.stderr == ""


def test_the_trace_of_an_exam_tells_no_answer_and_no_key(
    quick: Run, company: Path, tmp_path: Path
) -> None:
    quick("--home", company, "--as", READY, "exam", "take", EXAM, "--plain", stdin="\n")
    lines = typed_answers(company, wrong=2)
    take = ("--as", READY, "plugin", "trace", "--out", tmp_path / "trace", "exam", "take", EXAM)

    typed = "\n".join(["g 1", *lines, "q"])
    done = quick("--lang", "en", "--home", company, *take, "--plain", stdin=typed)

    told = (tmp_path / "trace").read_text(encoding="utf-8")
    assert "certify_register_question_types() → choice" in told
    assert done.stdout.count("Saved at") >= len(lines)
    assert {line.partition("(")[0] for line in told.splitlines()} <= set(hookspecs_named())
    for secret in ("chosen", "answer", "key=", "explanation", *(x for x in lines if len(x) > 3)):
        assert secret not in told


def hookspecs_named() -> list[str]:
    """Every hook there is."""
    kinds = (hookspecs.Registering, hookspecs.Ruling, hookspecs.Hearing)
    return [name for kind in kinds for name in vars(kind) if name.startswith("certify_")]


def test_the_trace_leaves_logging_as_it_found_it(quick: Run, tmp_path: Path) -> None:
    registry.trace.setLevel(logging.INFO)
    try:
        quick("plugin", "trace", "--out", tmp_path / "trace", "nonsense")

        assert registry.trace.level == logging.INFO
        assert registry.trace.handlers == []
    finally:
        registry.trace.setLevel(logging.NOTSET)


def test_a_trace_that_cannot_be_written_is_refused(quick: Run, tmp_path: Path) -> None:
    refused = quick("plugin", "trace", "--out", tmp_path / "no" / "trace", "plugin", "list")

    assert refused.returncode == 2
    assert str(tmp_path / "no" / "trace") in refused.stderr
    reason = _("The file cannot be written: {reason}").partition("{")[0]
    assert reason in refused.stderr

"""New plugins keep what plugins promise, and the suite finds each promise that is broken."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from certify import i18n
from certify.conformance import check_folder, scaffold
from tests.cli.conftest import environment


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A new plugin of a kind, with texts of its files replaced."""
    monkeypatch.setattr(sys, "path", [*sys.path])

    def make_it(kind: str, *changes: tuple[str, str, str]) -> Path:
        for name in [name for name in sys.modules if name.startswith("certify_trial")]:
            del sys.modules[name]
        folder = tmp_path / "certify-trial"
        scaffold.write(folder, scaffold.files(kind, "trial"))
        for file, old, new in changes:
            path = folder / "src/certify_trial" / file
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return make_it


@pytest.mark.parametrize("kind", list(scaffold.KINDS))
def test_a_new_plugin_of_every_kind_keeps_what_plugins_promise(
    kind: str, make: Callable[..., Path]
) -> None:
    assert list(check_folder(make(kind))) == []


TYPE = "question_type.py"
FORMAT = "item_format.py"


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        (
            "question-type",
            (TYPE, '{"stem": content.stem}', '{"stem": content.stem, "key": 1}'),
            "key",
        ),
        (
            "question-type",
            (TYPE, '{"stem": content.stem}', '{"stem": content.explanation}'),
            "explanation",
        ),
        ("question-type", (TYPE, "Fraction(fold", "0.5 * (fold"), "Fraction"),
        ("question-type", (TYPE, 'SampleAnswer("wrong", {"text": "?"}),', ""), "wrong"),
        ("question-type", (TYPE, "    text: str", "    text: object"), "AttributeError"),
        (
            "question-type",
            (TYPE, '{"text": tidy_line(typed)}', '{"text": "other"}'),
            "other",
        ),
        ("question-type", ("__init__.py", "{Trial.name: TrialWidget}", "{}"), "widget.py"),
        (
            "question-type",
            ("samples/first.md", "type=trial", "type=single"),
            "samples/*.md",
        ),
        (
            "item-format",
            (FORMAT, "if line.strip():", "if line.strip() and int(line[:1]):"),
            "ValueError",
        ),
        ("item-format", (FORMAT, '"Write: stem | right | wrong | wrong"', '""'), ""),
        ("item-format", (FORMAT, "write(line +", "write(line.upper() +"), "Who closes"),
        ("item-format", (FORMAT, "out.write(line", "bytes(line"), "8"),
        ("item-format", (FORMAT, "line = _line(kept)", "line = _line(item)[99]"), "IndexError"),
        ("export-format", ("export_format.py", ".encode())", ".encode('ascii'))"), "Unicode"),
        ("course", ("course/course.toml", 'kind = "special"', 'kind = "other"'), "course.toml"),
        ("rule", ("__init__.py", "@hookimpl", ""), "hookimpl"),
    ],
)
def test_each_broken_promise_is_found(
    kind: str, change: tuple[str, str, str], said: str, make: Callable[..., Path]
) -> None:
    i18n.use(i18n.Speaker("en"))

    faults = list(check_folder(make(kind, change)))

    assert faults
    assert any(said in str(fault) for fault in faults), faults


@pytest.mark.timeout(180)
def test_new_plugins_are_clean_for_mypy_and_ruff(tmp_path: Path) -> None:
    for kind in scaffold.KINDS:
        folder = tmp_path / f"certify-my-{kind}"
        scaffold.write(folder, scaffold.files(kind, f"my-{kind}"))

    ruff = [sys.executable, "-m", "ruff"]
    cache = ("--cache-dir", str(tmp_path / ".cache"))
    commands = (
        [sys.executable, "-m", "mypy", "--strict", *cache, *_packages(tmp_path)],
        [*ruff, "check", "--no-cache", "."],
        [*ruff, "format", "--check", "--no-cache", "."],
    )
    done = [
        subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        for words in commands
    ]

    assert [one.stdout for one in done if one.returncode] == []


def _packages(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("*/src/*"))]


def test_every_public_part_of_a_new_plugin_says_what_it_is_for() -> None:
    undocumented = [
        (kind, path, node.name)
        for kind in scaffold.KINDS
        for path, text in scaffold.files(kind, "trial").items()
        if path.endswith(".py") and "/tests/" not in f"/{path}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not ast.get_docstring(node)
    ]

    assert undocumented == []


@pytest.mark.parametrize(
    ("kind", "loads"), [("item-format", False), ("rule", False), ("question-type", True)]
)
def test_only_a_plugin_with_widgets_loads_the_screens(
    kind: str, loads: bool, tmp_path: Path
) -> None:
    scaffold.write(tmp_path, scaffold.files(kind, "trial"))
    program = (
        "import sys; from pathlib import Path; from certify.conformance import check_folder;"
        "faults = list(check_folder(Path(sys.argv[1]))); print('textual' in sys.modules, faults)"
    )

    words = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.split() == [str(loads), "[]"], done.stderr


def test_a_plugin_from_outside_is_built_installed_listed_and_used(tmp_path: Path) -> None:
    """In processes of its own: as on the machine of somebody who installs it."""
    folder, site = tmp_path / "certify-first-word", tmp_path / "site"
    scaffold.write(folder, scaffold.files("question-type", "first-word"))
    course = tmp_path / "course"
    made = certify("course", "new", course, "--code", "words", "--kind", "special",
                   "--title-en", "Words", "--topic", "one")  # fmt: skip
    assert made.returncode == 0, made.stderr
    bank = course / "items/first.md"
    sample = (folder / "src/certify_first_word/samples/first.md").read_text(encoding="utf-8")
    bank.write_text(sample.replace("topic=sample", "topic=one"), encoding="utf-8")
    toml = course / "course.toml"
    text = toml.read_text(encoding="utf-8").replace('type = "single"', 'type = "firstword"')
    toml.write_text(text, encoding="utf-8")

    before = certify("course", "check", course)
    install = ("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    pip = [sys.executable, "-m", "pip", *install, "--target", str(site), str(folder)]
    subprocess.run(pip, check=True, timeout=120)
    listed = certify("plugin", "list", PYTHONPATH=str(site))
    checked = certify("plugin", "check", "first-word", PYTHONPATH=str(site))
    after = certify("course", "check", course, PYTHONPATH=str(site))

    assert before.returncode == 2
    assert "firstword" in before.stdout
    assert "question type firstword" in listed.stdout
    assert checked.returncode == 0, checked.stdout
    assert after.returncode == 0, after.stdout


def certify(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "certify", "--lang", "en", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**more),
        timeout=60,
        check=False,
    )

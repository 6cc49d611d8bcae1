"""New plugins keep what plugins promise, and the suite finds each promise that is broken."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from certify.conformance import check_folder, check_plugin, scaffold
from certify.hooks import registry
from tests.cli.conftest import environment

ITEMS = Path(__file__).parents[2] / "courses"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A new plugin of a kind, with texts of its files replaced."""
    monkeypatch.setattr(sys, "path", [*sys.path])

    def make_it(kind: str, *changes: tuple[str, str, str]) -> Path:
        for name in [name for name in sys.modules if name.startswith("certify_trial")]:
            del sys.modules[name]
        folder = tmp_path / "certify-trial"
        scaffold.write(kind, "trial", folder)
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
        ("item-format", (FORMAT, '.join(texts) + "\\n"', '.join(texts[::-1]) + "\\n"'), ""),
        ("item-format", (FORMAT, 'out.write((" | "', 'bytes((" | "'), ""),
        ("export-format", ("export_format.py", ".encode())", ".encode('ascii'))"), "Unicode"),
        ("course", ("course/course.toml", 'kind = "special"', 'kind = "other"'), "course.toml"),
        ("rule", ("__init__.py", "@hookimpl", ""), "hookimpl"),
    ],
)
def test_each_broken_promise_is_found(
    kind: str, change: tuple[str, str, str], said: str, make: Callable[..., Path]
) -> None:
    faults = list(check_folder(make(kind, change)))

    assert faults
    assert any(said in str(fault) for fault in faults), faults


@pytest.mark.parametrize("name", ["choice", "order", "written"])
def test_the_bundled_question_types_keep_what_plugins_promise(name: str) -> None:
    plugins = registry.load()

    found = [
        fault
        for course in ITEMS.iterdir()
        for fault in check_plugin(plugins, name, course / "items")
        if "samples/*.md" not in fault.message
    ]

    assert found == []


def test_a_plugin_from_outside_is_built_installed_listed_and_used(tmp_path: Path) -> None:
    """In processes of its own: as on the machine of somebody who installs it."""
    folder, site = tmp_path / "certify-first-word", tmp_path / "site"
    scaffold.write("question-type", "first-word", folder)
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

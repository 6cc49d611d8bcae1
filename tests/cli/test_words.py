"""Help and errors in the user's language: a pretended catalogue shows what is not translated."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from certify import i18n
from certify.cli import click_words, main
from tests.cli.conftest import Run

SOURCES = Path(__file__).parents[2] / "src"
KEYWORDS = {"_": None, "N_": None, "_n": (1, 2)}


def commands() -> Iterator[list[str]]:
    """Every command by its words, the root and the nouns included."""
    yield []
    for noun in main.NOUNS:
        yield [noun]
        name = noun.replace("-", "_")
        found = getattr(importlib.import_module(f"certify.cli.{name}"), name)
        if isinstance(found, click.Group):
            yield from ([noun, verb] for verb in found.commands)


ALL = list(commands())


@pytest.fixture(scope="session")
def pretended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues in which every message of `zh` begins with 《."""
    catalogue = Catalog(locale="zh")
    for _path, _line, message, _comments, _context in extract_from_dir(
        SOURCES, [("**.py", "python")], keywords=KEYWORDS
    ):
        first = message if isinstance(message, str) else message[0]
        translated = f"《{first}" if isinstance(message, str) else (f"《{first}",)
        catalogue.add(message, translated)
    folder = tmp_path_factory.mktemp("locale") / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "certify.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder.parents[1]


@pytest.fixture
def in_pretended_chinese(pretended: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(i18n, "LOCALE", pretended)
    monkeypatch.setattr(click_words, "LOCALE", pretended)
    monkeypatch.setenv("LANGUAGE", "zh")
    i18n._catalogue.cache_clear()
    yield
    monkeypatch.undo()  # before the cache is filled again, or every later test speaks 《
    i18n._catalogue.cache_clear()
    i18n.use(i18n.Speaker())


def invoke(quick: Run, *args: str, language: str = "zh") -> tuple[int, str]:
    """Run in a language; returns exit code and everything that was printed."""
    result = quick("--lang", language, *args)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.usefixtures("in_pretended_chinese")
@pytest.mark.parametrize("words", ALL, ids=[" ".join(words) or "certify" for words in ALL])
def test_every_line_of_help_is_translated(quick: Run, words: list[str]) -> None:
    code, shown = invoke(quick, *words, "--help")

    assert code == 0
    assert shown.startswith("《Usage:")
    assert "《Show this message and exit." in shown
    headings = [line for line in shown.splitlines() if line.endswith(":") and line[0] != " "]
    assert all(line.startswith("《") for line in headings)
    entries = [line.strip() for line in shown.splitlines() if line.startswith("  ")]
    starts = [line for line in entries if line.startswith("--")]
    assert all("《" in _entry(shown, line) for line in starts), shown
    assert "《" in entries[0]


def _entry(shown: str, start: str) -> str:
    """The line of an option and the one after it."""
    return shown.partition(start)[1] + shown.partition(start)[2][:120]


@pytest.mark.parametrize("words", ALL, ids=[" ".join(words) or "certify" for words in ALL])
def test_every_command_has_help_within_80_columns_in_english(quick: Run, words: list[str]) -> None:
    code, shown = invoke(quick, *words, "--help", language="en")

    assert code == 0
    assert shown.startswith("Usage: certify")
    assert max(map(len, shown.splitlines())) <= 80
    assert "《" not in shown


@pytest.mark.usefixtures("in_pretended_chinese")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nonsense"], "《No such command"),
        (["cource"], "《Did you mean"),
        (["course", "list", "--nonsense"], "《No such option"),
        (["course", "check"], "《Missing argument"),
        (["course", "list", "x"], "《Got unexpected extra argument"),
        (["--lang"], "《Option '--lang' requires an argument"),
        (["qualification", "list", "--state", "x"], "《Invalid value for"),
        (["qualification", "list", "--as-of", "x"], "《“x” is no day"),
        (["course", "list", "--json=1"], "《Option '--json' does not take a value"),
        (["course"], "《Usage:"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_of_usage_are_translated(quick: Run, args: list[str], words: str) -> None:
    code, shown = invoke(quick, *args)

    assert code == 2
    assert words in shown
    assert shown.startswith(("《Usage:", "《Error:"))


@pytest.mark.usefixtures("in_pretended_chinese")
def test_a_refusal_is_translated(quick: Run, tmp_path: Path) -> None:
    code, shown = invoke(quick, "--home", str(tmp_path), "course", "list")

    assert code == 1
    assert "《There is no company in this home yet." in shown
    assert "《Start “certify” once" in shown


def test_the_words_kept_for_click_are_those_of_click() -> None:
    source = "".join(
        inspect.getsource(importlib.import_module(f"click.{module.name}"))
        for module in pkgutil.iter_modules(click.__path__)
        if module.name in {"core", "exceptions", "formatting", "decorators", "parser", "types"}
    )
    written = source.replace('"\n                    " ', " ")
    unknown = [word for word in click_words.WORDS if repr(word)[1:-1] not in written]
    assert unknown == []


def test_no_message_hides_in_an_f_string_where_the_extraction_does_not_look() -> None:
    hidden = [
        f"{path.name}:{node.lineno}"
        for path in sorted((SOURCES / "certify" / "cli").glob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for node in ast.walk(string)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and isinstance(node.args[0], ast.Constant)
    ]
    assert hidden == []


def test_the_language_is_that_of_the_option_even_after_help(run: Run) -> None:
    first = run("--help", "--lang", "en")
    last = run("--lang", "en", "--help")

    assert first.stdout == last.stdout


def test_chinese_is_spoken_in_help_and_in_errors(run: Run) -> None:
    help_ = run("--lang", "zh", "--help")
    wrong = run("--lang", "zh", "nonsense")

    assert "用法" in help_.stdout
    assert "课程" in help_.stdout
    assert "nonsense" in wrong.stderr
    assert "Usage" not in help_.stdout + wrong.stderr


def test_the_language_comes_from_the_settings_of_the_home(tmp_path: Path, run: Run) -> None:
    (tmp_path / "settings.toml").write_text('lang = "en"\n', encoding="utf-8")

    result = run("--home", tmp_path, "nonsense", LANG="zh_CN.UTF-8")

    assert "No such command" in result.stderr

"""Fixtures of the command line: real and quick runs, and one ready-made company made once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from certify import i18n
from certify.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: nothing of the developer's own certify in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CERTIFY_")}
    return kept | {"PYTHONUTF8": "1", "LANG": "C.UTF-8", "COLUMNS": "80", **more}


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs `certify` with arguments, as a user would."""

    def run_it(*args: str | Path, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "certify", *map(str, args)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=environment(**more),
            timeout=60,
            check=False,
        )

    return run_it


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `certify` in this process: ten times as quick, for tests that are not about starting."""
    monkeypatch.setenv("LANGUAGE", "")  # so that it is put back after the test
    monkeypatch.setenv("COLUMNS", "80")

    def run_it(*args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in args]
        with CliRunner().isolation(stdin) as (out, err, _mixed):
            code = main.run(words)
            sys.stdout.flush()
            shown, told = out.getvalue().decode(), err.getvalue().decode()
        return subprocess.CompletedProcess(words, code, shown, told)

    yield run_it
    i18n.use(i18n.Speaker())


@pytest.fixture(scope="session")
def made_company(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The home of a ready-made company; tests that write take `company`."""
    home = tmp_path_factory.mktemp("company") / "home"
    result = run("--lang", "en", "demo", "--home", home, "--seed-only")
    assert result.returncode == 0, result.stderr
    return home


@pytest.fixture
def company(made_company: Path, tmp_path: Path) -> Path:
    """A copy of the ready-made company of its own."""
    return Path(shutil.copytree(made_company, tmp_path / "home"))

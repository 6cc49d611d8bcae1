"""What the tutorials tell people to type works, and says what they say it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, blocks

TUTORIAL = DOCS / "tutorial"
SERVER = ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS")


def test_the_course_tutorial_works_as_written(tmp_path: Path) -> None:
    _follow(TUTORIAL / "write-a-course.md", tmp_path)

    assert _files(tmp_path / "parcel-counter") == _files(TUTORIAL / "parcel-counter")


@pytest.mark.timeout(600)
def test_the_plugin_tutorial_works_as_written(tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    # What `pip install` brings lies beside the test, and nothing is fetched from anywhere.
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_TARGET": site}

    _follow(TUTORIAL / "write-a-plugin.md", tmp_path, PYTHONPATH=site, **offline)

    assert _files(tmp_path / "certify-deck") == _files(TUTORIAL / "deck")


@pytest.mark.parametrize("name", ["first-exam.md"])
def test_the_commands_of_the_exam_tutorial_work(name: str, tmp_path: Path) -> None:
    _follow(TUTORIAL / name, tmp_path)


def _follow(page: Path, folder: Path, **more: str) -> None:
    """Do what a page says: write its files, type its commands, compare what they print."""
    said = ""
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.title:
            file = folder / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a" if block.appends else "w", encoding="utf-8") as out:
                gap = 2 if block.language == "python" else 1
                out.write("\n" * gap * block.appends + block.body)
        elif block.language == "console":
            said = "".join(_run(line, folder, more) for line in block.body.splitlines())
        elif block.language == "output":
            assert re.fullmatch(_pattern(block.body), said), said


def _run(line: str, folder: Path, more: dict[str, str]) -> str:
    environment = {
        # A tool that sees it works for a build server prints other lines than for a person.
        **{name: value for name, value in os.environ.items() if name not in SERVER},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "CERTIFY_HOME": str(folder / "home"),
        "CERTIFY_LANG": "en",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    done = subprocess.run(
        ["bash", "-c", line.removeprefix("$ ")],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stdout
    return _even(done.stdout.replace(f"{folder}/parcel-counter", "parcel-counter"))


def _pattern(body: str) -> str:
    """What is printed; `…` stands for what differs from day to day, alone for whole lines."""
    return "".join(
        r"(?:.*\n)*" if line == "…" else f"{re.escape(line)}\n".replace("…", ".*")
        for line in _even(body).splitlines()
    )


def _even(text: str) -> str:
    """Lines with single blanks, whatever the columns of a table are wide."""
    return "".join(" ".join(line.split()) + "\n" for line in text.splitlines())


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    }

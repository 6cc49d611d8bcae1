"""The program dies in the middle of an exam, in a real terminal; nothing is lost."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal, terminal

LEARNER = "001001"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ready-made company."""
    home = tmp_path_factory.mktemp("company")
    demo = [sys.executable, "-m", "certify", "demo", "--home", str(home), "--seed-only"]
    subprocess.run(demo, check=True, capture_output=True)
    return home


def open_exam(screen: Terminal) -> str:
    """From the home page through the lobby into the exam on top of the list."""
    screen.wait_for("Now")
    time.sleep(0.5)
    screen.press("enter")
    screen.wait_for("Enter")
    time.sleep(0.5)
    screen.press("enter")
    return screen.wait_for(" / 40 ")  # the lobby speaks of saving, too


def stem(shown: str) -> str:
    """The item that is in the eye."""
    return shown.split("\n")[2].strip()


def test_a_sitting_goes_on_with_the_same_form_after_kill_9_and_after_hang_up(
    company: Path,
) -> None:
    options = ("--lang", "en", "--as", LEARNER)
    with terminal(company, *options) as first:
        open_exam(first)
        first.press("1")
        first.wait_for("✓ Saved")
        first.press("right", "f", "right", "2")
        shown = first.wait_for("answered 2  ⚑ flagged 1")
        first.wait_for("✓ Saved")
        first.read(0.5)
        first.kill()
    third_item = stem(shown)

    with terminal(company, *options) as second:
        shown = open_exam(second)
        assert stem(shown) == third_item
        assert "Item 3 / 40" in shown
        assert "answered 2  ⚑ flagged 1" in shown
        second.hang_up()
        assert not second.child.isalive()

    with terminal(company, *options) as last:
        shown = open_exam(last)
        assert stem(shown) == third_item
        last.press("s")
        last.wait_for("38 items have no answer")
        last.read(0.5)  # a yes in the first moment counts as a slip
        last.press("y")
        last.wait_for("Not passed")

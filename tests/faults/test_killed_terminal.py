"""The program dies in the middle of an exam, in a real terminal; nothing is lost (G1, G5)."""

import os
import random
import signal
import time
from pathlib import Path

from certify.paths import Home
from certify.platform import open_platform
from certify.settings import Settings
from tests.faults.checks import check_file
from tests.faults.conftest import Tally
from tests.faults.exams import (
    OPTIONS,
    answer_next,
    answered,
    go_on,
    open_exam,
    stem,
    wait_until_saved,
)
from tests.faults.sizes import size
from tests.services.steps import check_books
from tests.terminal import terminal

DEATHS = size(3, 35)
STOPS = size(3, 20)


def test_a_sitting_goes_on_with_the_same_form_after_kill_9_and_after_hang_up(
    company: Path,
) -> None:
    with terminal(company, *OPTIONS) as first:
        open_exam(first)
        first.press("1")
        first.wait_for("✓ Saved")
        first.press("right", "f", "right", "2")
        shown = first.wait_for("answered 2  ⚑ flagged 1")
        first.wait_for("✓ Saved")
        first.read(0.5)
        first.kill()
    third_item = stem(shown)

    with terminal(company, *OPTIONS) as second:
        shown = open_exam(second)
        assert stem(shown) == third_item
        assert "Item 3 / 40" in shown
        assert "answered 2  ⚑ flagged 1" in shown
        second.hang_up()
        assert not second.child.isalive()

    with terminal(company, *OPTIONS) as last:
        shown = open_exam(last)
        assert stem(shown) == third_item
        last.press("s")
        last.wait_for("38 items have no answer")
        last.read(0.5)  # a yes in the first moment counts as a slip
        last.press("y")
        last.wait_for("Not passed")


def test_a_terminal_that_dies_at_any_moment_loses_nothing_that_it_called_saved(
    company: Path, tally: Tally
) -> None:
    chance = random.Random(5)
    saved = 0
    for number in range(DEATHS):
        with terminal(company, *OPTIONS) as screen:
            found = answered(open_exam(screen))
            assert saved <= found <= saved + 1  # the key before the end may have arrived, too
            saved = found
            for _ in range(chance.randrange(1, 3)):
                if saved < 38:
                    saved = answered(answer_next(screen))
            go_on(screen)
            screen.child.send("12"[number // 8 % 2])
            time.sleep(chance.uniform(0, 0.1))  # anywhere between the key and "Saved"
            if number % 2:
                screen.hang_up()
            else:
                screen.kill()
    platform = open_platform(Settings(home=Home(company)))
    check_file(platform)
    check_books(platform)
    platform.close()
    tally("kill -9 and hang-up of a terminal", faults=DEATHS, acknowledged=saved, lost=0)


def test_a_stopped_program_goes_on_with_the_keys_it_missed(company: Path, tally: Tally) -> None:
    chance = random.Random(6)
    with terminal(company, *OPTIONS) as screen:
        open_exam(screen)
        screen.press("1")
        wait_until_saved(screen, 1)
        for number in range(1, STOPS + 1):
            go_on(screen)
            screen.child.send("f")
            time.sleep(chance.uniform(0, 0.1))  # anywhere while the flag is saved
            os.kill(int(screen.child.pid or 0), signal.SIGSTOP)
            screen.child.send("1")
            assert answered(screen.read(chance.uniform(0.1, size(1, 60)))) == number
            os.kill(int(screen.child.pid or 0), signal.SIGCONT)
            assert f"flagged {number}" in wait_until_saved(screen, number + 1)
    tally("SIGSTOP while answering", faults=STOPS, acknowledged=2 * STOPS + 1, lost=0)


def test_keys_that_arrive_all_at_once_answer_item_after_item(company: Path) -> None:
    with terminal(company, *OPTIONS) as screen:
        open_exam(screen)
        screen.press("1")
        wait_until_saved(screen, 1)
        screen.child.send("\x1b[C1" * 8)

        wait_until_saved(screen, 9)

"""Sitting an exam in a real terminal: what a person does there, and what the screen tells them."""

import re
import time

from tests.terminal import Terminal

LEARNER = "001001"
OPTIONS = ("--lang", "en", "--as", LEARNER)


def open_exam(screen: Terminal) -> str:
    """From the home page through the lobby into the exam on top of the list."""
    screen.wait_for("Now")
    time.sleep(0.5)  # a key in the first moment counts as a slip
    screen.press("enter")
    screen.wait_for("Enter")
    time.sleep(0.5)
    screen.press("enter")
    screen.wait_for(" / 40 ")  # the lobby speaks of saving, too
    return screen.wait_for("flagged")


def stem(shown: str) -> str:
    """The item that is in the eye."""
    return shown.split("\n")[2].strip()


def is_saved(shown: str) -> bool:
    """Whether the screen says that everything is safe."""
    return "✓ Saved" in shown or "✓ Everything is saved" in shown


def answered(shown: str) -> int:
    """How many items are answered, as the screen counts them."""
    found = re.search(r"answered (\d+)", shown)
    assert found, shown
    return int(found[1])


def seconds_left(shown: str) -> int:
    """The time that is left, as the screen tells it."""
    found = re.search(r"(?:left|Only) (\d+):(\d\d)", shown)
    assert found, shown
    return 60 * int(found[1]) + int(found[2])


def go_on(screen: Terminal) -> None:
    """Go to the next item, or from the last one back to the first, and wait until it is there."""
    place = number(screen.read(0))
    if place == 40:
        screen.press("g", "1", "enter")
    else:
        screen.press("right")
    screen.wait_for(f"Item {place % 40 + 1} / 40")
    screen.read(0.1)


def number(shown: str) -> int:
    """The number of the item in the eye."""
    found = re.search(r"Item (\d+) / 40", shown)
    assert found, shown
    return int(found[1])


def answer_next(screen: Terminal) -> str:
    """Answer the next item that has no answer; the screen as it says that this is saved."""
    before = answered(screen.read(0))
    go_on(screen)
    while "(●)" in (shown := screen.read(0)) or "[✓]" in shown:
        go_on(screen)
    screen.press("1")
    return wait_until_saved(screen, before + 1)


def wait_until_saved(screen: Terminal, count: int) -> str:
    """Read until the screen says that so many answers are saved."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        shown = screen.read(0.05)
        if is_saved(shown) and answered(shown) == count:
            return shown
    raise AssertionError(f"{count} answers were not saved; the screen is:\n{screen.read()}")

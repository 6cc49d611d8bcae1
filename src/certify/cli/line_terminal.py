"""A terminal that can do nothing but lines: what is said, and what is typed."""

import sys
from contextlib import suppress

from certify.cli.text import wrap
from certify.domain.clean import clean_line


class Closed(Exception):
    """The terminal was closed, or the person leaves for now."""


def say(text: str) -> None:
    """Write a text, in lines that fit."""
    for part in wrap(text):
        print(part)


def ask(prompt: str) -> str:
    """One line typed by the person, without blanks around it.

    Raises:
        Closed: they left with `q`, or the terminal is gone.
    """
    print(prompt, end=" ", flush=True)
    typed = line()
    if typed.lower() == "q":
        raise Closed
    return typed


def line() -> str:
    """The next line, whatever stands on it, without blanks around it.

    Raises:
        Closed: the terminal is gone.
    """
    try:
        typed = sys.stdin.readline()
    except OSError:  # the terminal is gone
        typed = ""
    if not typed:
        with suppress(OSError):
            print()
        raise Closed
    return clean_line(typed).strip()

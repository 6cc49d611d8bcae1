"""A terminal that can do nothing but lines: what is said, and what is typed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Protocol

from certify.cli.text import wrap
from certify.domain.clean import clean, clean_line


class Closed(Exception):
    """The terminal was closed, or the person leaves for now."""


class Lines(Protocol):
    """A terminal that is not this program's own, such as one at the end of a connection."""

    def write(self, text: str, /) -> None:
        """Write."""

    def readline(self) -> str:
        """The next line with its end; empty when there are no more."""


_other: ContextVar[Lines | None] = ContextVar("certify_lines", default=None)


@contextmanager
def talking_on(lines: Lines) -> Iterator[None]:
    """Use another terminal than the program's own for the length of a block."""
    token = _other.set(lines)
    try:
        yield
    finally:
        _other.reset(token)


def tell(text: str, end: str = "\n") -> None:
    """Write a text as it stands, but for what would be an order to the terminal."""
    if (other := _other.get()) is not None:
        other.write(clean(text) + end)
    else:
        print(clean(text), end=end, flush=end != "\n")


def say(text: str) -> None:
    """Write a text, in lines that fit."""
    for part in wrap(text):
        tell(part)


def ask(prompt: str) -> str:
    """One line typed by the person, without blanks around it.

    Raises:
        Closed: they left with `q`, or the terminal is gone.
    """
    tell(prompt, end=" ")
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
        typed = (_other.get() or sys.stdin).readline()
    except OSError:  # the terminal is gone
        typed = ""
    if not typed:
        with suppress(OSError):
            tell("")
        raise Closed
    return clean_line(typed).strip()

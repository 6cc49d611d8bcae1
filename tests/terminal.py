"""A real program in a real pseudo-terminal, and what stands on its screen."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pexpect
import pyte


class Terminal:
    """`certify` in a pseudo-terminal of its own."""

    def __init__(
        self,
        home: Path | None,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        program: str = "certify",
        **more: str,
    ) -> None:
        columns, lines = size
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONWARNINGS": "default"}
        where = () if home is None else ("--home", str(home))
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", program, *where, *arguments],
            env=environment | more,
            dimensions=(lines, columns),
            encoding=None,
            timeout=30,
        )

    def read(self, seconds: float = 0.1) -> str:
        """Take in what the program wrote; returns the screen."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with suppress(pexpect.TIMEOUT):
                try:
                    self._stream.feed(self.child.read_nonblocking(65536, timeout=left))
                except pexpect.EOF:
                    break
        return "\n".join(self.screen.display)

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """Read until a text stands on the screen."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if text in (shown := self.read()):
                return shown
        raise AssertionError(f"“{text}” did not appear; the screen is:\n{self.read()}")

    def wait_for_end(self) -> str:
        """Until the program has ended; returns what it wrote last."""
        told = self.child.read()
        self.child.wait()
        return told.decode(errors="replace")

    def press(self, *keys: str) -> None:
        """Send keys as a terminal does."""
        names = {"enter": "\r", "right": "\x1b[C", "left": "\x1b[D", "down": "\x1b[B"}
        for key in keys:
            self.child.send(names.get(key, key))
            self.read(0.05)

    def kill(self) -> None:
        """kill -9: the program gets no chance to tidy up."""
        os.kill(int(self.child.pid or 0), signal.SIGKILL)
        self.child.wait()

    def hang_up(self) -> None:
        """The terminal goes away, as when a window is closed or a connection drops."""
        self.child.close(force=False)


@contextmanager
def terminal(
    home: Path | None,
    *arguments: str,
    size: tuple[int, int] = (80, 24),
    program: str = "certify",
    **more: str,
) -> Iterator[Terminal]:
    """A running program, killed at the end; `more` is added to its environment."""
    opened = Terminal(home, *arguments, size=size, program=program, **more)
    try:
        yield opened
    finally:
        opened.child.close(force=True)

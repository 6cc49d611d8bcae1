"""A terminal that takes lines only, as a thread of its own talks with it.

Nothing of the server's machine edits the line: with a terminal at the other end every key comes at
once and is echoed here; without one, whole lines come.
"""

from __future__ import annotations

import asyncio
import queue
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.services.sign_in import SignedIn

    Plain = Callable[[Platform, SignedIn, "Lines"], int]
    """Sits an exam by lines; runs in a thread of its own and returns the exit code."""

LONGEST = 4096
"""Characters of one line; more are not taken."""
MOST_WAITING = 1000
"""Lines typed ahead."""


class Lines:
    """Reads and writes lines; `read` and `write` are called by the thread, all else by the loop."""

    def __init__(self, send: Callable[[bytes], None], *, has_echo: bool) -> None:
        """Args:
        has_echo: whether there is a terminal that shows what comes back.
        """
        self._send, self._has_echo = send, has_echo
        self._loop = asyncio.get_running_loop()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._typed = ""
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._is_ended = False
        self._after_return = False
        self.holds = False
        """Whether an exam is being sat."""
        self.is_secret = False
        """Whether what is typed is not shown."""

    async def run(self, talk: Callable[[], int]) -> int:
        """Run the other side of the talk in a thread of its own."""
        done: asyncio.Future[int] = self._loop.create_future()

        def work() -> None:
            try:
                code = talk()
            except BaseException as problem:
                self._soon(partial(done.set_exception, problem))
            else:
                self._soon(partial(done.set_result, code))

        Thread(target=copy_context().run, args=(work,), name="certify-lines", daemon=True).start()
        return await done

    def _soon(self, call: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the server has stopped; what was saved is saved
            self._loop.call_soon_threadsafe(call)

    def write(self, text: str) -> None:
        """Write; from any thread."""
        data = text.replace("\n", "\r\n" if self._has_echo else "\n").encode("utf-8", "replace")
        self._soon(lambda: self._send(data))

    def isatty(self) -> bool:
        """Whether there is a terminal that shows what comes back."""
        return self._has_echo

    def readline(self) -> str:
        """The next line with its end, as of a file; empty at the end of all."""
        line = self._lines.get()
        return "" if line is None else f"{line}\n"

    def feed(self, data: bytes) -> None:
        """Take what was typed."""
        for character in self._decode(data):
            self._take(character)

    def _take(self, character: str) -> None:
        if character == "\n" and self._after_return:  # the second half of one line end
            self._after_return = False
            return
        self._after_return = character == "\r"
        if character in "\r\n":
            self._finish()
        elif character in "\x03\x04":
            if character == "\x03" or not self._typed:
                self.end()
        elif character in "\b\x7f":
            if self._typed:
                self._echo("\b \b" * max(cell_len(self._typed[-1]), 1))
                self._typed = self._typed[:-1]
        elif character == "\x15":
            self._echo("\b \b" * cell_len(self._typed))
            self._typed = ""
        elif (character.isprintable() or character == "\t") and len(self._typed) < LONGEST:
            self._typed += character
            self._echo(character)

    def _finish(self) -> None:
        if self._has_echo:
            self._send(b"\r\n")
        if self._lines.qsize() < MOST_WAITING:
            self._lines.put(self._typed)
        self._typed = ""

    def _echo(self, text: str) -> None:
        if self._has_echo and not self.is_secret:
            self._send(text.encode())

    def end(self) -> None:
        """Nothing more will come."""
        if not self._is_ended:
            self._is_ended = True
            if self._typed:
                self._finish()
            self._lines.put(None)

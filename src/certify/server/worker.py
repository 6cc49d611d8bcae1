"""One place among the workers of a server, and the process that fills it."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from certify import i18n
from certify.errors import CertifyError
from certify.i18n import Speaker
from certify.server.board import DIED, HUNG, Board, Seat
from certify.server.node import Duty, run

log = logging.getLogger("certify.server")
LIVED_SECONDS = 60
"""A worker that lived so long is begun again at once; one that did not is waited for."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
SILENT_SECONDS = 20
"""A worker whose event loop gave no sign of life for so long serves nobody: it is replaced."""
START_SECONDS = 300
"""How long the program may take to load, until the first sign of life."""
FAULT = 70


@dataclass
class Worker:
    """One place among the workers, and the process that fills it."""

    duty: Duty
    board: Board
    process: BaseProcess | None = None
    pipe: Connection | None = None
    seat: Seat | None = None
    node: str = ""
    """Its name, from when its doors are open."""
    begun_at: float = 0.0
    begin_at: float = 0.0
    """When it is to begin."""
    pause: float = 0.0
    failure: CertifyError | None = None
    """What it said when it could not serve."""
    is_heard: bool = True
    """Whether it may say something yet."""
    beats: int = 0
    """Its last sign of life."""
    silent: float = 0.0
    """Seconds since, of those in which the parent was awake."""
    why: int = DIED
    """What its end will be counted as."""

    def begin(self) -> None:
        """Start a process; it reads the program anew, for a newer one may be installed."""
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        seat = self.board.seat()
        made = context.Process(target=_work, args=(self.duty, theirs, seat, i18n.language()))
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which it inherits
        try:
            made.start()
        except BaseException:
            self.board.give_back(seat)
            raise
        finally:
            signal.signal(signal.SIGINT, before)
            theirs.close()
        self.process, self.pipe, self.seat = made, ours, seat
        self.node, self.failure, self.is_heard = "", None, True
        self.beats, self.silent, self.why, self.begun_at = 0, 0.0, DIED, time.monotonic()

    def order(self, order: str) -> None:
        """Tell it to stop."""
        if self.pipe is not None:
            with suppress(OSError):  # it has ended
                self.pipe.send(order)

    def kill(self) -> None:
        """End it without asking."""
        if self.process is not None:
            self.process.kill()

    def hear(self) -> None:
        """Take in what it said."""
        try:
            while self.pipe is not None and self.is_heard and self.pipe.poll():
                said = self.pipe.recv()
                if isinstance(said, CertifyError):
                    self.failure = said
                else:
                    self.node = said
        except (EOFError, OSError):
            self.is_heard = False  # it has ended, as its process will say

    def watch(self, seconds: float) -> None:
        """Kill it if it hangs; its end is then seen like any other.

        Args:
            seconds: how long the parent was awake since it last asked: a machine that slept, or a
                stopped group of processes, makes nobody silent.
        """
        if self.seat is None or self.has_ended:
            return
        if self.seat.beats != self.beats:
            self.beats, self.silent = self.seat.beats, 0.0
            return
        self.silent += seconds
        if self.silent >= (SILENT_SECONDS if self.beats else START_SECONDS):
            name, seconds = self.node or self.duty.name, round(self.silent)
            log.error("worker %s gave no sign of life for %s s and is killed", name, seconds)
            self.silent, self.why = 0.0, HUNG
            self.kill()

    @property
    def has_ended(self) -> bool:
        """Whether its process is over."""
        return self.process is not None and self.process.exitcode is not None

    def rest(self, now: float) -> None:
        """It died: it is to begin again, at once if it had lived, else after a while."""
        lived = now - self.begun_at >= LIVED_SECONDS
        self.pause = 0.0 if lived else min(LONGEST_PAUSE, max(FIRST_PAUSE, 2 * self.pause))
        self.begin_at = now + self.pause
        name, code = self.node or self.duty.name, self.clear()
        self.board.note_replaced(self.why)
        log.warning("worker %s ended with code %s; another in %s s", name, code, self.pause)

    def clear(self) -> int:
        """Forget the process that ended; gives its exit code."""
        code = self.process.exitcode if self.process is not None else None
        if self.pipe is not None:
            self.pipe.close()
        if self.seat is not None:
            self.board.give_back(self.seat)
        self.process, self.pipe, self.seat, self.node = None, None, None, ""
        return code or 0


def _work(duty: Duty, pipe: Connection, seat: Seat, language: str) -> None:
    """The life of one worker process; says its name when it is open, or why it could not begin."""
    i18n.use(Speaker(language))

    def say(what: object) -> None:
        with suppress(OSError):  # the parent is gone, which ends this one in order
            pipe.send(what)

    try:
        run(duty, ready=say, orders=pipe, seat=seat)
    except CertifyError as problem:
        log.error("this worker could not serve: %s", problem)
        say(problem)
        raise SystemExit(problem.exit_code) from None
    except Exception:  # a traceback would show what was being worked on
        log.exception("this worker ended by a fault")
        raise SystemExit(FAULT) from None

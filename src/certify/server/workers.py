"""Several processes behind one port: begun, begun again when one dies, renewed and stopped in turn.

The parent opens no database and serves nobody, so it does not die of what its workers die of. It
holds the ports, and each worker listens on them; the system deals new connections out. It looks
every two seconds whether each of them still gives signs of life, and replaces one that hangs.
"""

from __future__ import annotations

import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from certify.server import journal
from certify.server.board import Board
from certify.server.node import NOW, STOP, Duty
from certify.server.own_terminal import OwnTerminal
from certify.server.worker import Worker

if TYPE_CHECKING:
    from types import FrameType

log = logging.getLogger("certify.server")
STOP_SECONDS = 15
"""How long workers may take to stop before they are killed."""
LOOK_SECONDS = 2.0
"""How often the parent looks whether all of them live."""


class Crew:
    """All workers of one server, and what is to become of them."""

    def __init__(self, duties: Sequence[Duty], opened: Callable[[], None]) -> None:
        self._name, self._log = duties[0].name, duties[0].settings.home.log
        self._board = Board(len(duties) + 1)  # one more begins or ends while they are renewed
        self._workers = [Worker(duty, self._board) for duty in duties]
        self._opened: Callable[[], None] | None = opened
        self._to_renew: list[Worker] = []
        self._incoming: Worker | None = None
        """The replacement that has begun."""
        self._leaving: list[Worker] = []
        """Those that were replaced and are ending."""
        self._asked: list[int] = []
        """Signals that came."""
        self._looked_at = time.monotonic()
        self._terminal = OwnTerminal()

    def serve(self) -> None:
        """Keep the workers going until the process is told to stop.

        Raises:
            CertifyError: they could not begin, for this reason.
        """
        journal.keep(self._name, self._log)
        with _signals(self._asked) as woken:
            try:
                while not self._is_told_to_stop():
                    self._tend()
                    self._renew()
                    self._wait(woken)
            finally:
                self._stop(woken)

    def _tend(self) -> None:
        """Begin whoever is to begin; whoever died begins again, not faster and faster."""
        now = time.monotonic()
        awake = min(now - self._looked_at, LOOK_SECONDS)  # longer: we were stopped ourselves
        self._looked_at = now
        for worker in self._all():
            worker.watch(awake)
        for worker in self._workers:
            worker.hear()
            if worker.has_ended:
                if self._opened is not None and worker.failure is not None:
                    raise worker.failure
                worker.rest(now)
            if worker.process is None and now >= worker.begin_at:
                worker.begin()
        for worker in [one for one in self._leaving if one.has_ended]:
            worker.clear()
            self._leaving.remove(worker)
        if self._opened is not None and all(worker.node for worker in self._workers):
            self._opened()
            self._opened = None

    def _renew(self) -> None:
        """One after the other: a new one is open before an old one is told to stop."""
        if self._incoming is None:
            if self._to_renew and not self._leaving:
                is_first = len(self._to_renew) == len(self._workers)
                duty = replace(self._to_renew[0].duty, prepares=is_first)
                self._incoming = Worker(duty, self._board)
                self._incoming.begin()
            return
        self._incoming.hear()
        if self._incoming.node:
            old = self._to_renew.pop(0)
            self._incoming.duty = old.duty
            self._workers[self._workers.index(old)] = self._incoming
            if old.process is not None:  # it may have died, and waited to begin again
                old.order(STOP)
                self._leaving.append(old)
            self._incoming = None
        elif self._incoming.has_ended:
            log.error("a new worker could not begin; the others stay as they are")
            self._incoming.clear()
            self._incoming, self._to_renew = None, []

    def _is_told_to_stop(self) -> bool:
        if signal.SIGHUP in self._asked:
            if self._terminal.is_gone:
                return True
            self._asked.remove(signal.SIGHUP)
            if not self._to_renew:
                log.info("renewing the workers one after the other")
                self._to_renew = list(self._workers)
        return bool(self._asked)

    def _wait(self, woken: socket.socket) -> None:
        """Until something happens, or somebody is to begin."""
        running = [one for one in self._all() if one.process is not None and one.pipe is not None]
        begins = [one.begin_at for one in self._workers if one.process is None]
        timeout = max(0.0, min([LOOK_SECONDS, *(at - time.monotonic() for at in begins)]))
        sentinels = [one.process.sentinel for one in running if one.process is not None]
        pipes = [one.pipe for one in running if one.pipe is not None and one.is_heard]
        wait([woken, *sentinels, *pipes], timeout)
        with suppress(BlockingIOError):
            woken.recv(64)

    def _all(self) -> list[Worker]:
        incoming = [self._incoming] if self._incoming is not None else []
        return [*self._workers, *incoming, *self._leaving]

    def _stop(self, woken: socket.socket) -> None:
        """Pass the order on and see everybody out."""
        everybody = [one for one in self._all() if one.process is not None]
        log.info("stopping %s workers", len(everybody))
        until, said = time.monotonic() + STOP_SECONDS, ""
        while left := [one for one in everybody if not one.has_ended]:
            asked = len([one for one in self._asked if one != signal.SIGHUP])
            order = NOW if asked > 1 else STOP
            if order != said:
                for worker in left:
                    worker.order(order)
                said = order
            if (seconds := until - time.monotonic()) <= 0 or asked > 2:
                for worker in left:
                    worker.kill()
            sentinels = [one.process.sentinel for one in left if one.process is not None]
            wait([woken, *sentinels], max(seconds, 0.2))
            with suppress(BlockingIOError):
                woken.recv(64)
        for worker in everybody:
            worker.clear()
        log.info("stopped")


def run_all(duties: Sequence[Duty], *, opened: Callable[[], None]) -> None:
    """Serve with one worker process for each duty until this one is told to stop.

    Args:
        opened: called once, when all of them are open.
    Raises:
        CertifyError: they could not begin, for this reason.
    """
    Crew(duties, opened).serve()


@contextmanager
def _signals(asked: list[int]) -> Iterator[socket.socket]:
    """Signals are noted in a list for the length of a block; what is yielded is read then."""
    ours, systems = socket.socketpair()
    ours.setblocking(False)
    systems.setblocking(False)

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    wanted = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in wanted}
    waker = signal.set_wakeup_fd(systems.fileno(), warn_on_full_buffer=False)
    try:
        yield ours
    finally:
        signal.set_wakeup_fd(waker)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        systems.close()

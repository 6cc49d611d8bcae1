"""All sessions of this process: started a few at a time, each for itself, ended together."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from certify.errors import Refused
from certify.i18n import _
from certify.server import journal, metrics, textual_memory
from certify.server.limits import Limits
from certify.server.session import Caller, Session
from certify.server.sittings import Sittings

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.server.board import Seat
    from certify.server.outlet import Channel

log = logging.getLogger("certify.server")
STARTS_AT_ONCE = 4
TIDY_SECONDS, ENDED_SESSIONS = 30, 20
START_SECONDS = 10
"""After so long a session that shows nothing yet lets the next one start."""
WORKERS = 8
"""Threads for what is asked of the services; saving answers has its own."""
SWITCH_SECONDS = 0.001
"""How long a thread that reckons keeps the others from theirs: Python's 5 ms are felt in keys."""
FAULT = 70
COLLECT = (3000, 5, 10_000)
"""Thresholds of the garbage collector: looking through everybody's widgets stalls everybody."""


class Hall:
    """The people who are in now."""

    def __init__(self, platform: Platform, *, most: int = 2000, seat: Seat | None = None) -> None:
        """Args:
        most: sessions at once; who comes then is told to try again.
        seat: what this process shares with others of its server.
        """
        self.platform = platform
        self.limits, self.seat = Limits(platform, seat), seat
        self.node = ""
        """Name of this process among those on one database."""
        self.sessions: set[Session] = set()
        self._most = most
        self._starting = asyncio.Semaphore(STARTS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_closing = False
        self._ended = 0
        self.sittings = Sittings()
        textual_memory.save()
        gc.set_threshold(*COLLECT)
        sys.setswitchinterval(SWITCH_SECONDS)
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(WORKERS, "certify-services"))
        self._keepers = [
            loop.create_task(self.sittings.keep_ticking()),
            loop.create_task(self.sittings.keep_watching(platform)),
            loop.create_task(self._keep_tidy()),
        ]

    def enter(self, channel: Channel, caller: Caller) -> Session:
        """Begin a session; the channel is closed when it ends.

        Raises:
            Refused: the hall is full or closing.
        """
        if self.is_closing or len(self.sessions) >= self._most:
            raise Refused(_("Too many people are signed in here; try again in a minute."))
        session = Session(self.platform, channel, caller)
        session.app.node = self.node
        session.app.sittings = self.sittings
        self.sessions.add(session)
        metrics.STARTS.inc()
        task = asyncio.get_running_loop().create_task(self._run(session, channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return session

    async def _run(self, session: Session, channel: Channel) -> None:
        code = FAULT
        try:
            await self._starting.acquire()
            running = asyncio.create_task(session.run())
            try:
                begun = asyncio.create_task(session.app.has_begun.wait())
                await asyncio.wait(
                    (running, begun), timeout=START_SECONDS, return_when="FIRST_COMPLETED"
                )
                begun.cancel()
            finally:
                self._starting.release()
            code = await running
        except Exception as fault:  # its words may hold anybody's data
            metrics.FAULTS.inc()
            log.error("a session ended by a fault: %s", journal.in_short(fault))
        finally:
            self.sessions.discard(session)
            channel.close(code)
            session.let_go()
            self._ended += 1

    async def _keep_tidy(self) -> None:
        """Collect what ended sessions left, at moments in which nobody sits an exam."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            if self._ended >= ENDED_SESSIONS and not self.sittings:
                self._ended = 0
                gc.collect()

    async def close(self, seconds: float = 10) -> None:
        """End every session in order; what they had begun stays as it is saved."""
        self.is_closing = True
        for session in list(self.sessions):
            session.send_away()
        for keeper in self._keepers:
            keeper.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

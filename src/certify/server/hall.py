"""All sessions of this process: started a few at a time, each for itself, ended together."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING

from certify.errors import Refused
from certify.i18n import _
from certify.server.session import Caller, Session

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.server.outlet import Channel

log = logging.getLogger("certify.server")
STARTS_AT_ONCE = 2
FAULT = 70
COLLECT = (3000, 5, 10_000)
"""Thresholds of the garbage collector: looking through everybody's widgets stalls everybody."""


class Hall:
    """The people who are in now."""

    def __init__(self, platform: Platform, *, most: int = 2000) -> None:
        """Args:
        most: sessions at once; who comes then is told to try again.
        """
        self.platform = platform
        self.sessions: set[Session] = set()
        self._most = most
        self._starting = asyncio.Semaphore(STARTS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_closing = False
        gc.set_threshold(*COLLECT)

    def enter(self, channel: Channel, caller: Caller) -> Session:
        """Begin a session; the channel is closed when it ends.

        Raises:
            Refused: the hall is full or closing.
        """
        if self.is_closing or len(self.sessions) >= self._most:
            raise Refused(_("Too many people are signed in here; try again in a minute."))
        session = Session(self.platform, channel, caller)
        self.sessions.add(session)
        task = asyncio.get_running_loop().create_task(self._run(session, channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return session

    async def _run(self, session: Session, channel: Channel) -> None:
        code = FAULT
        try:
            code = await session.run()
        except Exception:
            log.exception("a session ended by a fault")
        finally:
            self.sessions.discard(session)
            channel.close(code)

    async def close(self, seconds: float = 10) -> None:
        """End every session in order; what they had begun stays as it is saved."""
        self.is_closing = True
        for session in list(self.sessions):
            session.end()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

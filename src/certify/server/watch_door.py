"""The door for whoever watches the server: `/health` and `/metrics`, for this machine alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from certify.server import metrics

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from certify.server.hall import Hall

ASK_SECONDS = 3
"""How long the database may take to answer."""
LATE_SECONDS = 2
"""An event loop that comes so late serves nobody."""


class WatchDoor:
    """Answers two questions: is this process well, and what did it count."""

    def __init__(
        self, hall: Hall, pulse: metrics.Pulse, ask: Callable[[], int], threads: Executor
    ) -> None:
        """Args:
        ask: asks the database for the number of open attempts; blocks.
        threads: where it is asked.
        """
        self._hall, self._pulse, self._ask, self._threads = hall, pulse, ask, threads
        app = web.Application()
        app.add_routes([web.get("/health", self._health), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)

    async def open(self, host: str, port: int) -> None:
        """Open it at one address."""
        if self._runner.server is None:
            await self._runner.setup()
        await web.TCPSite(self._runner, host, port, reuse_port=True).start()

    async def close(self) -> None:
        """Close it."""
        await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        problem = await self.problem()
        return web.Response(text=f"{problem or 'ok'}\n", status=503 if problem else 200)

    async def _metrics(self, _request: web.Request) -> web.Response:
        await self._attempts()
        body = metrics.text(self._hall)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def problem(self) -> str:
        """Why nobody should be sent here now; empty when all is well. For programs: English."""
        if self._hall.is_closing:
            return "closing"
        if self._pulse.late > LATE_SECONDS:
            return "too busy"
        return "" if await self._attempts() else "the database does not answer"

    async def _attempts(self) -> bool:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._threads, self._ask)
        try:
            metrics.OPEN.set(await asyncio.wait_for(asked, ASK_SECONDS))
        except Exception:  # whatever it is: it does not answer
            metrics.UNREACHABLE.inc()
            return False
        return True

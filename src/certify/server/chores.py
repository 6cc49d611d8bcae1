"""What a server does by itself, again and again: signs of life, overdue attempts, the day's work.

One that fails is logged and done again the next time; none of them can end the server.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from certify import policy as policies
from certify.errors import BadInput
from certify.server import metrics
from certify.services import closing, downtime
from certify.services.policy import changing

if TYPE_CHECKING:
    from certify.platform import Platform

log = logging.getLogger("certify.server")
CLOSE_SECONDS = 5
RULES_SECONDS = 5
DAY_SECONDS = 60


class Chores:
    """The recurring work of one process, each in a thread of its own.

    A sign of life must not wait for a thread that somebody's answer occupies: it would look like an
    outage.
    """

    def __init__(self, platform: Platform, node: str, signs: ThreadPoolExecutor) -> None:
        """Args:
        signs: the thread of the signs of life.
        """
        self._platform, self._node, self._signs = platform, node, signs
        self._rules = _Rules(platform)
        self.pulse = metrics.Pulse()

    @contextmanager
    def done(self) -> Iterator[None]:
        """They are done for the length of a block."""
        beat_seconds = self._platform.policy.sitting.beat_seconds
        with ThreadPoolExecutor(1, "certify-chores") as threads:
            run = partial(asyncio.get_running_loop().run_in_executor, threads)
            tasks = [
                asyncio.create_task(one)
                for one in (
                    self.pulse.beat(),
                    _every(beat_seconds, "the sign of life", self._sign),
                    _every(CLOSE_SECONDS, "closing what is overdue", lambda: run(self._close)),
                    _every(RULES_SECONDS, "reading the rules", lambda: run(self._rules.look)),
                    _every(DAY_SECONDS, "the daily checkpoint", lambda: run(self._day)),
                )
            ]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                threads.shutdown(wait=False, cancel_futures=True)

    async def _sign(self) -> None:
        give = partial(downtime.beat, self._platform, node=self._node)
        await asyncio.get_running_loop().run_in_executor(self._signs, give)
        metrics.SIGN_OF_LIFE.set_to_current_time()

    def _close(self) -> None:
        """Hand in what ran out of time while nobody looked; one of the servers does it."""
        if downtime.leads(self._platform, node=self._node) and (
            closed := closing.close_overdue(self._platform)
        ):
            metrics.CLOSED.inc(closed)

    def _day(self) -> None:
        if self._platform.settings.checkpoints and downtime.leads(self._platform, node=self._node):
            from certify.services.audit import checkpoints  # its cryptography is slow to import

            if checkpoints.daily(self._platform):
                log.warning("the daily checkpoint could not be written")


class _Rules:
    """Puts a changed policy file in force, as a new start would."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._file = platform.settings.home.policy
        self._seen = _state(self._file)

    def look(self) -> None:
        """Read the file if it is another one than was read last."""
        now = _state(self._file)
        if now == self._seen:
            return
        self._seen = now
        try:
            found = policies.load(self._file)
        except BadInput as problem:
            log.warning("the policy file cannot be used, the rules stay as they are: %s", problem)
            return
        if found != self._platform.policy:
            self._platform.adopt(found)
            changing.notice(self._platform)
            log.info("the policy file was changed; its rules are in force")


def _state(file: Path) -> tuple[int, int, int] | None:
    with suppress(OSError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


async def _every(seconds: float, what: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as problem:  # the next time it may work
            metrics.UNREACHABLE.inc()
            log.warning("%s did not work: %s", what, problem)

"""One server process from its start to its end: platform, signs of life, doors, orderly stop."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import pkgutil
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from certify.domain.person import CONSOLE
from certify.platform import open_platform
from certify.server import journal, metrics, ssh
from certify.server.chores import Chores
from certify.server.hall import Hall
from certify.server.own_terminal import OwnTerminal
from certify.server.places import Place
from certify.server.watch_door import WatchDoor
from certify.services import course_sync, downtime
from certify.services.access import entering
from certify.services.policy import changing
from certify.tui import dialogs, screens

if TYPE_CHECKING:
    import asyncssh

    from certify.platform import Platform
    from certify.server.board import Seat
    from certify.server.lines import Plain
    from certify.settings import Settings

log = logging.getLogger("certify.server")
GOODBYE_SECONDS = 6
"""How long sessions may take to end after they were told to."""
LAST_SIGN_SECONDS = 2
BEAT_SECONDS = 2
"""How often the event loop shows the parent that it goes round."""
END_SECONDS = 10
"""After so long a stop ends whatever has not ended: nothing that was acknowledged is in it."""
STOP, NOW = "stop", "now"
"""What a parent process may ask for: end in order, end at once."""


@dataclass(frozen=True)
class Doors:
    """Where people come in, and where the server is watched; None: not there."""

    ssh: Place | None = None
    web: Place | None = None
    metrics: Place | None = None


@dataclass(frozen=True)
class Duty:
    """What one process has to do."""

    settings: Settings
    doors: Doors
    name: str
    """What the names of all processes of this server begin with."""
    plain: Plain | None = None
    """Sits an exam by lines, for terminals that show no screens."""
    prepares: bool = False
    """Whether it loads courses and notices changed rules, as one of several processes does."""


def run(
    duty: Duty,
    *,
    ready: Callable[[str], None],
    orders: Connection | None = None,
    seat: Seat | None = None,
) -> None:
    """Serve until the process is told to stop: by a signal, or by its parent.

    Args:
        ready: called with the name of this process once its doors are open.
        orders: where a parent says `STOP` and `NOW`; when it is closed, the parent is gone.
        seat: what this one shares with other workers; None when it is the only one.
    """
    _allow_many_connections()
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_Node(duty, orders, seat).serve(ready))


class _Node:
    def __init__(self, duty: Duty, orders: Connection | None, seat: Seat | None) -> None:
        self._duty, self._orders, self._seat = duty, orders, seat
        self._stopping, self._hurrying = asyncio.Event(), asyncio.Event()

    async def serve(self, ready: Callable[[str], None]) -> None:
        """Open everything, wait for the order to stop, close everything."""
        settings = self._duty.settings
        journal.keep(self._duty.name, settings.home.log)
        self._listen_for_orders()
        beating = asyncio.create_task(_beat(self._seat))
        signs = ThreadPoolExecutor(1, "certify-signs-of-life")
        platform = await asyncio.to_thread(_open, self._duty)
        try:
            in_time = partial(asyncio.get_running_loop().run_in_executor, signs)
            node = await in_time(partial(downtime.join, platform, name=self._duty.name))
            journal.keep(node, settings.home.log)
            metrics.NODE.info({"node": node})
            entering.heard.append(metrics.sign_in)
            metrics.SIGN_OF_LIFE.set_to_current_time()
            metrics.follow(self._seat)
            hall = Hall(platform, seat=self._seat)
            hall.node = node
            chores = Chores(platform, node, signs)
            with chores.done():
                watching = WatchDoor(
                    hall, chores.pulse, partial(downtime.open_attempts, platform), signs
                )
                try:
                    await self._serve_behind_doors(hall, watching, partial(ready, node))
                finally:
                    await watching.close()
            last = in_time(partial(downtime.stop, platform, node=node))
            try:
                await asyncio.wait_for(last, LAST_SIGN_SECONDS)
            except Exception as problem:  # whatever the database says now
                log.warning("the last sign of life could not be given: %s", problem)
            log.info("stopped")
        finally:
            beating.cancel()
            signs.shutdown(wait=False, cancel_futures=True)
            platform.close()

    async def _serve_behind_doors(
        self, hall: Hall, watching: WatchDoor, ready: Callable[[], None]
    ) -> None:
        doors, home = self._duty.doors, self._duty.settings.home
        acceptors: list[asyncssh.SSHAcceptor] = []
        sites = []
        try:
            if doors.ssh is not None:
                keys = home.root / "ssh"
                for address in doors.ssh.addresses:
                    acceptors.append(
                        await ssh.listen(
                            hall, address, doors.ssh.port, keys, plain=self._duty.plain
                        )
                    )
            if doors.web is not None:
                from certify.server import web  # not everybody opens it

                for address in doors.web.addresses:
                    sites.append(await web.listen(hall, address, doors.web.port))
            if doors.metrics is not None:
                for address in doors.metrics.addresses:
                    await watching.open(address, doors.metrics.port)
            gc.freeze()  # all that is there now stays: nobody waits until it was looked through
            log.info("open")
            ready()
            await self._stopping.wait()
            log.info("stopping with %s sessions", len(hall.sessions))
            _end_for_sure()
        finally:
            for acceptor in acceptors:
                acceptor.close()
            await self._say_goodbye(hall)
            for site in sites:
                await site.close()

    async def _say_goodbye(self, hall: Hall) -> None:
        closing = asyncio.create_task(hall.close(GOODBYE_SECONDS))
        hurrying = asyncio.create_task(self._hurrying.wait())
        await asyncio.wait({closing, hurrying}, return_when=asyncio.FIRST_COMPLETED)
        for task in (closing, hurrying):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _listen_for_orders(self) -> None:
        loop = asyncio.get_running_loop()
        if self._orders is not None:  # Ctrl+C reaches the whole group; the parent passes it on
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            loop.add_signal_handler(signal.SIGTERM, self._stopping.set)
            loop.add_reader(self._orders.fileno(), self._take_order, self._orders)
            return
        loop.add_signal_handler(signal.SIGHUP, self._hear_hangup, OwnTerminal())
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop_or_hurry)

    def _hear_hangup(self, terminal: OwnTerminal) -> None:
        if terminal.is_gone:  # there is nobody to renew this one, and nobody asks
            self._stopping.set()

    def _stop_or_hurry(self) -> None:
        if self._stopping.is_set():
            self._hurrying.set()
            for number in (signal.SIGTERM, signal.SIGINT):  # a third one ends it in any case
                asyncio.get_running_loop().remove_signal_handler(number)
        self._stopping.set()

    def _take_order(self, orders: Connection) -> None:
        try:
            order = orders.recv()
        except (EOFError, OSError):  # the parent is gone: nobody would begin this one again
            asyncio.get_running_loop().remove_reader(orders.fileno())
            order = STOP
        if order == NOW:
            self._hurrying.set()
        self._stopping.set()


async def _beat(seat: Seat | None) -> None:
    """Show that the event loop goes round; an event loop that is stuck cannot."""
    while seat is not None:
        seat.beat()
        await asyncio.sleep(BEAT_SECONDS)


def _open(duty: Duty) -> Platform:
    platform = open_platform(duty.settings)
    if duty.prepares:
        prepare(platform)
    _load_screens()
    gc.freeze()  # what is there now stays: looking through it for garbage took 85 ms each time
    return platform


def _load_screens() -> None:
    """Load every screen now: one that came from a newer program would not fit the services here."""
    for package in (screens, dialogs):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def prepare(platform: Platform) -> None:
    """What is done once for all processes of a server: changed rules noticed, courses loaded."""
    changing.notice(platform)
    course_sync.sync_courses(platform, actor=CONSOLE)


def _end_for_sure() -> None:
    """A thread that waits for a database that is gone must not hold up the end."""
    last = threading.Timer(END_SECONDS, os._exit, (1,))
    last.daemon = True
    last.start()


def _allow_many_connections() -> None:
    """As many open connections as the system lets this process have: the usual 1,024 are few."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    with suppress(ImportError):  # not to be had for Windows
        import uvloop

        return uvloop.new_event_loop
    return None

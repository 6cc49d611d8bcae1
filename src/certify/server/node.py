"""One server process from its start to its end: platform, signs of life, doors, orderly stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certify.errors import CertifyError
from certify.server import ssh
from certify.server.hall import Hall
from certify.services import downtime
from certify.tui import entrance

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.settings import Settings

log = logging.getLogger("certify.server")


@dataclass(frozen=True)
class Doors:
    """Where people come in; None: not there. Host and port; port 0 takes a free one."""

    ssh: tuple[str, int] | None = None
    web: tuple[str, int] | None = None


def run(settings: Settings, doors: Doors, *, node: str, tell: Callable[[str, int], None]) -> None:
    """Serve until the process is told to stop.

    Args:
        node: name of this process, unique among those that share the database.
        tell: called with the kind of door and its port once it is open.
    """
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_serve(settings, doors, node, tell))


async def _serve(
    settings: Settings, doors: Doors, node: str, tell: Callable[[str, int], None]
) -> None:
    platform = await asyncio.to_thread(entrance.open_home, settings)
    try:
        await asyncio.to_thread(downtime.beat, platform, node=node)
        hall, stopping = Hall(platform), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        beating = asyncio.create_task(_keep_beating(platform, node))
        opened = []
        if doors.ssh is not None:
            opened.append(
                acceptor := await ssh.listen(hall, *doors.ssh, settings.home.root / "ssh")
            )
            tell("ssh", acceptor.get_port())
        await stopping.wait()
        for door in opened:
            door.close()
        await hall.close()
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        await asyncio.to_thread(downtime.stop, platform, node=node)
    finally:
        platform.close()


async def _keep_beating(platform: Platform, node: str) -> None:
    while True:
        await asyncio.sleep(platform.policy.sitting.beat_seconds)
        try:
            await asyncio.to_thread(downtime.beat, platform, node=node)
        except CertifyError as problem:  # the next sign of life may get through
            log.warning("no sign of life could be given: %s", problem)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    with suppress(ImportError):  # not to be had for Windows
        import uvloop

        return uvloop.new_event_loop
    return None

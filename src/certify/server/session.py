"""One person at one terminal: an app of their own in the process of all."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.color import ColorSystem

from certify.server.outlet import Channel, Outlet
from certify.server.terminal import Terminal, driver_on
from certify.tui.app import CertifyApp

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.services.sign_in import SignedIn

log = logging.getLogger("certify.server")
COLOURS: dict[int, ColorSystem | None] = {
    0: None,
    16: ColorSystem.STANDARD,
    256: ColorSystem.EIGHT_BIT,
    1 << 24: ColorSystem.TRUECOLOR,
}


@dataclass(frozen=True)
class Caller:
    """Who is at the other end, and what their terminal can show."""

    address: str
    """IP address without port; never written into a log."""
    size: tuple[int, int] = (80, 24)
    """Columns and rows."""
    colours: int = 256
    """0, 16, 256 or 16,777,216."""
    mouse: bool = True
    signed_in: SignedIn | None = None
    """None: they sign in on the first screen."""
    exam: str | None = None
    """Code of the exam whose lobby is opened first."""


class HostedApp(CertifyApp):
    """The app of one session; nothing of it touches the machine of the server."""

    IS_REMOTE = True

    def _keep_settings(self) -> None:
        """Language and theme are this session's; the server's own stay."""


class Session:
    """An app on a channel; the door feeds it, the hall runs it."""

    def __init__(self, platform: Platform, channel: Channel, caller: Caller) -> None:
        self.caller = caller
        self.outlet = Outlet(channel)
        self.app = HostedApp(
            platform.settings, platform=platform, exam=caller.exam, signed_in=caller.signed_in
        )
        # Each app would take the process's output for itself while it runs, and give it back to
        # the app before it, which has long ended.
        self.app._capture_stdout = self.app._capture_stderr = sys.__stderr__  # type: ignore[assignment]
        self.app.console._color_system = COLOURS[caller.colours]
        self.app.driver_class = driver_on(self.outlet, self._attach)
        self._terminal: Terminal | None = None
        self._early: list[bytes] = []
        self._size = caller.size

    async def run(self) -> int:
        """Run the app until the person leaves; its exit code."""
        await self.app.run_async(mouse=self.caller.mouse, size=self._size)
        self.outlet.flush()
        return self.app.return_code or 0

    def _attach(self, terminal: Terminal) -> None:
        self._terminal = terminal
        for data in self._early:
            self.app.call_later(terminal.feed, data)
        self._early.clear()

    def feed(self, data: bytes) -> None:
        """Take what the person typed, also before the app is there."""
        if self._terminal is not None:
            self._terminal.feed(data)
        elif sum(map(len, self._early)) + len(data) < 4096:
            self._early.append(data)

    def resize(self, columns: int, rows: int) -> None:
        """Their terminal has another size now."""
        self._size = (columns, rows)
        if self._terminal is not None:
            self._terminal.resize(columns, rows)

    def end(self) -> None:
        """The connection is gone, or the server stops: end the app, not what it had begun."""
        self.app.exit()

"""One person at one terminal: an app of their own in the process of all."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from certify import i18n
from certify.i18n import _
from certify.server.hosted import HostedApp
from certify.server.outlet import Channel, Outlet
from certify.server.terminal import Terminal, driver_on
from certify.tui import apart

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.services.sign_in import SignedIn

log = logging.getLogger("certify.server")


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
    lang: str = ""
    """Language and theme to begin with; empty for the server's own."""
    theme: str = ""


class Session:
    """An app on a channel; the door feeds it, the hall runs it."""

    def __init__(self, platform: Platform, channel: Channel, caller: Caller) -> None:
        self.caller = caller
        self.outlet = Outlet(channel)
        settings = replace(
            platform.settings,
            lang=caller.lang or platform.settings.lang,
            theme=caller.theme or platform.settings.theme,
        )
        self.app = HostedApp(
            settings, platform=platform, exam=caller.exam, signed_in=caller.signed_in
        )
        self.app.address = caller.address
        self.app.offer_file = getattr(channel, "offer_file", None)
        self.app.colours = caller.colours
        self.app.driver_class = driver_on(self.outlet, self._attach)
        self._terminal: Terminal | None = None
        self._early: list[bytes] = []
        self._size = caller.size
        self._last_words = ""
        self._is_over = False

    async def run(self) -> int:
        """Run the app until the person leaves; its exit code."""
        if self._is_over:  # gone before it was their turn
            return 0
        await self.app.run_async(mouse=self.caller.mouse, size=self._size)
        if self.app.fault:
            with i18n.speaking(self.app.speaker.language):
                told = _("This is a fault in certify ({fault}); what was saved stays saved.")
                self._last_words = told.format(fault=self.app.fault)
        if self._last_words:
            self.outlet.insist(f"{self._last_words}\r\n")
        self.outlet.flush()
        return self.app.return_code or 0

    def let_go(self) -> None:
        """Give the memory of the app back, after it has ended."""
        self._is_over = True
        self._terminal = None
        self.outlet.shut()
        apart.let_go(self.app.left)

    def _attach(self, terminal: Terminal) -> None:
        self._terminal = terminal
        for data in self._early:
            self.app.call_later(terminal.feed, data)
        self._early.clear()

    def feed(self, data: bytes) -> None:
        """Take what the person typed, also before the app is there."""
        if self._terminal is not None:
            self._terminal.feed(data)
        elif not self._is_over and sum(map(len, self._early)) + len(data) < 4096:
            self._early.append(data)

    def resize(self, columns: int, rows: int) -> None:
        """Their terminal has another size now."""
        self._size = (columns, rows)
        if self._terminal is not None:
            self._terminal.resize(columns, rows)

    def end(self) -> None:
        """The connection is gone, or the server stops: end the app, not what it had begun."""
        if not self._is_over:
            self._is_over = True
            if self._terminal is not None:
                self._terminal.disable_input()
            self.app.exit()

    def send_away(self) -> None:
        """The server stops: end the app, and say on the terminal it leaves how to go on."""
        with i18n.speaking(self.app.speaker.language):
            self._last_words = _(
                "The server is being restarted. What was saved stays saved: "
                "connect again in a moment and go on where you were."
            )
        self.end()

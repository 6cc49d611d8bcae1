"""A terminal at the other end of a connection, as Textual drives it: no tty, threads or signals."""

from __future__ import annotations

import asyncio
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.geometry import Size

from certify.server.typed_input import TypedInput
from certify.tui.widgets.too_small import LEAST_DRAWN

if TYPE_CHECKING:
    from textual.app import App

    from certify.server.outlet import Outlet

MOST = (240, 80)
"""Columns and rows: a client that asks for more gets so many."""
ESCAPE_SECONDS = 0.1
"""An escape that nothing follows for so long was the key Esc."""
REST_IN, REST_OUTSIDE = 1.0, 3.0
"""How long a terminal waits after its last input was dealt with, as a multiple of what that took:
of somebody who is signed in, and of anybody else. Under a flood of costly keys or sizes all of them
together take a half, and a quarter, of the processor, however many they are."""
LOOK_SECONDS = 0.02
SLICE_SECONDS = 0.01
ENTER = (
    "\x1b[?1049h"  # full screen
    "\x1b[?25l"  # no cursor
    "\x1b[?1004h"  # tell when the window is left
    "\x1b[?2026$p"  # ask whether updates can be bracketed
    "\x1b[?2004h"  # bracket what is pasted
    "\x1b[?7l"  # no line wrap
)
MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
MOUSE_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1006l"
LEAVE = "\x1b[?2004l\x1b[?7h\x1b[?1004l\x1b[0m\x1b[?1049l\x1b[?25h"


def within(columns: int, rows: int) -> tuple[int, int]:
    """A size that a client asked for, brought to what is drawn."""
    return (
        min(max(columns, LEAST_DRAWN[0]), MOST[0]),
        min(max(rows, LEAST_DRAWN[1]), MOST[1]),
    )


def driver_on(outlet: Outlet, attach: Callable[[Terminal], None]) -> Any:
    """What an app takes as its driver class.

    Args:
        attach: is given the driver as soon as the app made it.
    """

    def make(app: App[Any], *, debug: bool, mouse: bool, size: tuple[int, int] | None) -> Terminal:
        terminal = Terminal(app, outlet, mouse=mouse, size=size)
        attach(terminal)
        return terminal

    return make


class Terminal(Driver):
    """Turns bytes of a connection into events of its app, and the app's pictures into bytes."""

    def __init__(
        self, app: App[Any], outlet: Outlet, *, mouse: bool, size: tuple[int, int] | None
    ) -> None:
        super().__init__(app, mouse=mouse, size=size or (80, 24))
        self._outlet = outlet
        self._parser = XTermParser()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._escape: asyncio.TimerHandle | None = None
        self._is_open = False
        """Whether the full screen is on."""
        self._hears = False
        """Whether what comes in is dealt with."""
        self._input = TypedInput()
        self._slice: asyncio.TimerHandle | None = None
        self._began: float | None = None
        """When what is being dealt with now came; None while nothing is."""
        self._wanted: tuple[int, int] | None = None
        """A size that came meanwhile."""

    def start_application_mode(self) -> None:
        self._is_open = self._hears = True
        self._outlet.on_drained = self.repaint
        self._outlet.insist(ENTER + (MOUSE_ON if self._mouse else ""))
        self.resize(*(self._size or (80, 24)))

    def stop_application_mode(self) -> None:
        if self._is_open:
            self._is_open = False
            self._outlet.insist((MOUSE_OFF if self._mouse else "") + LEAVE)
            with suppress(ParseError):
                list(self._parser.feed(""))  # at its end it forgets the last keys, and itself
        self.disable_input()

    def disable_input(self) -> None:
        self._hears = False
        for timer in (self._escape, self._slice):
            if timer is not None:
                timer.cancel()
        self._slice = self._escape = None

    def write(self, data: str) -> None:
        self._outlet.write(data)

    def paint(self, data: str) -> None:
        """Write a few cells beside Textual's own pictures; `Drawn` asks for this by its name."""
        self._outlet.write(data)

    def flush(self) -> None:
        """The outlet sends at the end of the loop pass."""

    def feed(self, data: bytes) -> None:
        """Take what came from the connection."""
        if not self._hears:
            return
        self._input.add(self._decode(data))
        if self._slice is None and self._began is None:
            self._understand()

    def _understand(self) -> None:
        """Make events of a slice of what came, and of the next when others had their turn."""
        self._slice = None
        if not self._hears:
            return
        if self._escape is not None:
            self._escape.cancel()
            self._escape = None
        if text := self._input.take(self._loop.time()):  # the parser takes nothing for the end
            events = list(self._parser.feed(text))
            self._input.spend(len(events))
            for event in events:
                self.process_message(event)
            self._await_rest()
        elif not self._input.is_empty:
            self._slice = self._loop.call_later(SLICE_SECONDS, self._understand)
        if self._input.is_empty:
            self._escape = self._loop.call_later(ESCAPE_SECONDS, self._tick)

    def _await_rest(self) -> None:
        """Deal with nothing more until the app has dealt with what it was given."""
        if self._began is None:
            self._began = self._loop.time()
            self._app.call_later(self._look)

    def _look(self) -> None:
        """The app has heard it all; what the keys lead to may still go on."""
        if not self._hears:
            return
        if getattr(self._app, "is_typed_ahead", False):
            self._slice = self._loop.call_later(LOOK_SECONDS, self._look)
            return
        began, self._began = self._began or self._loop.time(), None
        is_in = getattr(self._app, "actor", None) is not None
        rest = (self._loop.time() - began) * (REST_IN if is_in else REST_OUTSIDE)
        self._slice = self._loop.call_later(rest, self._go_on)

    def _go_on(self) -> None:
        self._slice = None
        if (size := self._wanted) is not None:
            self._wanted = None
            self.resize(*size)
        elif not self._input.is_empty:
            self._understand()

    def _tick(self) -> None:
        self._escape = None
        if self._hears:
            rest = self._input.take_rest()
            for event in [*(self._parser.feed(rest) if rest else ()), *self._parser.tick()]:
                self.process_message(event)

    def send_message(self, message: Any) -> None:
        self._app.post_message(message)

    def resize(self, columns: int, rows: int) -> None:
        """The other end has another size now; of several that came meanwhile the last counts."""
        self._size = within(columns, rows)
        if self._began is not None or self._slice is not None:
            self._wanted = self._size
            return
        size = Size(*self._size)
        self._app.post_message(events.Resize(size, size))
        self._await_rest()

    def repaint(self) -> None:
        """Draw everything again."""
        self._app.call_later(self._app.refresh, layout=True)  # called from outside the app

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Nothing is opened on the server."""

    def deliver_binary(self, *_args: Any, **_kwargs: Any) -> None:
        """No file is written on the server."""

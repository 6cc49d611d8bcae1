"""The app of one person among many: it touches nothing of the server's machine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from rich.color import ColorSystem
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.filter import LineFilter
from textual.screen import Screen

from certify.server import journal, metrics, textual_memory
from certify.server.colours import TRUE_COLOUR, filters
from certify.tui import apart
from certify.tui.app import FAULT, CertifyApp
from certify.tui.painting import Unseen

if TYPE_CHECKING:
    from certify.platform import Platform
    from certify.services.sign_in import SignedIn
    from certify.settings import Settings

P = ParamSpec("P")
Result = TypeVar("Result")
OPENING_SECONDS = 0.02
"""In this time a screen is made and laid out, in several steps of which none is worth seeing."""
log = logging.getLogger("certify.server")
SAVERS = ThreadPoolExecutor(32, "certify-saving")
"""Answers are saved by so many at once, of which one writes for all that wait (group commit)."""

ACTIONS = frozenset(
    {
        *("help", "language", "theme", "palette", "page", "sign_out", "quit", "help_quit"),
        *("focus_next", "focus_previous"),
    }
)
"""What may be done with the app itself; Textual's other actions take pictures, stop the process or
change pages past their checks."""


class HostedApp(CertifyApp):
    """The app of one session; nothing of it touches the machine of the server."""

    IS_REMOTE = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action in ACTIONS and super().check_action(action, parameters)

    def __init__(
        self,
        settings: Settings,
        *,
        platform: Platform,
        exam: str | None,
        signed_in: SignedIn | None,
    ) -> None:
        super().__init__(settings, platform=platform, exam=exam, signed_in=signed_in)
        self.colours = TRUE_COLOUR
        """How many the terminal shows."""
        self.has_begun = asyncio.Event()
        """Set when the first page is shown."""
        self.fault = ""
        """What kind of fault ended the app; empty when none did."""
        self.left: list[Any] = [self]
        """What is to be given back once the app has ended."""
        apart.leave_output_alone(self)
        apart.render_all_colours(self)
        apart.hide_tooltips(self)
        # Whatever the server itself was started on; `filters` brings it down for each terminal.
        self.console._color_system = ColorSystem.TRUECOLOR

    def get_default_screen(self) -> Screen[Any]:
        """What lies under the first page."""
        return Unseen(id="_default")

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Open a screen, and paint it once it is made."""
        self._paint_later()
        below = self.screen if self._running and self.screen_stack else None
        pushed = super().push_screen(*args, **kwargs)
        if below is not None and not self.screen.is_modal:
            textual_memory.forget_lines(below)
        return pushed

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        """Open a screen in the place of another, and paint it once it is made."""
        self._paint_later()
        return super().switch_screen(screen)

    def pop_screen(self) -> AwaitComplete:
        """Go back, and paint the screen before once."""
        self._paint_later()
        return super().pop_screen()

    def _paint_later(self) -> None:
        if self._running:
            self.delay_update(OPENING_SECONDS)

    def _end_batch(self) -> None:
        super()._end_batch()
        if not self._batch_count and self._running and self.screen_stack:
            self.screen.refresh()  # see `PaintedOnce`

    async def _shutdown(self) -> None:
        self.left = [*apart.nodes_of(self), self._animator]
        await super()._shutdown()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return filters(self.current_theme.dark, self.colours)

    def has_shown(self) -> None:
        self.has_begun.set()

    async def use(
        self,
        use_case: Callable[Concatenate[Platform, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        with metrics.watched(getattr(use_case, "__name__", "")):
            return await super().use(use_case, *args, **kwargs)

    async def use_own(
        self,
        use_case: Callable[Concatenate[Platform, P], Result],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        context = copy_context()
        call = partial(context.run, partial(use_case, self.platform, *args, **kwargs))
        with metrics.watched(getattr(use_case, "__name__", "")):
            return await asyncio.get_running_loop().run_in_executor(SAVERS, call)

    def _keep_settings(self) -> None:
        """Language and theme are this session's; the server's own stay."""

    def _handle_exception(self, error: Exception) -> None:
        # Where it happened, but not its words: in them may be anybody's data.
        self.fault = self.fault or type(journal.original(error)).__name__
        metrics.FAULTS.inc()
        log.error("a session ended by a fault: %s", journal.in_short(error))
        App._handle_exception(self, error)

    def _fatal_error(self) -> None:
        self._return_code = FAULT
        self._close_messages_no_wait()

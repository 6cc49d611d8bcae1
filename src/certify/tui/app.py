"""The app: paints at once, opens the home behind the first screen, then shows the right page.

Nothing that needs the database is imported before the first paint.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events, work
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from certify import i18n
from certify import settings as settings_file
from certify.errors import CertifyError
from certify.i18n import N_, Speaker, _
from certify.settings import Settings
from certify.tui import bounds
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.screens.opening import OpeningScreen
from certify.tui.service_calls import ServiceCalls
from certify.tui.shared_stylesheet import SharedStylesheet
from certify.tui.theme import THEMES
from certify.tui.typed_ahead import TypedAhead
from certify.tui.widgets.too_small import LEAST_DRAWN, LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from textual.screen import Screen

    from certify.platform import Platform
    from certify.services.sign_in import SignedIn
    from certify.tui.sitting_page import SittingPage

FAULT = 70
"""Exit code of a fault in the program, as on the command line."""
log = logging.getLogger("certify.tui")
_variables: dict[str, dict[str, str]] = {}


class CertifyApp(ServiceCalls, App[int]):
    """One person's screens on one terminal."""

    CSS_PATH = [Path(__file__).with_name("app.tcss")]
    TITLE = "certify"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (LEAST_WIDTH, "-usual"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LEAST_HEIGHT, "-high")]
    IS_REMOTE = False
    """Whether the person is at another machine: files and programs of this one are not theirs."""
    offer_file: Callable[[str, bytes], None] | None = None
    """Hands a file to the person's browser by its name; None where there is none to take it."""
    ENABLE_COMMAND_PALETTE = False  # ours is opened by `action_palette`, in the person's language
    BINDINGS = [
        Binding("f1,question_mark", "help", N_("Help"), key_display="F1"),
        Binding("f2", "language", N_("中文/English")),
        Binding("f3", "theme", N_("Light/dark"), show=False),
        Binding("ctrl+p", "palette", N_("Commands"), priority=True),
        Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True),
    ]

    def __init__(
        self,
        settings: Settings,
        staff_no: str | None = None,
        platform: Platform | None = None,
        exam: str | None = None,
        signed_in: SignedIn | None = None,
    ) -> None:
        """Args:
        staff_no: who is at the screen; None means that they choose or sign in.
        platform: an open platform, whose owner closes it; else the app opens its own.
        exam: code of an exam whose lobby is opened first.
        signed_in: who a server has let in already.
        """
        self.speaker = Speaker(settings.language)
        i18n.use(self.speaker)
        super().__init__()
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        self.settings = settings
        self.purposes: dict[tuple[str, str], str] = {}
        """What exports were last for, by who made them and which form."""
        self._staff_no = staff_no
        self.node = ""
        """Name of the server's process; empty on a terminal of one's own."""
        self.address = ""
        """IP address of the person's machine, on a server."""
        self.context = copy_context()
        """What code from outside of this app runs in to speak its language."""
        self.sittings: set[SittingPage] = set()
        """The exams being sat; on a server one set is shared by all."""
        self._platform = platform
        self._owns_platform = platform is None
        self.signed_in = signed_in
        self._exam = exam
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[settings.theme].name
        self._typed = TypedAhead(self, super().on_event)

    def push_screen(self, screen: Any, *args: Any, **more: Any) -> Any:
        return super().push_screen(bounds.instead(self, screen), *args, **more)

    def switch_screen(self, screen: Any) -> AwaitComplete:
        return super().switch_screen(bounds.instead(self, screen))

    def on_mount(self) -> None:
        i18n.use(self.speaker)
        self.context = copy_context()
        if self.IS_REMOTE and self._platform is not None:  # there is nothing to wait for
            self.open_home()
            return
        self.push_screen(OpeningScreen())
        self.call_after_refresh(self.open_home)

    @work
    async def open_home(self) -> None:
        """Open the home and show the first page; a home that cannot be opened ends the app."""
        from certify.tui import entrance
        from certify.tui.screens.home import HomeScreen

        try:
            if self._platform is None:
                self._platform = await asyncio.to_thread(entrance.open_home, self.settings)
            page = await entrance.first_page(self, self._staff_no)
            if self.has_page_before and isinstance(page, HomeScreen):
                from certify.tui.screens.lobby import LobbyScreen

                await self.push_screen(LobbyScreen(self._exam or ""))
                return
            if isinstance(self.screen, OpeningScreen):
                await self.switch_screen(page)
            else:
                await self.push_screen(page)
            if self._exam is not None and self.actor is not None:
                await entrance.open_exam(self, self._exam)
        except CertifyError as error:
            await self.tell(error)
            self.exit(error.exit_code, return_code=error.exit_code)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme by name, reckoned once per process."""
        name = self.current_theme.name
        if (known := _variables.get(name)) is None:
            known = _variables[name] = super().get_css_variables()
        self.theme_variables = known
        return known

    def has_shown(self) -> None:
        """A page shows what it fetched."""

    async def tell(self, error: CertifyError) -> None:
        """Show a refusal or mistake and wait until the person has read it."""
        from certify.tui.dialogs.notice import Notice

        await self.push_screen_wait(Notice(error))

    def who_line(self) -> Content:
        """Who is at the screen, for the title line."""
        if self.actor is None:
            return safe_line("certify")
        return safe_line(f"{self.actor.name} {self.actor.staff_no} ")

    def action_language(self) -> None:
        """Switch between Chinese and English; every screen keeps its place."""
        languages = list(i18n.LANGUAGES)
        following = languages[(languages.index(self.speaker.language) + 1) % len(languages)]
        self.speaker.speak(following)
        self.settings = replace(self.settings, lang=following)
        self._keep_settings()
        for screen in self.screen_stack:
            if hasattr(screen, "retell"):
                screen.retell()

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        names = list(THEMES)
        following = names[(names.index(self.settings.theme) + 1) % len(names)]
        self.settings = replace(self.settings, theme=following)
        self.theme = THEMES[following].name
        self._keep_settings()

    def action_help(self) -> None:
        """Say what one can do on this screen."""
        from certify.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_palette(self) -> None:
        """Find any command by its name."""
        from certify.tui.commands import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_page(self, name: str) -> None:
        """Go to one of the person's pages."""
        from certify.tui.commands import go

        self.run_worker(go(self, name), group="quit", exclusive=True)

    def action_sign_out(self) -> None:
        """Let somebody else come to the screen."""
        from certify.tui.commands import sign_out

        self.run_worker(sign_out(self))

    async def action_quit(self) -> None:
        """Leave the program, unless a page has a reason to stay."""
        self._quit()

    @work(exclusive=True, group="quit")
    async def _quit(self) -> None:
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page) and not await screen.may_quit():
                return
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C, which in other programs leaves or copies: say how to leave this one."""
        self.notify(_("Press Ctrl+Q to leave the program."), markup=False)

    @property
    def is_typed_ahead(self) -> bool:
        """Whether keys wait for what the ones before them lead to."""
        return self._typed.is_busy

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            width, height = map(max, event.size, LEAST_DRAWN)
            event = events.Resize.from_dimensions((width, height), event.pixel_size)
        is_blind = self.size.width < LEAST_WIDTH or self.size.height < LEAST_HEIGHT
        if is_blind and isinstance(event, events.InputEvent | events.Paste):
            # Nobody answers a question they cannot see; only leaving is possible.
            if isinstance(event, events.Key) and event.key == "ctrl+q":
                await super().on_event(event)
            return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.take(event)
        else:
            await super().on_event(event)

    @property
    def has_page_before(self) -> bool:
        """Whether leaving the only page leads somewhere: on a server, from an exam home."""
        is_bound = self.signed_in is not None and bool(self.signed_in.only_exam)
        return self.IS_REMOTE and self._exam is not None and self.actor is not None and not is_bound

    def pop_screen(self) -> AwaitComplete:
        """Leave the page on top; the home page is made when one comes back to it."""
        if len(self.screen_stack) == 2 and self.has_page_before:
            from certify.tui.screens.home import HomeScreen

            self._exam = None
            return self.switch_screen(HomeScreen())
        return super().pop_screen()

    def leave_to(self, page: Screen[None]) -> None:
        """Close every page and begin again at this one (signing out)."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(page)

    def on_unmount(self) -> None:
        if self._platform is not None and self._owns_platform:
            self._platform.close()

    def _keep_settings(self) -> None:
        try:
            settings_file.save(self.settings)
        except OSError:
            log.warning("settings could not be kept in %s", self.settings.home.settings)

    def _handle_exception(self, error: Exception) -> None:
        log.error("the app ended by a fault", exc_info=error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say that it is a fault and where its log is; Textual's own report shows the values of
        variables, and among those may be the keys of a whole form (G14)."""
        fault = type(self._exception).__name__
        told = _("This is a fault in certify ({fault}); what was saved stays saved. Log: {log}")
        told = told.format(fault=fault, log=self.settings.home.log)
        self._return_code = FAULT
        self._exit_renderables.append(Text(told))
        self._close_messages_no_wait()

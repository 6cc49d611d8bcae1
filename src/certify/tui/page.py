"""The base of every screen: a title line, a body, the keys; fetching, errors and language."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast
from zoneinfo import ZoneInfo

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.tui.painting import PaintedOnce
from certify.tui.safe_text import safe_line
from certify.tui.widgets.key_line import KeyLine
from certify.tui.widgets.line import Line
from certify.tui.widgets.too_small import Roomy

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


class Page(PaintedOnce[None], Roomy[None]):
    """A screen that fetches a view from services and shows it in the language being spoken.

    A subclass gives `body` (its widgets), `fetch` (calls services, keeps the view) and `show`
    (writes the view into the widgets; called again when the language changes).
    """

    HELP: ClassVar[str] = ""
    """What one can do here, for F1; English source text, marked with `N_`."""
    BINDINGS = [Binding("escape", "back", N_("Back"))]
    RELOADS: ClassVar[bool] = True
    """Whether to fetch again when the person comes back to this screen."""

    HOLDS: ClassVar[bool] = False
    """Whether other pages wait until this one is left (an exam in progress)."""

    is_shown = False
    """Whether what it fetched was shown; no class of the style sheet, which would match anew."""
    _is_refused = False
    _awaited: ExitStack | None = None
    """What stands for the fetch that is still waited for."""

    def compose(self) -> ComposeResult:
        self.fit()
        self.title_line = Line(id="title")
        yield self.title_line
        yield from self.body()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets between title and keys."""
        yield from ()

    async def fetch(self) -> None:
        """Call services and keep what they return."""

    def show(self) -> None:
        """Write what was fetched into the widgets."""

    def heading(self) -> str:
        """The name of this screen, translated."""
        return ""

    @property
    def certify(self) -> CertifyApp:
        """The app, with its own type."""
        return cast("CertifyApp", self.app)

    @property
    def actor(self) -> Actor:
        """Who is at the screen."""
        actor = self.certify.actor
        assert actor is not None  # noqa: S101  pages for nobody in particular do not ask
        return actor

    def local(self, moment: datetime) -> datetime:
        """A moment as the clocks of the company show it."""
        return moment.astimezone(ZoneInfo(self.certify.platform.policy.organisation.time_zone))

    def on_screen_resume(self) -> None:
        if self._is_refused:
            return
        if self.is_current and (self.RELOADS or not self.is_shown):
            self.reload()

    @work(group="reload", exclusive=True)
    async def reload(self) -> None:
        """Fetch and show; a refusal becomes a notice and leads back."""
        # On a server a page is painted once it shows something; a slow one says so meanwhile.
        unseen = ExitStack()
        if self.certify.IS_REMOTE and not self.is_shown:
            unseen.enter_context(self.app.batch_update())
        self._awaited = unseen
        busy = self.set_timer(0.5, partial(self._say_busy, unseen))
        try:
            await self._fetch_and_show(unseen)
        finally:
            busy.stop()
            unseen.close()

    async def _fetch_and_show(self, unseen: ExitStack) -> None:
        try:
            await self.fetch()
        except CertifyError as error:
            # Closing the notice resumes this page, which must not fetch again before it goes.
            self._is_refused = True
            self._awaited = None
            unseen.close()
            await self.certify.tell(error)
            self._is_refused = False
            self.action_back()
            return
        self._awaited = None
        self.is_shown = True
        self.retell()
        self.certify.has_shown()

    def retell(self) -> None:
        """Show everything again in the language being spoken; the place is kept."""
        if not self.query("#title"):
            return  # the page was closed while it fetched
        self.query_one("#title", Line).put(
            safe_line(f" {self.heading()}", "bold"), None, self.certify.who_line()
        )
        if self.is_shown:
            self.show()
        self.query_one(KeyLine).refresh()

    def _say_busy(self, awaited: ExitStack) -> None:
        if self._awaited is not awaited:
            return  # it came in the very moment: this call was on its way already
        awaited.close()
        if not self.query("#title"):
            return
        self.query_one("#title", Line).put(None, None, Content.styled(_("One moment…"), "$accent"))

    async def may_quit(self) -> bool:
        """Whether the program may end while this page is open."""
        return True

    def take_at_once(self, key: str) -> bool:
        """Do what a key is for, if that can be done without waiting for anything; else False."""
        return False

    def action_back(self) -> None:
        """Leave this screen."""
        if len(self.app.screen_stack) > 2 or self.certify.has_page_before:
            self.app.pop_screen()

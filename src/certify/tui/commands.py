"""The command palette: what a person may open, found by its name in any language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from certify.domain.permission import may
from certify.i18n import LANGUAGES, _, speaking
from certify.services.escalation import may_follow_up
from certify.tui.command_list import COMMANDS, IN_EXAM, Command
from certify.tui.page import Page
from certify.tui.pages import page_named
from certify.tui.safe_text import safe_line

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


def holding(app: CertifyApp) -> Page | None:
    """The page that must be left before others open: an exam in progress."""
    pages = [screen for screen in app.screen_stack if isinstance(screen, Page)]
    return next((page for page in pages if page.HOLDS), None)


async def go(app: CertifyApp, name: str) -> None:
    """Show a page: home closes what lies above it, the others open on top."""
    from certify.tui.screens.home import HomeScreen

    if holding(app) is not None:
        app.notify(_("Leave the exam first: Esc."), markup=False)
        return
    if name != "home":
        await app.push_screen(page_named(name))
        return
    stack = app.screen_stack
    home = next((n for n, screen in enumerate(stack) if isinstance(screen, HomeScreen)), None)
    if home is None or await _may_close(app, home + 1):
        while len(app.screen_stack) > 2 and not isinstance(app.screen, HomeScreen):
            await app.pop_screen()
        if home is None:
            await app.switch_screen(HomeScreen())


async def sign_out(app: CertifyApp) -> None:
    """Forget who is at the screen and begin again with the first page."""
    from certify.tui.entrance import first_page

    if await _may_close(app, 0):
        app.leave_to(await first_page(app, None))
        app.actor = None


async def _may_close(app: CertifyApp, first: int) -> bool:
    """Ask every page from a place in the stack on whether it may be closed."""
    for screen in reversed(app.screen_stack[first:]):
        if isinstance(screen, Page) and not await screen.may_quit():
            return False
    return True


def _is_for(command: Command, actor: Actor | None) -> bool:
    """Whether somebody may use a command; nobody signed in only those for anybody."""
    if command.for_anybody or actor is None:
        return command.for_anybody
    if command.look_after:
        return may_follow_up(actor)
    return command.needs is None or may(actor, command.needs)


def _nothing() -> None:
    """Nothing was found, so nothing happens."""


class CertifyCommands(Provider):
    """Gives the commands that the person may use."""

    async def discover(self) -> Hits:
        for command in self._allowed():
            yield DiscoveryHit(_(command.words), self._run(command), help=_(command.about))

    async def search(self, query: str) -> Hits:
        matcher, is_found = self.matcher(query), False
        for command in self._allowed():
            scores = []
            for language in LANGUAGES:
                with speaking(language):
                    scores.append(matcher.match(_(command.words)))
                    # What a command says of itself finds it too, after those named so.
                    scores.append(matcher.match(_(command.about)) / 10)
            if score := max(scores):
                is_found = True
                shown = matcher.highlight(_(command.words))
                yield Hit(score, shown, self._run(command), help=_(command.about))
        if not is_found:
            yield Hit(0.1, safe_line(_("Nothing is called “{text}”.").format(text=query)), _nothing)

    def _allowed(self) -> list[Command]:
        actor = self._certify.actor
        if holding(self._certify) is not None:
            return [*IN_EXAM, *(command for command in COMMANDS if command.for_anybody)]
        return [command for command in COMMANDS if _is_for(command, actor)]

    def _run(self, command: Command) -> Callable[[], object]:
        return partial(self.app.run_action, command.action)

    @property
    def _certify(self) -> CertifyApp:
        return cast("CertifyApp", self.app)

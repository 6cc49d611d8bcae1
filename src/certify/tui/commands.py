"""The command palette: what a person may open, found by its name in any language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from certify.domain.permission import Action, may
from certify.domain.pinyin import finder
from certify.i18n import LANGUAGES, _, pick, speaking
from certify.services.escalation import may_follow_up
from certify.services.people import PersonView, people_list
from certify.tui.bounds import is_bound, refusal
from certify.tui.command_list import COMMANDS, IN_EXAM, Command
from certify.tui.page import Page
from certify.tui.pages import page_named
from certify.tui.safe_text import safe_line

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


MOST_PEOPLE = 8
PERSON_SCORE = 0.05
"""Pages that are named so come before people."""


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
    if app.signed_in is not None and is_bound(app.signed_in):
        app.notify(refusal(app.signed_in).message, markup=False)
        return
    if name != "home":
        await app.push_screen(page_named(name))
        return
    stack = app.screen_stack
    home = next((n for n, screen in enumerate(stack) if isinstance(screen, HomeScreen)), None)
    if home is None or await _may_close(app, home + 1):
        # Nothing is waited for: who goes elsewhere meanwhile ends this, and pages that are half
        # closed then stay so for ever, under an app that hears no key any more.
        while len(app.screen_stack) > 2 and not isinstance(app.screen, HomeScreen):
            app.pop_screen()
        if home is None:
            app.switch_screen(HomeScreen())


async def sign_out(app: CertifyApp) -> None:
    """Forget who is at the screen and begin again with the first page."""
    from certify.tui.entrance import first_page

    if await _may_close(app, 0):
        app.signed_in = None
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

    _everybody: Sequence[PersonView] | None = None
    """Fetched once for each time the palette is opened."""

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
        for one in await self._people(query):
            is_found = True
            shown = safe_line(f"{one.name} {one.staff_no}")
            about = f"{pick(one.department)} · {pick(one.post)}"
            open_it = partial(self._open_person, one.staff_no)
            yield Hit(PERSON_SCORE, shown, open_it, help=about)
        if not is_found:
            yield Hit(0.1, safe_line(_("Nothing is called “{text}”.").format(text=query)), _nothing)

    async def _people(self, query: str) -> Sequence[PersonView]:
        """The first people who are found by what is typed, for those who may see people."""
        actor = None if is_bound(self._certify.signed_in) else self._certify.actor
        if actor is None or holding(self._certify) is not None or not query.strip():
            return ()
        if not may(actor, Action.SEE_PEOPLE) or not may(actor, Action.SEE_RECORD):
            return ()
        if self._everybody is None:
            self._everybody = await self._certify.use(people_list, actor=actor)
        found = finder(query)
        return [one for one in self._everybody if found(one.name, one.staff_no)][:MOST_PEOPLE]

    def _open_person(self, staff_no: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        self.app.push_screen(PersonCardScreen(staff_no))

    def _allowed(self) -> list[Command]:
        actor = None if is_bound(self._certify.signed_in) else self._certify.actor
        if holding(self._certify) is not None:
            return [*IN_EXAM, *(command for command in COMMANDS if command.for_anybody)]
        return [command for command in COMMANDS if _is_for(command, actor)]

    def _run(self, command: Command) -> Callable[[], object]:
        return partial(self.app.run_action, command.action)

    @property
    def _certify(self) -> CertifyApp:
        return cast("CertifyApp", self.app)


class Palette(CommandPalette):
    """The page that finds a command by its name."""

    def __init__(self) -> None:
        super().__init__(providers=[CertifyCommands], placeholder=_("Type what you want…"))

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList)._lines:  # none before there is room: Textual would fall
            super()._action_command_list(action)

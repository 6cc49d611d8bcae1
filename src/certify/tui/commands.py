"""The command palette: every page and every general command, found by its name in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from certify.domain.permission import Action, may
from certify.i18n import LANGUAGES, N_, _, speaking
from certify.services.escalation import may_follow_up
from certify.tui.page import Page
from certify.tui.pages import page_named
from certify.tui.safe_text import safe_line

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


@dataclass(frozen=True)
class Command:
    """One entry: its words, what it says of itself, and the action of the app it runs."""

    words: str
    about: str
    action: str
    needs: Action | None = None
    """What the person must be allowed to do."""
    for_anybody: bool = False
    """Whether it works before anybody signed in."""
    look_after: bool = False
    """Whether it is for those who look after others."""


COMMANDS = (
    Command(N_("Home"), N_("what is waiting for me"), "page('home')"),
    Command(N_("Courses"), N_("all courses and how far I got"), "page('courses')"),
    Command(N_("Practice"), N_("items that no exam draws, and how ready I am"), "page('practice')"),
    Command(N_("Exams"), N_("all exams and which of them are open"), "page('exams')"),
    Command(N_("My record"), N_("my qualifications and results"), "page('record')"),
    Command(
        N_("On-site practice"),
        N_("the log of what I did under a guide"),
        "page('field-practice')",
    ),
    Command(
        N_("My development plan"),
        N_("phases, what my post needs, my next level"),
        "page('development')",
    ),
    Command(N_("Case library"), N_("excellent cases to learn from"), "page('cases')"),
    Command(
        N_("What onboarding covers"),
        N_("which contents and methods the courses for newcomers have"),
        "page('onboarding-coverage')",
        Action.SEE_ANALYSIS,
    ),
    Command(
        N_("Whom I guide"),
        N_("logs that wait for my remark or sign-off"),
        "page('guided')",
        Action.GUIDE,
    ),
    Command(N_("People"), N_("everybody in the company"), "page('people')", Action.SEE_PEOPLE),
    Command(
        N_("Qualification list"),
        N_("who may serve what, as of a day"),
        "page('qualifications')",
        Action.SEE_QUALIFICATIONS,
    ),
    Command(
        N_("Marking"),
        N_("essays and practicals that wait for an examiner"),
        "page('marking')",
        Action.MARK,
    ),
    Command(
        N_("Blueprint"),
        N_("whether the bank can fill every exam"),
        "page('blueprint')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Item bank"),
        N_("items, their states and what waits for review"),
        "page('bank')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Import a question bank"),
        N_("from text, Word, Excel, GIFT, Moodle XML or QTI"),
        "page('item-import')",
        Action.WRITE_ITEMS,
    ),
    Command(
        N_("Stale items"),
        N_("items whose standards changed"),
        "page('stale-items')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Coverage"),
        N_("what the items of a course cover, and the holes"),
        "page('coverage')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Standards"),
        N_("the catalogue with its targets"),
        "page('standards')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Item analysis"),
        N_("how hard and how telling the items of an exam were"),
        "page('item-analysis')",
        Action.SEE_ANALYSIS,
    ),
    Command(
        N_("Corrections"),
        N_("results to be corrected after an exam"),
        "page('corrections')",
        Action.CORRECT,
    ),
    Command(
        N_("Exams in progress"),
        N_("who sits an exam now, for the invigilator"),
        "page('invigilation')",
        Action.INVIGILATE,
    ),
    Command(
        N_("Cohorts"),
        N_("who sits an exam together, and their pass rate"),
        "page('cohorts')",
        Action.MANAGE_COHORTS,
    ),
    Command(
        N_("Retakes"),
        N_("used-up attempts to decide about, and overdue remedial training"),
        "page('retakes')",
        look_after=True,
    ),
    Command(N_("Language"), "中文 / English", "language", for_anybody=True),
    Command(N_("Light or dark"), N_("the theme of the screens"), "theme", for_anybody=True),
    Command(N_("Help"), N_("what one can do here"), "help", for_anybody=True),
    Command(N_("Sign out"), N_("let somebody else come to the screen"), "sign_out"),
    Command(N_("Quit"), N_("leave certify"), "quit", for_anybody=True),
)


IN_EXAM = (
    Command(N_("Submit"), N_("hand the exam in"), "screen.submit"),
    Command(N_("Flag"), N_("look at this item again later"), "screen.flag"),
    Command(N_("Go to"), N_("an item by its number"), "screen.ask_number"),
    Command(N_("Break"), N_("take a break, if you may"), "screen.take_break"),
    Command(N_("Leave"), N_("leave the exam without submitting"), "screen.leave"),
)
"""What an exam in progress offers instead of other pages."""


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

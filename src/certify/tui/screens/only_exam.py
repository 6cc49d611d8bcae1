"""Where somebody is who came with an exam code: before their exam, and after it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import lobby
from certify.services.lobby import LobbyView
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class OnlyExamScreen(Page):
    """One exam, and the way out; the lobby opens on it by itself the first time."""

    HELP = N_(
        "With an exam code you see one exam: its rules, the exam itself and its result. Enter "
        "opens it. X ends your session; the same code lets you in again until you have submitted."
    )
    BINDINGS = [
        Binding("enter", "open", N_("Open the exam")),
        Binding("x", "leave", N_("Sign out")),
    ]

    def __init__(self, exam: str) -> None:
        super().__init__()
        self.exam = exam
        self.view: LobbyView | None = None
        self._is_first = True

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.view = await self.certify.use(lobby.lobby, actor=self.actor, exam=self.exam)

    def heading(self) -> str:
        return pick(self.view.title) if self.view else ""

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        if self._is_first and self.is_current:
            self._is_first = False
            self.action_open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"

    def action_open(self) -> None:
        """Open the lobby of the exam."""
        from certify.tui.screens.lobby import LobbyScreen

        self.app.push_screen(LobbyScreen(self.exam))

    def action_leave(self) -> None:
        """End the session."""
        self.app.exit()

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.view is None:
            return ()
        parts = [Content(), safe_line(pick(self.view.title), "bold $primary"), Content()]
        for text in (
            _("You came with an exam code, which leads to this exam and to nothing else."),
            _("Press Enter to open it, X to sign out."),
        ):
            parts += wrap(safe_line(text), min(width, 88))
        return [PaperLine(part) for part in parts]

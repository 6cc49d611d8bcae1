"""Asks before something that cannot be undone, and says what will happen."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_
from certify.tui.dialogs.dialog import Dialog


class Confirm(Dialog[bool]):
    """A question with yes (Y) and no (N or Escape); a stray Enter answers nothing."""

    BINDINGS = [
        Binding("y", "answer(True)", N_("Yes")),
        Binding("n,escape", "answer(False)", N_("No"), key_display="N"),
    ]

    def __init__(self, question: str, details: Content | None = None) -> None:
        """Args:
        question: translated.
        details: what will happen, safe content.
        """
        super().__init__()
        self.question = question
        self.details = details

    def body(self) -> ComposeResult:
        yield Static(Content.styled(self.question, "bold"))
        if self.details is not None:
            yield Static(self.details)

    def heading(self) -> str:
        return self.question

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)

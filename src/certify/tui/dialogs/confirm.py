"""Asks before something that cannot be undone, and says what will happen."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_
from certify.tui.dialogs.dialog import Dialog

GUARD_SECONDS = 0.3


class Confirm(Dialog[bool]):
    """A question with yes (Y) and no (N or Escape); a stray Enter answers nothing.

    A guarded one takes no yes in its first moment, so that nobody types blindly through it.
    """

    BINDINGS = [
        Binding("y", "answer(True)", N_("Yes")),
        Binding("n,escape", "answer(False)", N_("No"), key_display="N"),
    ]

    def __init__(
        self, question: str, details: Content | None = None, *, guarded: bool = False
    ) -> None:
        """Args:
        question: translated.
        details: what will happen, safe content.
        guarded: whether a yes in the first moment counts as a slip.
        """
        super().__init__()
        self.is_ready = not guarded
        self.question = question
        self.details = details

    def body(self) -> ComposeResult:
        yield Static(Content.styled(self.question, "bold"))
        if self.details is not None:
            yield Static(self.details)

    def heading(self) -> str:
        return self.question

    def on_mount(self) -> None:
        self.set_timer(GUARD_SECONDS, self._get_ready)

    def _get_ready(self) -> None:
        self.is_ready = True

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        if self.is_ready or not answer:
            self.dismiss(answer)

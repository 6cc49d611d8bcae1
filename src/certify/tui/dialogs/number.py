"""Asks for a number between 1 and a limit."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.validation import Integer
from textual.widgets import Input, Static

from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog


class AskNumber(Dialog[int | None]):
    """Gives the number, or None when the person thought better of it."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", N_("Cancel")),
    ]

    def __init__(self, question: str, limit: int) -> None:
        super().__init__()
        self.question = question
        self.limit = limit

    def body(self) -> ComposeResult:
        yield Static(Content.styled(f"{self.question} (1–{self.limit})", "bold"))
        yield Input(type="integer", validators=[Integer(1, self.limit)])
        yield Static(id="trouble")

    def heading(self) -> str:
        return self.question

    @on(Input.Submitted)
    def take(self, message: Input.Submitted) -> None:
        """Close with the number when it is one of those possible."""
        if message.value.isdecimal() and 1 <= int(message.value) <= self.limit:
            self.dismiss(int(message.value))
            return
        said = _("Please type a number from 1 to {limit}.").format(limit=self.limit)
        self.query_one("#trouble", Static).update(Content.styled(said, "$error"))

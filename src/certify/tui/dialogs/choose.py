"""Asks to choose one line of a short list."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_
from certify.tui.dialogs.dialog import Dialog
from certify.tui.widgets.rows import Entry, Rows


class Options(Rows):
    """Lines whose Enter key is named among the keys."""

    BINDINGS = [Binding("enter", "select", N_("OK"))]


class Choose(Dialog[str | None]):
    """Gives the name of the chosen entry, or None."""

    BINDINGS = [Binding("escape", "dismiss(None)", N_("Cancel"))]
    DEFAULT_CSS = """
    Choose Rows { height: auto; max-height: 14; background: $surface; }
    """

    def __init__(self, question: str, entries: Sequence[Entry], now: str = "") -> None:
        """Args:
        question: translated.
        now: name of the entry to begin at.
        """
        super().__init__()
        self.now = now
        self.question = question
        self.entries = entries

    def body(self) -> ComposeResult:
        yield Static(Content.styled(self.question, "bold"))
        yield Options()

    def heading(self) -> str:
        return self.question

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.put(self.entries)
        names = [entry.name for entry in self.entries]
        if self.now in names:
            rows.highlighted = names.index(self.now)
        rows.focus()

    @on(Rows.OptionSelected)
    def take(self, message: Rows.OptionSelected) -> None:
        """Close with the chosen entry."""
        self.dismiss(message.option.id)

"""Says what was done, until the person has read it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_text


class Done(Dialog[None]):
    """A heading and lines below it."""

    BINDINGS = [Binding("enter,escape,space", "dismiss", N_("Close"), key_display="Enter")]

    def __init__(self, head: str, lines: Sequence[str]) -> None:
        """Args:
        head: translated.
        lines: translated; text from anywhere.
        """
        super().__init__()
        self.head = head
        self.lines = lines

    def body(self) -> ComposeResult:
        yield Static(Content.styled(f"✓ {self.head}", "bold $success"))
        yield Static(safe_text("\n".join(self.lines)))

    def heading(self) -> str:
        return self.head

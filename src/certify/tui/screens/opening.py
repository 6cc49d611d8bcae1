"""The first paint, while the home is being opened."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from certify.i18n import _


class OpeningScreen(Screen[None]):
    """The program's name and what it is doing."""

    def compose(self) -> ComposeResult:
        yield Static(
            Content.assemble(("certify", "bold $primary"), "\n\n", _("Opening…")), id="opening"
        )

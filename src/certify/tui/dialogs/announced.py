"""Everything an invigilator announced in an exam, to be read in peace."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_text


class AnnouncedDialog(Dialog[None]):
    """The announcements, the newest at the top."""

    BINDINGS = [Binding("enter,escape,space", "dismiss", N_("Close"), key_display="Enter")]
    DEFAULT_CSS = """
    AnnouncedDialog VerticalScroll { height: auto; max-height: 12; }
    """

    def __init__(self, told: Sequence[tuple[datetime, str]]) -> None:
        """Args:
        told: when and what, by the clocks of the company, oldest first.
        """
        super().__init__()
        self.told = told

    def body(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll():
            for at, text in reversed(self.told):
                yield Static(
                    Content.assemble((f"{at:%H:%M}  ", "$foreground 70%"), safe_text(text))
                )

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        head = Content.styled(_("The invigilator announced"), "bold $primary")
        self.query_one("#head", Static).update(head)

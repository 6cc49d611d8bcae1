"""Why a sitting is left, in calm words: it ended, or it goes on at another terminal."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError, TakenOver
from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_text


class SittingLeft(Dialog[None]):
    """Says it until the person presses a key."""

    BINDINGS = [Binding("enter,escape,space", "dismiss", N_("Close"), key_display="Enter")]

    def __init__(self, error: CertifyError) -> None:
        super().__init__()
        self.error = error

    def body(self) -> ComposeResult:
        title = _("Your exam is over")
        if isinstance(self.error, TakenOver):
            title = _("Your exam goes on at another terminal")
        yield Static(Content.styled(title, "bold $primary"))
        yield Static(safe_text(self.error.message))
        if self.error.mend:
            yield Static(safe_text(self.error.mend, "$primary"))

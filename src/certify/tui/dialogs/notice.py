"""A refusal or mistake: what happened, where, and how to mend it."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_text


class Notice(Dialog[None]):
    """Shows one `CertifyError` until the person presses a key."""

    BINDINGS = [Binding("enter,escape,space", "dismiss", N_("Close"), key_display="Enter")]

    def __init__(self, error: CertifyError) -> None:
        super().__init__()
        self.error = error

    def body(self) -> ComposeResult:
        error = self.error
        yield Static(Content.styled(_("This did not work"), "bold $error"))
        yield Static(safe_text(error.message))
        if error.place:
            yield Static(safe_text(error.place, "$foreground 70%"))
        if error.mend:
            yield Static(safe_text(error.mend, "$primary"))

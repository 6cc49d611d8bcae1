"""Shows a start code, once."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_line


class StartCode(Dialog[None]):
    """The code to hand on; it is kept nowhere in readable form."""

    BINDINGS = [Binding("enter,escape", "dismiss", N_("Close"), key_display="Enter")]

    def __init__(self, person: str, staff_no: str, code: str) -> None:
        super().__init__()
        self.person = person
        self.staff_no = staff_no
        self.code = code

    def body(self) -> ComposeResult:
        yield Static(id="whose")
        yield Static(safe_line(f"  {self.code}", "bold $accent"))
        yield Static(id="note")

    def on_mount(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Start code")

    def show(self) -> None:
        whose = _("Start code of {name} {staff_no}")
        said = safe_line(whose.format(name=self.person, staff_no=self.staff_no), "bold")
        self.query_one("#whose", Static).update(said)
        note = _("It is shown only now: write it down or read it aloud. It has no 0, O, 1 or I.")
        self.query_one("#note", Static).update(Content(note))

"""A pause in an exam: no item is in sight, and the time stands until the invigilator goes on.

The reason that the invigilator gave is for the record and is not shown; what the candidate is to
know is announced to them, and stands here.
"""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _
from certify.services.deadline import TimeLeft
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.sitting_words import clock_text

SHOWN = 4
"""Announcements, the newest."""


class PausedScreen(Page):
    """Lies over the exam until it goes on; the exam itself takes it away."""

    HELP = N_(
        "The invigilator has stopped your exam for now. Your time stands and your answers are "
        "safe. You need not do anything: the exam goes on by itself when the invigilator lets it."
    )
    RELOADS = False
    HOLDS = True
    BINDINGS = [Binding("escape", "stay", N_("Wait"), show=False)]
    DEFAULT_CSS = """
    PausedScreen VerticalScroll { align: center middle; }
    PausedScreen #paused { height: auto; text-align: center; }
    """

    def __init__(self, found: TimeLeft) -> None:
        super().__init__()
        self.found = found

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(id="paused")

    def heading(self) -> str:
        return _("Exam paused")

    def learn(self, found: TimeLeft) -> None:
        """Take over what is known now: time given, new announcements."""
        self.found = found
        if self.is_shown and self.query("#paused"):  # it may be closing
            self.show()

    def show(self) -> None:
        found = self.found
        left = int((found.deadline - (found.paused_at or found.now)).total_seconds())
        lines = [
            Content.styled(_("‖ The invigilator has stopped the exam for now."), "bold $primary"),
            Content(),
            Content.styled(_("Your time stands at {time}.").format(time=clock_text(left)), "bold"),
            Content(_("Your answers are safe. It goes on by itself; please wait.")),
        ]
        for one in found.announcements[-SHOWN:]:
            at = f"{self.local(one.at):%H:%M}"
            lines += [Content(), safe_text(f"{at}  {one.text}", "$accent")]
        self.query_one("#paused", Static).update(Content("\n").join(lines))

    def action_stay(self) -> None:
        """There is nothing to go back to until the exam goes on."""

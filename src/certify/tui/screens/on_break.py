"""A break in an exam: no item is in sight, and the time stands until it ends."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _
from certify.services.deadline import TimeLeft
from certify.tui.page import Page
from certify.tui.sitting_words import clock_text


class OnBreakScreen(Page):
    """Closes when the person goes on."""

    HELP = N_(
        "The time of your exam stands while you are on a break. Enter goes on with the exam; what "
        "is left of the break you may take later. When the break is used up the time runs again, "
        "whether you go on or not."
    )
    RELOADS = False
    HOLDS = True
    BINDINGS = [
        Binding("enter", "go_on", N_("Go on with the exam")),
        Binding("escape", "go_on", N_("Go on with the exam"), show=False),
    ]
    DEFAULT_CSS = """
    OnBreakScreen #break { height: 1fr; content-align: center middle; text-align: center; }
    """

    def __init__(self, begun: TimeLeft) -> None:
        super().__init__()
        self.begun = begun

    def body(self) -> ComposeResult:
        yield Static(id="break")

    def on_mount(self) -> None:
        self.set_interval(1, self.show)

    def learn(self, found: TimeLeft) -> None:
        """Take over what is known now: time given, a pause in which the break stood."""
        self.begun = found

    def heading(self) -> str:
        return _("Break")

    def show(self) -> None:
        now = self.certify.platform.clock.now()
        began_at = self.begun.break_began_at or self.begun.now
        left = self.begun.break_left - int((now - began_at).total_seconds())
        in_exam = int((self.begun.deadline - now).total_seconds()) - max(0, left)
        lines = [
            Content.styled(_("You are on a break."), "bold $primary"),
            Content(),
            Content.styled(_("Break left: {time}").format(time=clock_text(left)), "bold")
            if left > 0
            else Content.styled(_("! The break is used up; the time runs again."), "bold $error"),
            Content(_("Time left in the exam: {time}").format(time=clock_text(in_exam))),
            Content(),
            Content(_("Your answers are saved. Press Enter to go on.")),
        ]
        self.query_one("#break", Static).update(Content("\n").join(lines))

    def action_go_on(self) -> None:
        """End the break."""
        self.dismiss(None)

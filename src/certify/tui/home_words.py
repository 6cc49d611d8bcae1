"""The lines of the first screen."""

from datetime import date

from textual.content import Content

from certify.i18n import N_, _
from certify.services import messages
from certify.services.messages import MessageView
from certify.tui.columns import fit, fit_content, row, widths

ABOUT = {
    "practice": N_("Items you practised come back now, before you forget them."),
    "retakes": N_(
        "People whose attempts are used up wait for a decision, or their remedial training is "
        "past its last day."
    ),
    "marking": N_("Essays and practicals that wait for you as an examiner."),
    "corrections": N_("Corrections that somebody proposed and a second person must apply."),
}
"""What the lines that open a page say in full."""


def message(told: MessageView, width: int) -> Content:
    return fit(f"! {messages.text(told)}", width, "$warning")


def day(due_on: date | None, today: date) -> Content:
    """The day something is due; ! before one that is past."""
    if due_on is None:
        return Content()
    until = _("until {day}").format(day=due_on)
    return Content.styled(f"! {until}", "$error") if due_on < today else Content(until)


def line(title: str, state: Content, time: str, due: Content, width: int) -> Content:
    """Something to do: what, how it stands, how long it takes, when it is due."""
    shared = widths(width, [0, 13, 11, 18], [1])
    due = due.pad_left(18 - due.cell_length)
    return row([fit(title, shared[0]), fit_content(state, 13), fit(time, 11), due])

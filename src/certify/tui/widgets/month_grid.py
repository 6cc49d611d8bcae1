"""A month as a grid of days, seven cells wide, with what is on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from certify.domain.training_calendar import month_after, weeks
from certify.i18n import N_, _
from certify.tui.columns import fit_content
from certify.tui.safe_text import safe_line

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
YEARS = range(2000, 9999)


class MonthGrid(Widget, can_focus=True):
    """Two lines a day: its number with the signs of what is on it, and the first name.

    The chosen day has ▸ before its number, today stands in brackets; colour only repeats it.
    """

    DEFAULT_CSS = "MonthGrid { height: 13; padding: 0 1; }"
    BINDINGS = [
        Binding("left,h", "step(-1)", N_("Day"), key_display="← →"),
        Binding("right,l", "step(1)", N_("Day"), show=False),
        Binding("up,k", "step(-7)", N_("Week"), key_display="↑ ↓"),
        Binding("down,j", "step(7)", N_("Week"), show=False),
        Binding("pageup", "month(-1)", N_("Month"), key_display="PgUp PgDn"),
        Binding("pagedown", "month(1)", N_("Month"), show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another day was chosen; perhaps in another month."""

        day: date

    def __init__(self, day: date) -> None:
        """Args:
        day: the day chosen first, which is also today until `put` says otherwise.
        """
        super().__init__()
        self.day = self.today = day
        self.marks: Mapping[date, Sequence[tuple[Content, str]]] = {}

    def put(self, marks: Mapping[date, Sequence[tuple[Content, str]]], today: date) -> None:
        """Show what is on the days: of each thing its sign and its name, text from anywhere."""
        self.marks, self.today = marks, today
        self.refresh()

    def choose(self, day: date) -> None:
        """Go to a day."""
        if day.year in YEARS and day != self.day:
            self.day = day
            self.refresh()
            self.post_message(self.Chosen(day))

    def action_step(self, days: int) -> None:
        """Go some days on or back."""
        self.choose(self.day + timedelta(days=days))

    def action_month(self, step: int) -> None:
        """The same day some months on or back, or the last day of a shorter month."""
        first = month_after(self.day.replace(day=1), step)
        last = month_after(first, 1) - timedelta(days=1)
        self.choose(min(first + timedelta(days=self.day.day - 1), last))

    def on_click(self, event: Click) -> None:
        """A click chooses a day."""
        width = self.content_size.width // 7
        place, line = (event.x - 1) // max(1, width), event.y - 1
        found = weeks(self.day.year, self.day.month)
        if 0 <= place < 7 and 0 <= line // 2 < len(found):
            self.focus()
            self.choose(found[line // 2][place])

    def render(self) -> Content:
        width = self.content_size.width // 7
        heads = [fit_content(Content.styled(f"  {_(name)}", "bold"), width) for name in WEEKDAYS]
        lines = [Content("").join(heads)]
        for week in weeks(self.day.year, self.day.month):
            lines.append(Content("").join(self._head(day, width) for day in week))
            lines.append(Content("").join(self._body(day, width) for day in week))
        return Content("\n").join(lines)

    def _head(self, day: date, width: int) -> Content:
        pointer = "▸" if day == self.day else " "
        number = f"({day.day})" if day == self.today else f" {day.day}"
        signs = [sign for sign, _name in self.marks.get(day, ())]
        text = Content("").join([Content(f"{pointer}{number:<4}"), *signs])
        return fit_content(text, width - 1).stylize(self._style(day)) + " "

    def _body(self, day: date, width: int) -> Content:
        found = self.marks.get(day, ())
        name = safe_line(f"  {found[0][1]}") if found else Content()
        return fit_content(name, width - 1).stylize(self._style(day)) + " "

    def _style(self, day: date) -> str:
        if day == self.day:
            return "on $panel bold" if self.has_focus else "on $surface bold"
        return "" if day.month == self.day.month else "$foreground 60%"

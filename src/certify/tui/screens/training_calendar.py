"""The calendar of training: a month at a glance, and what is on the chosen day."""

from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _, _n
from certify.services.training import month_view
from certify.services.training.month_view import MonthView
from certify.services.training.session_views import SessionView
from certify.tui import files
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.training_words import SESSION_SIGNS, session_state, times
from certify.tui.widgets.fields import required
from certify.tui.widgets.month_grid import MonthGrid
from certify.tui.widgets.rows import Entry


class TrainingCalendarScreen(Page):
    """Enter opens a session of the chosen day."""

    HELP = N_(
        "The sessions you give, attend or run. ← → ↑ ↓ go from day to day, PgUp and PgDn from "
        "month to month, T to today; Enter opens a session of the day. F writes an iCalendar file "
        "that calendar programs read. ○ is planned, ◐ under way, ✓ closed, ✗ cancelled."
    )
    DEFAULT_CSS = """
    TrainingCalendarScreen #day { height: 1fr; border-top: solid $panel; padding: 0 2; }
    TrainingCalendarScreen #sessions { height: auto; }
    """
    BINDINGS = [
        Binding("enter", "open", N_("Open")),
        Binding("t", "today", N_("Today")),
        Binding("f", "file", N_("Calendar file")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view: MonthView | None = None

    def body(self) -> ComposeResult:
        yield MonthGrid(self.certify.platform.today())
        with VerticalScroll(id="day", can_focus=False):
            yield Static(id="sessions")

    def on_mount(self) -> None:
        self.query_one(MonthGrid).focus()

    async def fetch(self) -> None:
        first = self._day.replace(day=1)
        self.view = await self.certify.use(month_view.month, actor=self.actor, first=first)

    def heading(self) -> str:
        name = self._day.strftime("%Y-%m") if self.query(MonthGrid) else ""
        return _("Training calendar {month}").format(month=name)

    def show(self) -> None:
        if self.view is None:
            return
        marks = {
            day: [(Content.styled(*SESSION_SIGNS[one.state]), one.title) for one in found]
            for day, found in self.view.days.items()
        }
        self.query_one(MonthGrid).put(marks, self.certify.platform.today())
        self._show_day()

    @on(MonthGrid.Chosen)
    def chosen(self, message: MonthGrid.Chosen) -> None:
        """Another day; another month is fetched first."""
        if self.view and message.day.replace(day=1) != self.view.first:
            self.reload()
        else:
            self._show_day()

    def action_today(self) -> None:
        """Go to today."""
        self.query_one(MonthGrid).choose(self.certify.platform.today())

    @work
    async def action_open(self) -> None:
        """Open a session of the chosen day."""
        from certify.tui.screens.training_session import TrainingSessionScreen

        found = self._sessions()
        code = found[0].code if found else ""
        if len(found) > 1:
            entries = [Entry(self._line(one), one.code) for one in found]
            chosen = await self.app.push_screen_wait(Choose(_("Which session?"), entries))
            code = chosen or ""
        if code:
            self.app.push_screen(TrainingSessionScreen(code))

    @work
    async def action_file(self) -> None:
        """Write an iCalendar file."""
        app, name = self.certify, "training.ics"
        if await files.cannot_take(app, "certify training calendar --ics FILE"):
            return
        usual = app.platform.settings.home.exports / name

        async def send(values: dict[str, str]) -> str:
            async with files.place(app, values.get("path", ""), usual, name) as path:
                count = await app.use(month_view.write_calendar, actor=self.actor, path=path)
            text = _n("{count} session written.", "{count} sessions written.", count)
            return f"{text.format(count=count)}\n{files.shown(app, path)}"

        asks = files.place_asks(app, usual, N_("File"), required)
        if said := await files.asked(app, Form(N_("Calendar file"), asks, send)):
            head, *lines = said.split("\n")
            await self.app.push_screen_wait(Done(head, lines))

    @property
    def _day(self) -> date:
        return self.query_one(MonthGrid).day

    def _sessions(self) -> tuple[SessionView, ...]:
        return self.view.days.get(self._day, ()) if self.view else ()

    def _show_day(self) -> None:
        found = self._sessions()
        head = safe_line(self._day.isoformat(), "bold")
        none = Content.styled(_("No training on this day."), "$foreground 80%")
        lines = [self._line(one) for one in found] or [none]
        self.query_one("#sessions", Static).update(Content("\n").join([head, *lines]))

    def _line(self, one: SessionView) -> Content:
        said = [times(self.certify.platform, one)[11:], one.title, one.place, one.trainer]
        return session_state(one.state) + safe_line("  " + "  ".join(t for t in said if t))

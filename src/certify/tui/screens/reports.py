"""The reports of day, week, month and quarter."""

from collections.abc import Sequence
from datetime import date

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _
from certify.services.reporting.daily import daily
from certify.services.reporting.monthly import monthly
from certify.services.reporting.quarterly import quarterly
from certify.services.reporting.weekly import weekly
from certify.tui.columns import fit, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.screens.dossier import DocumentScreen, Use
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.rows import Entry

REPORTS: dict[str, tuple[Use, str, str]] = {
    "daily": (daily, N_("Daily"), N_("anomaly forms, targets not met, overdue notices")),
    "weekly": (weekly, N_("Weekly"), N_("the bulletin: inspections, notices, what is overdue")),
    "monthly": (monthly, N_("Monthly"), N_("training held or missing, hours, cost")),
    "quarterly": (quarterly, N_("Quarterly"), N_("quality beside the quarter before, and goals")),
}
"""Each report with its name and what it holds."""


class ReportsScreen(ListPage):
    """Enter opens the report under ▸; D sets the day it is about."""

    HELP = N_(
        "Four reports about the time in which a day lies: the day itself, its week from Monday to "
        "Sunday, its month, its quarter. D sets the day; Enter opens the report under ▸. “certify "
        "report daily” and so on write them as Markdown."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("d", "day", N_("Day"))]

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None

    def heading(self) -> str:
        return _("Reports")

    def entries(self, width: int) -> Sequence[Entry]:
        rooms = widths(width, [12, 0], [1])
        return [
            Entry(row([fit(_(title), rooms[0]), fit(_(about), rooms[1], "$foreground 80%")]), name)
            for name, (_make, title, about) in REPORTS.items()
        ]

    def detail(self, name: str) -> Content:
        wanted = self.day or self.certify.platform.today()
        return safe_line(_("For the time around {day}").format(day=wanted.isoformat()))

    def open(self, name: str) -> None:
        self.app.push_screen(DocumentScreen(REPORTS[name][0], day=self.day))

    @work
    async def action_day(self) -> None:
        """Choose the day that reports are about."""

        async def take(values: dict[str, str]) -> str:
            return values["day"]

        now = self.day or self.certify.platform.today()
        asks = [Ask("day", N_("Day"), now.isoformat(), is_day)]
        if typed := await self.app.push_screen_wait(Form(N_("About which day?"), asks, take)):
            self.day = day(typed)
            self.show()

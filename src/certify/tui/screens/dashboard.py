"""The supervision dashboard: numbers with bars, each with its list one key away."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.reporting import dashboard, dashboard_words
from certify.services.reporting.dashboard import Behind, Dashboard, Figure, Line
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.list_page import ListPage
from certify.tui.report_charts import share_bar
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

EVERY = "*"
BAR = 16


class DashboardScreen(ListPage):
    """Every figure; Enter opens the list behind the one under ▸."""

    HELP = N_(
        "How courses, exams, qualifications, evaluations and inspections stand today. A bar shows "
        "a share of a whole, ! marks what asks for somebody to act. Enter opens the list behind a "
        "number: with names of those whom you may see. T chooses a department."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("t", "department", N_("Department"))]

    def __init__(self) -> None:
        super().__init__()
        self.department = ""
        self.board: Dashboard | None = None

    async def fetch(self) -> None:
        self.board = await self.certify.use(
            dashboard.dashboard, actor=self.actor, department=self.department
        )

    def heading(self) -> str:
        if self.board is None:
            return _("Dashboard")
        where = _("every department")
        if self.department:
            where = pick(self.board.departments[self.department])
        return _("Dashboard · {department}").format(department=where)

    def show(self) -> None:
        super().show()
        self.query_one("#columns").display = False  # every figure is to fit in 24 lines

    def entries(self, width: int) -> Sequence[Entry]:
        if self.board is None:
            return []
        most = max(
            (one.number for one in self.board.figures if one.name.startswith("grade-")), default=0
        )
        return [Entry(self._line(one, width, most), one.name) for one in self.board.figures]

    def detail(self, name: str) -> Content:
        if self.board is None:
            return Content()
        one = self.board.figure(name)
        title = dashboard_words.behind(name, self._days)
        said = [
            _("Enter: {list}").format(list=title),
            dashboard_words.verdict(self.board, one),
        ]
        return safe_line(" · ".join(text for text in said if text))

    def foot(self) -> Content:
        if self.board is None:
            return Content()
        text = _("As of {day} · cohorts of a year · grades of {period}")
        if not self.board.period:
            text = _("As of {day} · cohorts of a year · no grades yet")
        day = self.board.day.isoformat()
        return safe_line(text.format(day=day, period=self.board.period))

    def open(self, name: str) -> None:
        self.app.push_screen(FigureScreen(name, self.department))

    @work
    async def action_department(self) -> None:
        """Choose a department, or all."""
        if self.board is None:
            return
        choices = [Entry(Content(_("every department")), EVERY)]
        choices += [
            Entry(safe_line(pick(names)), code) for code, names in self.board.departments.items()
        ]
        chosen = await self.app.push_screen_wait(
            Choose(_("Department"), choices, self.department or EVERY)
        )
        if chosen is not None:
            self.department = "" if chosen == EVERY else chosen
            self.reload()

    @property
    def _days(self) -> int:
        return self.certify.platform.policy.qualification.renewal_days

    def _line(self, one: Figure, width: int, most: int) -> Content:
        rooms = widths(width, [0, 26, BAR, 2], [1])
        is_bad = dashboard_words.is_bad(one)
        share = one.rate
        if one.name.startswith("grade-") and most:
            share = Figure(one.name, one.number, most).rate
        style = "$warning" if is_bad else "$success" if one.met else "$primary"
        return row(
            [
                fit(dashboard_words.title(one.name, self._days), rooms[0]),
                fit(dashboard_words.number(one), rooms[1]),
                fit_content(share_bar(share, BAR, style), rooms[2]),
                fit("!" if is_bad else "✓" if one.met else "", rooms[3], style),
            ]
        )


class FigureScreen(ListPage):
    """The list behind a figure; Enter opens the timeline of the person under ▸."""

    HELP = N_(
        "Whom a number of the dashboard counts. HR sees everybody, a supervisor the own reports; "
        "of others only how many there are. Enter opens the timeline of the person under ▸."
    )
    IS_BESIDE = False

    def __init__(self, figure: str, department: str = "") -> None:
        super().__init__()
        self.figure = figure
        self.department = department
        self.view: Behind | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            dashboard.behind, actor=self.actor, figure=self.figure, department=self.department
        )

    def heading(self) -> str:
        days = self.certify.platform.policy.qualification.renewal_days
        return dashboard_words.behind(self.figure, days)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("About"), _("Day"), ""]
        return _row(heads, width)

    def entries(self, width: int) -> Sequence[Entry]:
        lines = self.view.lines if self.view else ()
        if not lines:
            none = _("Nobody.") if not (self.view and self.view.hidden) else ""
            none = none or _("Nobody whom you may see by name.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(_row(_texts(one), width), f"{n}") for n, one in self.some(list(enumerate(lines)))
        ]

    def detail(self, name: str) -> Content:
        return safe_line(" · ".join(text for text in _texts(self._at(name)) if text))

    def foot(self) -> Content:
        if self.view is None:
            return Content()
        count, hidden = len(self.view.lines), self.view.hidden
        said = _n("{count} line", "{count} lines", count).format(count=count)
        if hidden:
            more = _("and {count} whom you may not see by name").format(count=hidden)
            said = f"{said} · {more}"
        return safe_line(said)

    def open(self, name: str) -> None:
        from certify.tui.screens.timeline import TimelineScreen

        if staff_no := self._at(name).staff_no:
            self.app.push_screen(TimelineScreen(staff_no))

    def _at(self, name: str) -> Line:
        assert self.view is not None  # noqa: S101  lines stand there after the first fetch
        return self.view.lines[int(name)]


def _texts(one: Line) -> list[str]:
    about = pick(one.title) or one.subject
    return [one.staff_no, one.name, about, one.day.isoformat() if one.day else "", one.word]


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [10, 12, 0, 10, 0], [3, 2])
    return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])

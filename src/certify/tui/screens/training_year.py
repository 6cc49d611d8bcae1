"""A year of training: which months had what they needed, and what it costs against the plan."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.domain.training_cost import fen_text
from certify.i18n import N_, _, _n
from certify.services.training import costs, monthly, words
from certify.services.training.costs import YearView
from certify.services.training.monthly import YearCheck
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.training_words import month
from certify.tui.widgets.rows import Entry


class TrainingYearScreen(ListPage):
    """One line a month; ← and → go from year to year."""

    HELP = N_(
        "One session a month is expected of each kind that is needed: onboarding in months in "
        "which newcomers came, in-service training always. Costs count in the month in which a "
        "session begins: bills, and the planned cost of held sessions whose bill is not in. A "
        "cancelled session counts with its bill. ← and → go from year to year."
    )
    IS_BESIDE = False
    DEFAULT_CSS = "TrainingYearScreen #about { height: auto; padding: 0 2 1 2; }"
    BINDINGS = [
        Binding("left", "step(-1)", N_("Previous year")),
        Binding("right", "step(1)", N_("Next year")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.year = 0
        self.check: YearCheck | None = None
        self.costs: YearView | None = None

    def top(self) -> ComposeResult:
        yield Static(id="about")

    async def fetch(self) -> None:
        self.year = self.year or self.certify.platform.today().year
        actor, year = self.actor, self.year
        self.check = await self.certify.use(monthly.year_check, actor=actor, year=year)
        self.costs = await self.certify.use(costs.year_costs, actor=actor, year=year)

    def heading(self) -> str:
        return _("Training in {year}").format(year=self.year or "")

    def show(self) -> None:
        if self.costs is not None:
            lines = [safe_line(text) for text in words.cost_lines(self.costs.cost)]
            self.query_one("#about", Static).update(Content("\n").join(lines))
        super().show()

    def columns(self, width: int) -> Content:
        kinds = [kind for kind, _months in self.check.rows] if self.check else []
        heads = [Content(_(words.KINDS[kind])) for kind in kinds]
        return _row(_("Month"), heads, _("Spent"), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.check is None or self.costs is None:
            return []
        spent = dict.fromkeys(range(1, 13), 0)
        for line in self.costs.lines:
            spent[line.day.month] += line.cost.to_date
        return [
            Entry(
                _row(
                    str(number),
                    [month(months[number - 1].verdict) for _kind, months in self.check.rows],
                    fen_text(spent[number]) if spent[number] else "",
                    width,
                ),
                str(number),
            )
            for number in range(1, 13)
        ]

    def detail(self, name: str) -> Content:
        lines = self.costs.lines if self.costs else ()
        found = [line for line in lines if line.day.month == int(name)]
        return safe_line(
            _(", ").join(f"{line.day.isoformat()} {line.code} {line.title}" for line in found)
            or _("No session in this month.")
        )

    def foot(self) -> Content:
        missing = self.check.missing if self.check else 0
        if not missing:
            return Content.styled("✓ " + _("Nothing is missing."), "$success")
        text = _n("{count} session is missing.", "{count} sessions are missing.", missing)
        return Content.styled("✗ " + text.format(count=missing), "$error")

    def action_step(self, step: int) -> None:
        """Another year."""
        if 2000 <= self.year + step <= 9998:
            self.year += step
            self.reload()


def _row(name: str, verdicts: Sequence[Content], spent: str, width: int) -> Content:
    rooms = widths(width, [6, *(0 for _one in verdicts), 16], [1 for _one in verdicts])
    cells = [fit_content(cell, room) for cell, room in zip(verdicts, rooms[1:-1], strict=True)]
    return row([fit(name, rooms[0]), *cells, fit_right(spent, rooms[-1])])

"""Quality goals: where each measure stands between its baseline and its target."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.scoring import points_text
from certify.i18n import N_, _, _n, pick
from certify.services.reporting import goals
from certify.services.reporting.goals import GoalView
from certify.services.reporting.said import Percent
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.report_charts import share_bar
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

BAR = 12


class GoalsScreen(ListPage):
    """Every goal; V writes down a value, N sets a goal."""

    HELP = N_(
        "Progress is (now − baseline) / (target − baseline): 0 at the start, 100 percent at the "
        "target, more beyond it, less than 0 where things got worse. V writes down what was "
        "measured, N sets a goal, S sets the goals of the sources that are missing."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("v", "value", N_("Value")),
        Binding("n", "new", N_("New goal")),
        Binding("s", "seed", N_("Goals of the sources")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.goals: list[GoalView] = []
        self.done = ""

    async def fetch(self) -> None:
        self.goals = await self.certify.use(goals.goals, actor=self.actor)

    def heading(self) -> str:
        return _("Quality goals")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("new", "seed", "value"):
            return may(self.actor, Action.RECORD_QUALITY) and (
                action != "value" or bool(self.chosen)
            )
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Goal"), _("Way"), _("Now"), _("Progress"), ""]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.goals:
            none = _("There are no goals yet. S sets those of the sources, N one of your own.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.code) for one in self.goals]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.goals if one.code == name)
        told = [
            _("{day}: {value}").format(day=value.day.isoformat(), value=points_text(value.value))
            for value in reversed(one.values)
        ]
        head = safe_line(f"{pick(one.title)} ({pick(one.unit)})", "bold")
        return Content("\n").join([head, safe_text(" · ".join(told) or _("Not measured yet."))])

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.goals)
        return Content(_n("{count} goal", "{count} goals", count).format(count=count))

    @work
    async def action_value(self) -> None:
        """Write down where the measure under ▸ stands."""
        code = self.chosen

        async def send(values: dict[str, str]) -> str:
            of = day(values["day"]) or self.certify.platform.today()
            done = await self.certify.use(
                goals.measure, actor=self.actor, code=code, value=values["value"], day=of
            )
            return _("Progress {progress}").format(progress=Percent(done.progress))

        today = self.certify.platform.today().isoformat()
        asks = [Ask("value", N_("Value"), check=required), Ask("day", N_("Day"), today, is_day)]
        await self._ask(Form(N_("What was measured?"), asks, send))

    @work
    async def action_new(self) -> None:
        """Set a goal."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(goals.set_goal, actor=self.actor, **values)
            return _("The goal “{code}” is set.").format(code=values["code"])

        asks = [
            Ask("code", N_("Code"), check=required),
            Ask("title", N_("What is measured"), check=required),
            Ask("unit", N_("Unit"), check=required),
            Ask("base", N_("Baseline"), check=required),
            Ask("target", N_("Target"), check=required),
        ]
        await self._ask(Form(N_("New goal"), asks, send, N_("It stays as it is from then on.")))

    @work
    async def action_seed(self) -> None:
        """Set the goals of the sources that are missing."""
        count = await self.certify.use(goals.seed, actor=self.actor)
        self.done = _n("{count} goal set.", "{count} goals set.", count).format(count=count)
        self.reload()

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done = said
            self.reload()


def _widths(width: int) -> list[int]:
    return widths(width, [0, 11, 8, 9, BAR], [1])


def _line(one: GoalView, width: int) -> Content:
    rooms = _widths(width)
    way = f"{points_text(one.base)} → {points_text(one.target)}"
    now = points_text(one.now.value) if one.now else "–"
    progress = one.now.progress if one.now else None
    return row(
        [
            fit(f"{pick(one.title)} ({pick(one.unit)})", rooms[0]),
            fit(way, rooms[1]),
            fit(now, rooms[2]),
            fit_right(str(Percent(progress)), rooms[3]),
            fit_content(share_bar(progress, BAR, "$success"), rooms[4]),
        ]
    )

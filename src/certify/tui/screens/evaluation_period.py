"""One period of evaluation: its way, what is missing, its people and their grades."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.domain.evaluation import PeriodState
from certify.domain.grade import counted
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services.evaluation import asking, closing, measuring, periods, views, words
from certify.services.evaluation.asking import Waiting
from certify.services.evaluation.periods import PeriodView
from certify.services.evaluation.views import RateeRow
from certify.tui import evaluation_period_words as period_words
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.evaluation import back_form, pass_up_form, value_form
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.detail import Detail
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class EvaluationPeriodScreen(ListPage):
    """The people of a period; M takes it one step further."""

    SEARCHES = True
    HELP = N_(
        "Above stands how far the period is and what is missing; W shows all of that. Each person "
        "has the indicators and ratings that are there out of those asked for; score and grade "
        "come in review. V types a measured value, U lets the next level up rate where the direct "
        "supervisor cannot. M takes the period one step further, B goes back from review to "
        "scoring. Enter shows a person."
    )
    BINDINGS = [
        Binding("m", "move", N_("Next step")),
        Binding("b", "go_back", N_("Back to scoring")),
        Binding("w", "missing", N_("Missing")),
        Binding("v", "value", N_("Value")),
        Binding("u", "pass_up", N_("Next level")),
    ]
    DEFAULT_CSS = "EvaluationPeriodScreen #chart { height: auto; padding: 0 2; }"

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.period: PeriodView | None = None
        self.people: list[RateeRow] = []
        self.waiting: list[Waiting] = []

    def top(self) -> ComposeResult:
        yield Detail(id="summary")
        yield Static(id="chart")

    async def fetch(self) -> None:
        who, code = self.actor, self.code
        self.period = await self.certify.use(periods.one, actor=who, period=code)
        self.people = await self.certify.use(views.people, actor=who, period=code)
        self.waiting = []
        if self.period.state is not PeriodState.CLOSED:
            self.waiting = await self.certify.use(asking.waiting_for, actor=who, period=code)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Evaluation {period}").format(period=self.code)

    def show(self) -> None:
        if self.period is not None:
            summary = period_words.summary(self.period, self.waiting, self.people)
            self.query_one("#summary", Detail).put(summary)
            grades = [one.grade for one in self.people if one.grade is not None]
            chart = self.query_one("#chart", Static)
            chart.display = bool(grades)
            lines = evaluation_words.grade_chart(counted(grades), self.app.size.width - 4)
            chart.update(Content("\n").join(lines))
        super().show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self.period.state if self.period else None
        if action in ("move", "missing"):
            return state is not None and state is not PeriodState.CLOSED
        if action == "go_back":
            return state is PeriodState.REVIEW
        if action == "value":
            return bool(self.chosen) and state in measuring.MEASURING
        if action == "pass_up":
            return bool(self.chosen) and state is PeriodState.SCORING
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Measured"), _("Ratings"), _("Score")]
        return _row(heads, Content(_("Grade")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [one for one in self.people if wanted in f"{one.staff_no} {one.name}".casefold()]
        if not self.people:
            none = _("Nobody is in this period.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.staff_no) for one in self.some(found)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        lines = [
            safe_line(f"{one.name} {one.staff_no} · {pick(one.department)} · {pick(one.post)}"),
            safe_line(words.class_word(one.ratee_class)),
        ]
        if one.why:
            lines.append(safe_line(words.why_text(one.why), "$warning"))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = len(self.people)
        return Content(_n("{count} person", "{count} people", count).format(count=count))

    @work
    async def open_person(self, staff_no: str) -> None:
        """What is measured of somebody, or what the period came to for them."""
        if self.period is not None and self.period.state is PeriodState.CLOSED:
            from certify.tui.screens.own_evaluation import OwnEvaluationScreen

            await self.app.push_screen(OwnEvaluationScreen(staff_no))
            return
        found = await self.certify.use(
            measuring.values, actor=self.actor, period=self.code, staff_no=staff_no
        )
        lines = [evaluation_words.indicator(one) for one in found]
        self.app.push_screen(Done(self._named(staff_no).name, lines))

    def open(self, name: str) -> None:
        self.open_person(name)

    @work
    async def action_missing(self) -> None:
        """Everybody who has not rated, everybody without values."""
        lines = period_words.missing_lines(self.waiting, self.people)
        entries = [Entry(safe_line(line), str(number)) for number, line in enumerate(lines)]
        if not entries:
            entries = [Entry(Content(_("Nothing is missing.")), "nothing")]
        await self.app.push_screen(Choose(_("What is missing"), entries))

    @work
    async def action_move(self) -> None:
        """Take the period one step further, after saying what will happen."""
        period = self.period
        if period is None:
            return
        step = _(period_words.NEXT[period.state][0])
        question = _("{step}? {period}").format(step=step, period=self.code)
        details = period_words.before_moving(period, self.waiting, self.people)
        confirm = Confirm(question, safe_text(details), guarded=True)
        if not await self.app.push_screen_wait(confirm):
            return
        try:
            if period.state is PeriodState.REVIEW:
                await self.certify.use(closing.close, actor=self.actor, period=self.code)
            else:
                order = list(PeriodState)
                to = order[order.index(period.state) + 1]
                await self.certify.use(periods.move, actor=self.actor, period=self.code, to=to)
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    @work
    async def action_go_back(self) -> None:
        """Back from review to scoring."""
        await self._ask(back_form(self.certify, self.actor, self.code))

    @work
    async def action_value(self) -> None:
        """Type one measured value of the person under ▸."""
        one = self._named(self.chosen)
        await self._ask(await value_form(self.certify, self.actor, self.code, one))

    @work
    async def action_pass_up(self) -> None:
        """Let the next level up rate the person under ▸."""
        one = self._named(self.chosen)
        await self._ask(pass_up_form(self.certify, self.actor, self.code, one))

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _named(self, staff_no: str) -> RateeRow:
        return next(one for one in self.people if one.staff_no == staff_no)


def _line(one: RateeRow, width: int) -> Content:
    texts = [
        one.staff_no,
        one.name,
        f"{one.measured_known}/{one.measured_asked}",
        f"{one.ratings_given}/{one.ratings_asked}",
        evaluation_words.score(one.final),
    ]
    state = evaluation_words.grade(one.grade) if one.grade or one.why else Content("–")
    return _row(texts, state, width)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 9, 8, 7, 16], [1])
    cells = [fit(texts[0], rooms[0]), fit(texts[1], rooms[1])]
    cells += [fit_right(text, room) for text, room in zip(texts[2:], rooms[2:5], strict=True)]
    return row([*cells, fit_content(state, rooms[5])])

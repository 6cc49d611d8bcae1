"""The sheets of departments in one period: own scores, own grade."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services.evaluation import department_sheets, periods, words
from certify.services.evaluation.department_sheets import SheetView
from certify.services.evaluation.periods import PeriodView
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class DepartmentSheetsScreen(ListPage):
    """Every department with its score as a bar; Enter scores the one under ▸."""

    HELP = N_(
        "A department has scores of its own, given by the evaluation group indicator by "
        "indicator, and a grade of its own: it is not the mean of its people. Enter scores the one "
        "under ▸ while the period is being scored or reviewed; nobody scores the own department "
        "while another of the group can. P shows another period."
    )
    BINDINGS = [Binding("p", "period", N_("Period"))]

    def __init__(self) -> None:
        super().__init__()
        self.periods: list[PeriodView] = []
        self.period = ""
        self.sheets: list[SheetView] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.add_class("-deep")

    async def fetch(self) -> None:
        self.periods = await self.certify.use(periods.every, actor=self.actor)
        if not self.period and self.periods:
            self.period = self.periods[0].code
        self.sheets = []
        if self.period:
            self.sheets = await self.certify.use(
                department_sheets.sheets, actor=self.actor, period=self.period
            )

    def heading(self) -> str:
        return _("Department sheets {period}").format(period=self.period)

    def columns(self, width: int) -> Content:
        rooms = _widths(width)
        texts = [_("Department"), "", _("Score"), _("Grade")]
        cells = [fit(text, room) for text, room in zip(texts, rooms, strict=True)]
        return row([*cells[:2], fit_right(texts[2], rooms[2]), cells[3]])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.sheets:
            none = _("There is no sheet to see: no period is open, or yours is not closed yet.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.department) for one in self.some(self.sheets)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        lines = [safe_line(pick(one.name), "bold")]
        lines += [
            safe_line(f"{pick(part.title)}  {part.score or '–'}")
            for part in one.scores
            if one.revision
        ]
        if not one.revision:
            lines.append(Content(_("Nobody has scored this department yet.")))
        if one.remark:
            lines.append(safe_text(one.remark))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        if self.chosen and self._named(self.chosen).may_score:
            return Content(_("Enter: score this department"))
        return Content()

    def open(self, name: str) -> None:
        if self._named(name).may_score:
            self.score(name)

    @work
    async def score(self, name: str) -> None:
        """Ask for the score of every indicator."""
        one = self._named(name)

        async def send(values: dict[str, str]) -> str:
            remark = values.pop("remark")
            await self.certify.use(
                department_sheets.score,
                actor=self.actor,
                period=one.period,
                department=one.department,
                scores=values,
                remark=remark,
            )
            return ""

        asks = [Ask(part.indicator, pick(part.title), part.score, required) for part in one.scores]
        asks.append(Ask("remark", N_("Remark"), one.remark))
        about = N_("Each from 0 to 100; - where it is not applicable.")
        form = Form(pick(one.name), asks, send, about)
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    @work
    async def action_period(self) -> None:
        """Choose another period."""
        entries = [
            Entry(safe_line(f"{one.code}  {words.state_word(one.state)}"), one.code)
            for one in self.periods
        ]
        if not entries:
            return
        chosen = await self.app.push_screen_wait(Choose(_("Which period?"), entries, self.period))
        if chosen is not None:
            self.period = chosen
            self.reload()

    def _named(self, code: str) -> SheetView:
        return next(one for one in self.sheets if one.department == code)


def _widths(width: int) -> list[int]:
    return widths(width, [0, 0, 7, evaluation_words.GRADE_CELLS + 2], [1, 1])


def _line(one: SheetView, width: int) -> Content:
    rooms = _widths(width)
    grade = evaluation_words.grade(one.grade)
    if not one.revision:
        grade = (
            signed("○", _("to score"), "$accent")
            if one.may_score
            else signed("–", _("not scored"), "$foreground 70%")
        )
    return row(
        [
            fit(pick(one.name), rooms[0]),
            fit_content(evaluation_words.score_bar(one.exact, rooms[1]), rooms[1]),
            fit_right(one.score or "–", rooms[2]),
            fit_content(grade, rooms[3]),
        ]
    )

"""The item analysis of every exam that was sat: how far its verdicts can be trusted."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import item_stats
from certify.services import item_stats_words as words
from certify.services.item_stats import ExamFigures
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.list_page import WIDE, ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class ItemAnalysisScreen(ListPage):
    """Every exam with results: mean, reliability, error, and how often a verdict would hold."""

    HELP = N_(
        "Each line is an exam that was sat, by the first attempts at it: the mean mark, the "
        "reliability alpha, the standard error of measurement in marks, and how many would get "
        "the same verdict on another form. Enter shows its items, those that need a look first."
    )

    def __init__(self) -> None:
        super().__init__()
        self.exams: list[ExamFigures] = []

    async def fetch(self) -> None:
        self.exams = await self.certify.use(item_stats.exams, actor=self.actor)

    def heading(self) -> str:
        return _("Item analysis")

    def columns(self, width: int) -> Content:
        name, *rest = [_("Exam"), "n", _("Mean"), "alpha", _("Error"), _("Same verdict")]
        rooms = _widths(width)
        heads = [fit_right(text, room) for text, room in zip(rest, rooms[1:], strict=True)]
        return row([fit(name, rooms[0]), *heads])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.exams:
            none = _(
                "No exam has a result yet. Once one is sat, its reliability stands here, and how "
                "hard and how telling each of its items was."
            )
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.exam) for one in self.some(self.exams)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        said = [f"{pick(one.title)} · {words.counted(one)}"]
        for form in one.forms:
            if len(one.forms) > 1:
                said.append(words.form_name(form))
            lines = [words.figure_line(figure) for figure in words.form_figures(form)]
            said += lines if self.app.size.width >= WIDE else [" · ".join(lines)]
        return safe_text("\n".join(said))

    def foot(self) -> Content:
        return Content(_("Enter: the items of the exam")) if self.exams else Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.exam_items import ExamItemsScreen

        self.app.push_screen(ExamItemsScreen(name))

    def _named(self, name: str) -> ExamFigures:
        return next(one for one in self.exams if one.exam == name)


def _widths(width: int) -> list[int]:
    return widths(width, [0, 7, 6, 6, 6, 12], [1])


def _line(one: ExamFigures, width: int) -> Content:
    rooms = _widths(width)
    form = one.forms[0]
    _mean, _deviation, alpha, error, _near, same, _kappa, _deserved = words.form_figures(form)
    cells = [str(one.n), words.mean_mark(form.figures), alpha.value, error.value, same.value]
    if alpha.note:
        cells[2:] = ["", "", alpha.note]
    name = safe_line(pick(one.title))
    fitted = [fit_right(text, room) for text, room in zip(cells, rooms[1:], strict=True)]
    return row([fit(name.plain, rooms[0]), *fitted])

"""Charts of an exam: how the marks are spread, and where the items lie."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from certify.domain.scoring import cut, points_text
from certify.i18n import N_, _, _n, pick
from certify.services import item_stats_words as words
from certify.services.item_stats import ExamStats, FormStats
from certify.tui.charts import Bar, Point, Scale, bars, scatter
from certify.tui.columns import fit, fit_right, row
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

WIDEST = 100


class ExamChartsScreen(Page):
    """The marks as bars with the pass mark, and the items by difficulty and discrimination."""

    HELP = N_(
        "Above, how many attempts had which mark; the line stands at the pass mark. Below, each "
        "item by its difficulty p and its discrimination D: ! is flagged, a digit stands for "
        "several items. Good items lie high and between the lines."
    )
    RELOADS = False

    def __init__(self, stats: ExamStats) -> None:
        super().__init__()
        self.stats = stats

    def body(self) -> ComposeResult:
        yield Paper()

    def heading(self) -> str:
        return _("Charts · {exam}").format(exam=pick(self.stats.whole.title))

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        width = min(width, WIDEST)
        whole, lines = self.stats.whole, list[Content]()
        for form in whole.forms:
            name = f" · {words.form_name(form)}" if len(whole.forms) > 1 else ""
            head = safe_line(_("Marks") + name, "bold")
            lines += [head, *self._marks(form, width), Content(), *_figures(form), Content()]
        lines += [Content.styled(_("Items by difficulty p and discrimination D"), "bold")]
        lines += self._items(width)
        return [PaperLine(line) for line in lines]

    def _marks(self, form: FormStats, width: int) -> list[Content]:
        pass_mark = self.stats.whole.pass_mark
        bins = words.histogram(form, pass_mark, 5 if self.app.size.height > 30 else 10)
        passed = [one for one in bins if one.low >= pass_mark]
        shown = [
            Bar(
                f"{cut(one.low, 0)}–{points_text(one.high)}",
                one.n,
                "$success" if one in passed else "$primary",
            )
            for one in bins
        ]
        drawn = bars(shown, width)
        line = _("── pass mark {mark} ──").format(mark=points_text(pass_mark))
        place = len(bins) - len(passed)
        return [*drawn[:place], safe_line(line, "$accent"), *drawn[place:]]

    def _items(self, width: int) -> list[Content]:
        policy = self.certify.platform.policy.analysis
        figures = [one.figures for one in self.stats.items]
        shown = [
            Point(float(one.p), float(one.upper_lower_d), bool(one.flags))
            for one in figures
            if one.enough and one.p is not None and one.upper_lower_d is not None
        ]
        lines = []
        if shown:
            low = min(-0.2, *(point.y for point in shown))
            across = Scale(0, 1, (float(policy.p_low), float(policy.p_high)))
            up = Scale(low, 1, (float(policy.d_low),))
            lines = scatter(shown, across, up, width, 10 if self.app.size.height < 30 else 16)
            key = _("o item · ! flagged item · 2–9, + several items · lines: limits of the policy")
            lines += wrap(safe_line(key, "$foreground 70%"), width)
        if left_out := len(figures) - len(shown):
            text = _n(
                "{count} item is not shown: n too small, or no difference between anybody.",
                "{count} items are not shown: n too small, or no difference between anybody.",
                left_out,
            )
            lines += wrap(safe_line(text.format(count=left_out), "$foreground 70%"), width)
        return lines


def _figures(form: FormStats) -> list[Content]:
    figures = words.form_figures(form)
    room = max(cell_len(figure.name) for figure in figures)
    return [
        row([fit(one.name, room), fit_right(one.value, 7), safe_line(one.note, "$foreground 70%")])
        for one in figures
    ]

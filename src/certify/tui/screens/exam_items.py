"""The items of one exam after it was sat: what most needs a look stands first."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from certify.domain.item_analysis import Flag
from certify.i18n import N_, _, pick
from certify.services import item_stats
from certify.services import item_stats_words as words
from certify.services.item_stats import ExamStats, ItemStats
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.list_page import WIDE, ListPage
from certify.tui.safe_text import safe_line
from certify.tui.screens.item_figures import ItemFiguresScreen, option_lines
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

BAR = 6


class ExamItemsScreen(ListPage):
    """Every item version that stood on a form, with difficulty and discrimination."""

    HELP = N_(
        "Each line is an item: p, the share of its points that was earned; r, how it goes with "
        "the rest of the exam; D, how much better the best group does than the weakest; and why "
        "to look at it. Enter shows its distractors, C the charts, A counts retakes too."
    )
    BINDINGS = [
        Binding("c", "charts", N_("Charts")),
        Binding("a", "attempts", N_("First or all attempts")),
    ]

    def __init__(self, exam: str) -> None:
        super().__init__()
        self.exam = exam
        self.all_attempts = False
        self.stats: ExamStats | None = None

    async def fetch(self) -> None:
        self.stats = await self.certify.use(
            item_stats.stats, actor=self.actor, exam=self.exam, all_attempts=self.all_attempts
        )

    def heading(self) -> str:
        if self.stats is None:
            return _("Item analysis")
        whole = self.stats.whole
        return f"{pick(whole.title)} · {words.counted(whole)}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "charts":
            return bool(self.stats and self.stats.items)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        rooms = _widths(width)
        heads = [fit(_("Item"), rooms[0]), fit("p", rooms[1])]
        heads += [fit_right(text, room) for text, room in zip("rDn", rooms[2:5], strict=True)]
        return row([*heads, fit(_("Look at it"), rooms[5])])

    def entries(self, width: int) -> Sequence[Entry]:
        if self.stats is None or not self.stats.items:
            none = _("Nobody has a result in this exam yet. The figures come with the first ones.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        some = self.some(self.stats.items)
        return [Entry(_line(one, width), str(place)) for place, one in enumerate(some)]

    def detail(self, name: str) -> Content:
        if self.stats is None:
            return Content()
        one, width = self._named(name), self.query_one("#detail").content_size.width
        said = [safe_line(words.item_line(one))]
        said.append(safe_line("  ".join(words.flags(one.figures)), "$warning"))
        if self.app.size.width >= WIDE:
            figures = words.item_figures(one, self.stats.whole)
            said += [safe_line(words.figure_line(figure)) for figure in figures]
            said += [Content(), *option_lines(one, max(width, 30))]
        return Content("\n").join(said)

    def foot(self) -> Content:
        if self.stats is None or not self.stats.items:
            return Content()
        return safe_line(words.legend(self.stats.whole))

    def open(self, name: str) -> None:
        if self.stats is not None:
            self.app.push_screen(ItemFiguresScreen(self._named(name), self.stats.whole))

    def action_charts(self) -> None:
        """Show where the items lie and how the marks are spread."""
        from certify.tui.screens.exam_charts import ExamChartsScreen

        if self.stats is not None:
            self.app.push_screen(ExamChartsScreen(self.stats))

    def action_attempts(self) -> None:
        """Count retakes too, or first attempts alone again."""
        self.all_attempts = not self.all_attempts
        self.reload()

    def _named(self, name: str) -> ItemStats:
        assert self.stats is not None  # noqa: S101  a line is there only with them
        return self.stats.items[int(name)]


def _widths(width: int) -> list[int]:
    return widths(width, [12, BAR + 5, 6, 6, 5, 0], [1])


def _line(one: ItemStats, width: int) -> Content:
    rooms, figures = _widths(width), one.figures
    share = Content.styled(bar(figures.p or 0, BAR), "$primary")
    p = row([share, fit_right(words.number(figures.p), 4)], gap=1)
    numbers = [*words.separation(figures), str(figures.n)]
    fitted = [fit_right(text, room) for text, room in zip(numbers, rooms[2:5], strict=True)]
    style = "bold $error" if Flag.KEY in figures.flags else "$warning" if figures.flags else ""
    flags = fit(" ".join(words.flags(figures)), rooms[5], style)
    return row([fit(one.item, rooms[0]), p, *fitted, flags])

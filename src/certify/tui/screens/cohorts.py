"""Cohorts: who sits an exam together, in which window, and their pass rate."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import cohort_words, cohorts
from certify.services.cohorts import CohortView
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.cohort import new_cohort_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry, Rows


class CohortsScreen(ListPage):
    """Every cohort, the newest first; Enter opens its members."""

    HELP = N_(
        "A cohort sits an exam together. Its pass rate is the share of its members that passed at "
        "the first attempt, beside the target of the company; the pass mark, which one person "
        "needs, is another thing. N makes a cohort with its window; Enter opens its members."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("n", "new", N_("New cohort"))]

    def __init__(self) -> None:
        super().__init__()
        self.cohorts: list[CohortView] = []
        self.made = ""
        """Name of the line of a cohort just made, until ▸ stands before it."""

    async def fetch(self) -> None:
        self.cohorts = await self.certify.use(cohorts.listed, actor=self.actor)

    def heading(self) -> str:
        return _("Cohorts")

    def show(self) -> None:
        super().show()
        if any(str(one.id) == self.made for one in self.cohorts):
            rows, made, self.made = self.query_one(Rows), self.made, ""
            rows.highlighted = rows.get_option_index(made)

    def columns(self, width: int) -> Content:
        heads = [_("Cohort"), _("Exam"), _("Members"), _("Pass rate"), _("Target"), _("Pass mark")]
        return _row(heads, width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.cohorts:
            return [Entry(Content(_("There are no cohorts yet; N makes one.")))]
        return [
            Entry(
                _row(
                    [
                        one.title,
                        pick(one.exam_title),
                        str(one.figures.registered),
                        cohort_words.rate(one),
                        f"{one.target} %",
                        one.pass_mark,
                    ],
                    width,
                ),
                str(one.id),
            )
            for one in self.some(self.cohorts)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.cohorts if str(one.id) == name)
        title = one.title + (f" · {one.place}" if one.place else "")
        when = cohort_words.when(self.certify.platform, one)
        registered, *_rest = cohort_words.figures_of(one)
        return Content("\n").join(
            [safe_line(title, "bold"), safe_line(when), safe_line(registered)]
        )

    def foot(self) -> Content:
        count = len(self.cohorts)
        return Content(_n("{count} cohort", "{count} cohorts", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.cohort import CohortScreen

        self.app.push_screen(CohortScreen(int(name)))

    @work
    async def action_new(self) -> None:
        """Make a cohort."""
        form = await new_cohort_form(self.certify, self.actor)
        if made := await self.app.push_screen_wait(form):
            self.made = made
            self.reload()


def _row(texts: Sequence[str], width: int) -> Content:
    shared = widths(width, [0, 0, 7, 16, 7, 9], [5, 6], gap=1)
    return row(
        [
            fit_right(text, cells) if place >= 2 else fit(text, cells)
            for place, (text, cells) in enumerate(zip(texts, shared, strict=True))
        ],
        gap=1,
    )

"""Training plans: the annual ones and the ad-hoc ones, and what waits for HR."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.training import plan_views, words
from certify.services.training.plan_views import AdHocView, PlanView
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.training_plan import ad_hoc_form, new_plan_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.training_words import plan_state
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class TrainingPlansScreen(ListPage):
    """Enter opens a plan."""

    HELP = N_(
        "The in-service plan of each year, drafted at the end of the year before and reviewed by "
        "HR, and the ad-hoc plans of single trainings. A plan that HR approved stays as it is: "
        "what changes later becomes an ad-hoc plan. N drafts the plan of a year, A an ad-hoc plan."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("n", "new", N_("New annual plan")),
        Binding("a", "new_ad_hoc", N_("New ad-hoc plan")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.annual: list[PlanView] = []
        self.ad_hoc: list[AdHocView] = []

    async def fetch(self) -> None:
        self.annual = await self.certify.use(plan_views.annual_plans, actor=self.actor)
        self.ad_hoc = await self.certify.use(plan_views.ad_hoc_plans, actor=self.actor)

    def heading(self) -> str:
        return _("Training plans")

    def columns(self, width: int) -> Content:
        heads = [_("Training plan"), _("Title"), _("Planned cost")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.annual and not self.ad_hoc:
            none = _("There is no plan yet. N drafts the plan of a year, A one of one training.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            *(Entry(_annual(one, width), str(one.year)) for one in self.annual),
            *(Entry(_ad_hoc(one, width), one.code) for one in self.some(self.ad_hoc)),
        ]

    def detail(self, name: str) -> Content:
        found = [one.review for one in self.annual if str(one.year) == name]
        found += [one.review for one in self.ad_hoc if one.code == name]
        review = found[0]
        said = _("Drafted by {name} on {day}").format(
            name=review.drafted_by or _("the command line"), day=review.drafted_on.isoformat()
        )
        remark = _("HR: {remark}").format(remark=review.remark) if review.remark else ""
        return Content("\n").join([safe_line(said), safe_text(remark)])

    def foot(self) -> Content:
        reviews = [one.review for one in self.annual] + [one.review for one in self.ad_hoc]
        waiting = sum(review.may_decide for review in reviews)
        if not waiting:
            return Content()
        text = _n(
            "{count} plan waits for your decision",
            "{count} plans wait for your decision",
            waiting,
        )
        return Content.styled(f"! {text.format(count=waiting)}", "$error")

    def open(self, name: str) -> None:
        from certify.tui.screens.training_plan import TrainingPlanScreen

        self.app.push_screen(TrainingPlanScreen(int(name) if name.isdigit() else name))

    @work
    async def action_new(self) -> None:
        """Draft the plan of a year."""
        if year := await self.app.push_screen_wait(new_plan_form(self.certify, self.actor)):
            self.open(year)

    @work
    async def action_new_ad_hoc(self) -> None:
        """Draft an ad-hoc plan."""
        if code := await self.app.push_screen_wait(ad_hoc_form(self.certify, self.actor)):
            self.open(code)


def _annual(one: PlanView, width: int) -> Content:
    count = len(one.lines)
    title = _n("annual plan, {count} line", "annual plan, {count} lines", count)
    texts = [str(one.year), title.format(count=count), words.money(one.planned_fen)]
    return _row(texts, plan_state(one.review.state), width)


def _ad_hoc(one: AdHocView, width: int) -> Content:
    texts = [one.code, one.title, words.money(one.planned_fen)]
    return _row(texts, plan_state(one.review.state), width)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [11, 0, 17, 18], [1])
    return row(
        [
            fit(texts[0], rooms[0]),
            fit(texts[1], rooms[1]),
            fit_right(texts[2], rooms[2]),
            fit_content(state, rooms[3]),
        ]
    )

"""One training plan: its lines or, of an ad-hoc plan, all it says; and its way through HR."""

from collections.abc import Awaitable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.domain.training_cost import fen_text
from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services.forms.form import Wanted
from certify.services.training import plan_review, plan_views, planning, words
from certify.services.training.plan_views import AdHocView, LineView, PlanView
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.training_plan import ad_hoc_form, decide_form, line_form
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.training_words import plan_state
from certify.tui.widgets.rows import Entry


class TrainingPlanScreen(Exports, ListPage):
    """Who drafts fills and submits it; HR approves or returns it."""

    HELP = N_(
        "While a plan is a draft or was returned, A adds a line, E changes the one under ▸, D "
        "removes it, and S hands the plan to HR. HR approves with Y or returns with R and a word; "
        "nobody decides about a plan they drafted or submitted themselves. W exports the plan."
    )
    IS_BESIDE = False
    DEFAULT_CSS = "TrainingPlanScreen #about { height: auto; padding: 0 2 1 2; }"
    BINDINGS = [
        Binding("a", "add", N_("Add a line")),
        Binding("e", "change", N_("Change")),
        Binding("d", "remove", N_("Remove")),
        Binding("s", "submit", N_("Hand to HR")),
        Binding("y", "approve", N_("Approve")),
        Binding("r", "give_back", N_("Return")),
        Binding("w", "export", N_("Export")),
    ]

    def __init__(self, plan: int | str) -> None:
        """Args:
        plan: the year of an annual plan, or the code of an ad-hoc plan.
        """
        super().__init__()
        self.plan = plan
        self.view: PlanView | AdHocView | None = None
        self.done = ""

    def top(self) -> ComposeResult:
        yield Static(id="about")

    async def fetch(self) -> None:
        if isinstance(self.plan, int):
            self.view = await self.certify.use(
                plan_views.annual_plan, actor=self.actor, year=self.plan
            )
            return
        self.view = await self.certify.use(plan_views.ad_hoc_plan, actor=self.actor, code=self.plan)

    def heading(self) -> str:
        if isinstance(self.plan, int):
            return _("Annual in-service training plan {year}").format(year=self.plan)
        return _("Ad-hoc plan {code}").format(code=self.plan)

    def show(self) -> None:
        if self.view is not None:
            review = self.view.review
            lines = [plan_state(review.state)]
            lines[0] += safe_line("  " + words.money(self.view.planned_fen))
            for label, name, day in (
                (_("Drafted"), review.drafted_by, review.drafted_on),
                (_("Submitted"), review.submitted_by, review.submitted_on),
                (_("Reviewed by HR"), review.decided_by, review.decided_on),
            ):
                if day is not None:
                    lines[0] += safe_line(f"  {label} {day.isoformat()} {name}", "$foreground 80%")
            if review.remark:
                lines.append(safe_line(_("HR: {remark}").format(remark=review.remark)))
            self.query_one("#about", Static).update(Content("\n").join(lines))
        super().show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        review = self.view.review if self.view else None
        is_annual = isinstance(self.view, PlanView)
        if action == "submit":
            has_content = not is_annual or bool(self.view and self._lines)
            return review is not None and review.may_change and has_content
        if action == "add":
            return review is not None and review.may_change and is_annual
        if action == "change":
            has_line = not is_annual or self._line() is not None
            return review is not None and review.may_change and has_line
        if action == "remove":
            return review is not None and review.may_change and self._line() is not None
        if action in ("approve", "give_back"):
            return review is not None and review.may_decide
        return super().check_action(action, parameters)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        if isinstance(self.plan, int):
            return [("annual-plan", Wanted(year=self.plan))]
        return [("ad-hoc-plan", Wanted(plan=self.plan))]

    def columns(self, width: int) -> Content:
        if isinstance(self.view, AdHocView):
            return Content()
        heads = [_("Month"), _("Kind"), _("Title"), _("Trainer"), _("Planned cost")]
        return _row(heads, width)

    def entries(self, width: int) -> Sequence[Entry]:
        if isinstance(self.view, AdHocView):
            return [
                Entry(row([fit(label, 14, "$foreground 80%"), safe_line(value)]), label)
                for label, value in _said(self.view)
                if value
            ]
        if not self._lines:
            return [Entry(Content(_("The plan has no line yet; A adds one.")))]
        return [
            Entry(
                _row(
                    [
                        str(line.month),
                        _(words.KINDS[line.kind]),
                        line.title,
                        line.trainer,
                        fen_text(line.planned_fen),
                    ],
                    width,
                ),
                str(line.id),
            )
            for line in self.some(self._lines)
        ]

    def detail(self, name: str) -> Content:
        line = self._line()
        if line is None:
            return Content()
        said = [line.title, _(words.MODES[line.mode]), line.course, line.audience, line.trainer]
        return safe_line(" · ".join(text for text in said if text))

    def foot(self) -> Content:
        return safe_line(f"✓ {self.done}", "$success") if self.done else Content()

    @work
    async def action_add(self) -> None:
        """Add a line."""
        if isinstance(self.plan, int):
            await self._ask(line_form(self.certify, self.actor, self.plan))

    @work
    async def action_change(self) -> None:
        """Change the line under ▸, or the ad-hoc plan."""
        if isinstance(self.view, AdHocView):
            await self._ask(ad_hoc_form(self.certify, self.actor, self.view))
        elif (line := self._line()) and isinstance(self.plan, int):
            await self._ask(line_form(self.certify, self.actor, self.plan, line))

    @work
    async def action_remove(self) -> None:
        """Take the line under ▸ out."""
        line = self._line()
        if line is None or not isinstance(self.plan, int):
            return
        question = _("Remove “{title}” from the plan?").format(title=line.title)
        if await self.app.push_screen_wait(Confirm(question)):
            actor, year = self.actor, self.plan
            await self._try(
                self.certify.use(planning.remove_line, actor=actor, year=year, line_id=line.id)
            )

    @work
    async def action_submit(self) -> None:
        """Hand the plan to HR."""
        if await self.app.push_screen_wait(Confirm(_("Hand this plan to HR?"))):
            await self._try(self.certify.use(plan_review.submit, actor=self.actor, plan=self.plan))

    @work
    async def action_approve(self) -> None:
        """HR says yes."""
        await self._ask(decide_form(self.certify, self.actor, self.plan, approve=True))

    @work
    async def action_give_back(self) -> None:
        """HR says not yet."""
        await self._ask(decide_form(self.certify, self.actor, self.plan, approve=False))

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done = said
            self.reload()

    async def _try(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    @property
    def _lines(self) -> Sequence[LineView]:
        return self.view.lines if isinstance(self.view, PlanView) else ()

    def _line(self) -> LineView | None:
        chosen = self.chosen
        return next((line for line in self._lines if str(line.id) == chosen), None)


def _said(plan: AdHocView) -> list[tuple[str, str]]:
    """Label and value of what an ad-hoc plan says."""
    return [
        (_("Title"), plan.title),
        (_("Occasion"), plan.occasion),
        (_("Kind"), _(words.KINDS[plan.kind])),
        (_("Mode"), _(words.MODES[plan.mode])),
        (_("Course"), plan.course),
        (_("When"), f"{plan.first_day.isoformat()} – {plan.last_day.isoformat()}"),
        (_("Audience"), plan.audience),
        (_("Trainer"), plan.trainer),
        (_("Planned cost"), words.money(plan.planned_fen)),
    ]


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [6, 20, 0, 0, 14], [2, 1])
    cells = [fit(text, room) for text, room in zip(texts[:4], rooms[:4], strict=True)]
    return row([*cells, fit_right(texts[4], rooms[4])])

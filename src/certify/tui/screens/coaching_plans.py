"""Coaching plans after a weak grade: written and marked done by the supervisor."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services.evaluation import coaching
from certify.services.evaluation.coaching import PlanView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class CoachingPlansScreen(ListPage):
    """Plans, the one due first first; E writes the one under ▸, D marks it done."""

    HELP = N_(
        "After a weak grade HR may ask for a coaching plan. The direct supervisor writes what is "
        "to be done (E), which the person reads, and says when it was carried out (D). Plans past "
        "their last day are marked as overdue."
    )
    BINDINGS = [Binding("e", "write", N_("Write")), Binding("d", "done", N_("Done"))]

    def __init__(self) -> None:
        super().__init__()
        self.plans: list[PlanView] = []

    async def fetch(self) -> None:
        self.plans = await self.certify.use(coaching.listed, actor=self.actor)

    def heading(self) -> str:
        return _("Coaching plans")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        one = self._chosen()
        if action == "write":
            return one is not None and one.may_write
        if action == "done":
            return one is not None and one.may_write and bool(one.steps)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Period"), _("Until")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.plans:
            none = _("There are no coaching plans. HR confirms them after a weak grade.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [one.staff_no, one.name, one.period, one.due_on.isoformat()],
                    _state(one),
                    width,
                ),
                str(one.id),
            )
            for one in self.some(self.plans)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        steps = one.steps or _("The supervisor has not written this plan yet.")
        head = safe_line(f"{one.name} {one.staff_no} · {one.period}", "bold")
        return Content("\n").join([head, safe_text(steps)])

    def foot(self) -> Content:
        count = sum(one.is_overdue for one in self.plans)
        return Content(_n("{count} overdue", "{count} overdue", count).format(count=count))

    def open(self, name: str) -> None:
        if self.check_action("write", ()):
            self.action_write()

    @work
    async def action_write(self) -> None:
        """Write what is to be done."""
        if (one := self._chosen()) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                coaching.write, actor=self.actor, plan=one.id, steps=values["steps"]
            )
            return ""

        asks = [Ask("steps", N_("What is to be done"), one.steps, required)]
        about = f"{one.name} {one.staff_no} · {one.due_on.isoformat()}"
        if (
            await self.app.push_screen_wait(Form(N_("Coaching plan"), asks, send, about))
            is not None
        ):
            self.reload()

    @work
    async def action_done(self) -> None:
        """Say that it was carried out, today."""
        one = self._chosen()
        question = Confirm(_("Was this plan carried out?"), safe_text(one.steps if one else ""))
        if one is None or not await self.app.push_screen_wait(question):
            return
        try:
            await self.certify.use(coaching.mark_done, actor=self.actor, plan=one.id)
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    def _chosen(self) -> PlanView | None:
        return next((one for one in self.plans if str(one.id) == self.chosen), None)


def _state(one: PlanView) -> Content:
    if one.done_on is not None:
        return signed("✓", _("done on {day}").format(day=one.done_on.isoformat()), "$success")
    if one.is_overdue:
        return signed("!", _("overdue"), "$error")
    if one.steps:
        return signed("▸", _("under way"), "$accent")
    return signed("○", _("to be written"), "$warning")


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 10, 10, 20], [1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[-1])])

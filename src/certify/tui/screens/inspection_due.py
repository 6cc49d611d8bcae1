"""Who is due for inspection this week, overdue ones first, and why."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import listing
from certify.services.inspection import register, schedule
from certify.services.inspection.schedule import DueView, Reason
from certify.services.inspection.words import days_left
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.inspection import skill_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.inspections import begin_check
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class InspectionDueScreen(ListPage):
    """Enter begins a check of the person under ▸."""

    HELP = N_(
        "Newcomers are inspected every week from the first day of on-site practice until they are "
        "skilled: they hold the level, and enough weeks follow one another without fault. Then "
        "the normal frequency holds, and everybody is inspected once a quarter. Enter begins a "
        "check of the person under ▸. Where the checks did not decide, the direct supervisor says "
        "with S whether the newcomer is skilled."
    )
    BINDINGS = [Binding("s", "decide", N_("Skilled?"))]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[DueView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(schedule.due, actor=self.actor)
        self.today = await self.certify.use(listing.today)

    def heading(self) -> str:
        return _("Who is due for inspection")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "decide":
            one = self._chosen()
            return one is not None and one.reason is Reason.DECISION
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Reason")]
        return _row(heads, Content(_("Until")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.views:
            none = _("Nobody is due for inspection this week.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row([one.staff_no, one.name, schedule.reason_text(one)], self._until(one), width),
                f"{one.reason.value}:{one.staff_no}",
            )
            for one in self.some(self.views)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        text = _("{department} · until {day}: {reason}").format(
            department=pick(one.department),
            day=one.due_on.isoformat(),
            reason=schedule.reason_text(one),
        )
        if not one.may_inspect and register.may_record(self.actor):
            text = " ".join([text, _("Another inspector does it.")])
        return Content("\n").join(
            [safe_line(f"{one.name} {one.staff_no}", "bold"), safe_text(text)]
        )

    def foot(self) -> Content:
        count = sum(one.is_overdue for one in self.views)
        if count:
            text = _n("{count} overdue", "{count} overdue", count).format(count=count)
            return Content.styled(f"! {text}", "$warning")
        return Content()

    def open(self, name: str) -> None:
        one = self._chosen()
        if one is not None and one.reason is Reason.DECISION:
            self.action_decide()
        elif one is not None and one.may_inspect:
            self._begin(one.staff_no)

    @work
    async def _begin(self, staff_no: str) -> None:
        await begin_check(self, staff_no)

    @work
    async def action_decide(self) -> None:
        """Say whether the newcomer under ▸ is skilled."""
        if (one := self._chosen()) is None:
            return
        form = skill_form(self.certify, self.actor, one.staff_no, one.name)
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _until(self, one: DueView) -> Content:
        text = days_left(one.due_on, self.today)
        if one.is_overdue:
            return signed("!", text, "$error")
        return signed("○", text)

    def _chosen(self) -> DueView | None:
        reason, _colon, staff_no = self.chosen.partition(":")
        found = (one for one in self.views if one.staff_no == staff_no)
        return next((one for one in found if one.reason.value == reason), None)


def _row(texts: Sequence[str], until: Content, width: int) -> Content:
    rooms = widths(width, [10, 8, 0, 16], [1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(until, rooms[-1])])

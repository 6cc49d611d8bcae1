"""Personal data for HR: who is due for removal, what blocks it, extracts (R-FRM-05)."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.privacy import erasing
from certify.services.privacy import retention as service
from certify.services.privacy.erasing import ErasurePlan
from certify.services.privacy.retention import RetentionRow
from certify.services.privacy.words import plan_lines, state_text
from certify.tui import files
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.extract import ExtractForm
from certify.tui.dialogs.form import Form
from certify.tui.lines_page import LinesPage
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.my_data import tell_written
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class PersonalDataScreen(ListPage):
    """Leavers, due ones first; Enter shows what would go, P proposes it, X extracts."""

    HELP = N_(
        "Everybody who has left, those first whose time is over. Enter shows exactly what would "
        "be removed, what blocks it and where copies lie outside the database. P proposes to "
        "remove it, with a reason that names nobody; another person of HR confirms it on the page "
        "“Proposals”. It cannot be undone. X writes all that is kept of the person into a file."
    )
    BINDINGS = [
        Binding("enter", "open", N_("Look")),
        Binding("p", "propose", N_("Propose removal")),
        Binding("x", "extract", N_("Extract")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.people: list[RetentionRow] = []

    async def fetch(self) -> None:
        self.people = await self.certify.use(service.retention, actor=self.actor)

    def heading(self) -> str:
        return _("Personal data")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        one = self._chosen()
        if action == "propose":
            return one is not None and one.erased_on is None and not one.blockers
        if action in ("open", "extract"):
            return one is not None and one.erased_on is None
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Left on"), _("Due on")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.people:
            none = _("Nobody has left; nothing is to be removed.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [one.staff_no, one.name, _day(one.left_on), _day(one.due_on)],
                    _state(one),
                    width,
                ),
                one.staff_no,
            )
            for one in self.some(self.people)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        head = safe_line(f"{one.name} {one.staff_no}", "bold")
        return Content("\n").join([head, safe_text(state_text(one))])

    def foot(self) -> Content:
        due = sum(one.is_due for one in self.people)
        return Content(_n("{count} person is due", "{count} people are due", due).format(count=due))

    def action_open(self) -> None:
        """Show what would go."""
        if (one := self._chosen()) is not None and one.erased_on is None:
            self.app.push_screen(ErasurePlanScreen(one.staff_no))

    def open(self, name: str) -> None:
        self.action_open()

    @work
    async def action_propose(self) -> None:
        """Ask why, then propose it."""
        if (one := self._chosen()) is None:
            return

        async def send(values: dict[str, str]) -> str:
            plan = await self.certify.use(
                erasing.propose, actor=self.actor, staff_no=one.staff_no, reason=values["reason"]
            )
            return str(plan.proposal or "")

        asks = [Ask("reason", N_("Reason, without name or number"), check=required)]
        form = Form(N_("Propose to remove personal data"), asks, send, f"{one.name} {one.staff_no}")
        number = await self.app.push_screen_wait(form)
        if number is None:
            return
        said = _("Proposal {number} waits for another person of HR.").format(number=number)
        head = _("Proposed") if number else _("Removed")
        lines = [said] if number else [_("The personal data are removed.")]
        await self.app.push_screen_wait(Done(head, lines))
        self.reload()

    @work
    async def action_extract(self) -> None:
        """Write everything into a file."""
        if (one := self._chosen()) is None:
            return
        if await files.cannot_take(self.certify, f"certify person extract {one.staff_no}"):
            return
        form = ExtractForm(self.certify, self.actor, one.staff_no, one.name)
        if (said := await files.asked(self.certify, form)) is not None:
            await tell_written(self, said)

    def _chosen(self) -> RetentionRow | None:
        return next((one for one in self.people if one.staff_no == self.chosen), None)


class ErasurePlanScreen(LinesPage):
    """Exactly what would be removed of a person."""

    HELP = N_(
        "What an erasure would do to this person's data, what blocks it, and where copies lie "
        "that it cannot reach. Nothing is changed here; Esc leads back."
    )

    def __init__(self, staff_no: str) -> None:
        super().__init__()
        self.staff_no = staff_no
        self.plan: ErasurePlan | None = None

    async def fetch(self) -> None:
        self.plan = await self.certify.use(
            erasing.preview, actor=self.actor, staff_no=self.staff_no
        )

    def heading(self) -> str:
        return _("What would be removed")

    def lines(self) -> Sequence[str]:
        if self.plan is None:
            return ()
        who = f"{self.plan.name} {self.plan.staff_no}"
        return (who, *plan_lines(self.certify.platform, self.plan))


def _day(day: object) -> str:
    return str(day) if day else "–"


def _state(one: RetentionRow) -> Content:
    if one.erased_on is not None:
        return signed("✓", _("removed"), "$success")
    if not one.is_due:
        return signed("○", _("not due"), "$accent")
    if one.blockers:
        return signed("!", _("blocked"), "$error")
    return signed("!", _("due"), "$error")


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 10, 10, 12], [1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[4])])

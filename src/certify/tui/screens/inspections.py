"""The register of inspections: what the person at the screen may see of it, the newest first."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.person import Role
from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services.forms.form import Wanted
from certify.services.inspection import lines, register
from certify.services.inspection.register import InspectionView
from certify.services.inspection.words import rate_text
from certify.tui import inspection_words as words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.inspection import begin_form, rate_form
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class InspectionsScreen(Exports, ListPage):
    """Enter opens a check; inspectors enter new ones."""

    SEARCHES = True
    HELP = N_(
        "Every check stands here, with or without fault. N begins a check by a list of points, T "
        "enters a sample held against a standard, D shows who is due, P the report. Enter opens a "
        "check: whom it is about confirms reading it there. E exports the register, / searches."
    )
    BINDINGS = [
        Binding("n", "new", N_("New check")),
        Binding("t", "rate", N_("New sample")),
        Binding("d", "due", N_("Who is due")),
        Binding("p", "report", N_("Report")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[InspectionView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(register.register, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Inspections")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("new", "rate"):
            return register.may_record(self.actor)
        if action == "report":
            return may(self.actor, Action.SEE_INSPECTIONS)
        if action == "due":
            return may(self.actor, Action.SEE_INSPECTIONS) or Role.SUPERVISOR in self.actor.roles
        return super().check_action(action, parameters)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("inspection-register", Wanted())]

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Day"), _("Inspected"), _("Held against")]
        return _row(heads, Content(_("Result")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        if not self.views:
            none = _("No check is in the register yet. Inspectors enter every one they make.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        found = [one for one in self.views if wanted in _search(one)]
        return [
            Entry(
                _row(
                    [one.number, one.day.isoformat(), lines.whom(one), lines.what(one)],
                    words.result(one),
                    width,
                ),
                one.number,
            )
            for one in self.some(found)
        ]

    def detail(self, name: str) -> Content:
        return safe_text("\n".join(lines.inspection_lines(self._named(name))[1:]))

    def foot(self) -> Content:
        unread = sum(one.is_own and one.read_on is None for one in self.views)
        if unread:
            text = _n(
                "{count} result of yours is not confirmed: Enter opens it",
                "{count} results of yours are not confirmed: Enter opens them",
                unread,
            )
            return Content.styled(f"! {text.format(count=unread)}", "$warning")
        count = len(self.views)
        return Content(_n("{count} check", "{count} checks", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.inspection import InspectionScreen

        self.app.push_screen(InspectionScreen(name))

    @work
    async def action_new(self) -> None:
        """Begin a check by a list of points."""
        await begin_check(self)

    @work
    async def action_rate(self) -> None:
        """Enter a sample held against a standard."""
        try:
            form = await rate_form(self.certify, self.actor)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        if number := await self.app.push_screen_wait(form):
            self.open(number)

    def action_due(self) -> None:
        """Open the list of those who are due."""
        from certify.tui.screens.inspection_due import InspectionDueScreen

        self.app.push_screen(InspectionDueScreen())

    def action_report(self) -> None:
        """Open the report of the departments."""
        from certify.tui.screens.inspection_report import InspectionReportScreen

        self.app.push_screen(InspectionReportScreen())

    def _named(self, number: str) -> InspectionView:
        return next(one for one in self.views if one.number == number)


async def begin_check(page: ListPage, staff_no: str = "") -> None:
    """Ask whom and by which list, then open the points."""
    from certify.tui.screens.inspection_record import Begun, InspectionRecordScreen

    begun: list[Begun] = []
    try:
        form = await begin_form(page.certify, page.actor, begun, staff_no)
    except CertifyError as error:
        await page.certify.tell(error)
        return
    if await page.app.push_screen_wait(form) is not None:
        page.app.push_screen(InspectionRecordScreen(begun[0]))


def _search(one: InspectionView) -> str:
    texts = [one.number, one.day.isoformat(), lines.whom(one), lines.what(one), one.inspector]
    texts += [rate_text(one.sampled, one.passed), one.finding]
    return " ".join(texts).casefold()


def _row(texts: Sequence[str], result: Content, width: int) -> Content:
    rooms = widths(width, [14, 10, 0, 0, 16], [1, 1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(result, rooms[-1])])

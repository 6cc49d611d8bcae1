"""One cohort: its figures above, its members below."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.i18n import N_, _, _n, pick
from certify.services import cohort_words, cohorts
from certify.services.cohorts import CohortView, MemberState, MemberView
from certify.tui import person_words
from certify.tui.columns import fit_content, row, widths
from certify.tui.dialogs.cohort import excuse_form, register_form
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry

SIGNS = {
    MemberState.EXCUSED: ("–", "$foreground 70%"),
    MemberState.NO_SHOW: ("✗", "$error"),
    MemberState.TO_COME: ("○", "$foreground 70%"),
    MemberState.SITTING: ("◐", "$accent"),
    MemberState.AWAITING: ("…", "$accent"),
    MemberState.PASSED: ("✓", "$success"),
    MemberState.FAILED: ("✗", "$error"),
    MemberState.PASSED_LATER: ("✓", "$success"),
}


class CohortScreen(ListPage):
    """A adds members, E excuses the one under ▸."""

    HELP = N_(
        "Who is excused does not count in the pass rate; who does not come without excuse counts "
        "as not passed. First attempts decide; retakes are shown beside and decide nothing. A "
        "registers people by their staff numbers, E excuses the one under ▸ with a reason."
    )
    BINDINGS = [
        Binding("a", "add", N_("Add people")),
        Binding("e", "excuse", N_("Excuse")),
        Binding("d", "dossier", N_("Dossier")),
    ]
    DEFAULT_CSS = "CohortScreen #figures { height: auto; padding: 0 2 1 2; }"
    IS_BESIDE = False

    def __init__(self, cohort_id: int) -> None:
        super().__init__()
        self.cohort_id = cohort_id
        self.view: CohortView | None = None
        self.done = ""

    def top(self) -> ComposeResult:
        yield Static(id="figures")

    async def fetch(self) -> None:
        self.view = await self.certify.use(cohorts.one, actor=self.actor, cohort_id=self.cohort_id)

    def heading(self) -> str:
        return f"{self.view.title} · {pick(self.view.exam_title)}" if self.view else ""

    def show(self) -> None:
        if self.view is not None:
            lines = cohort_words.lines(self.certify.platform, self.view)
            styled = [
                safe_line(text, "bold" if place == 2 else "") for place, text in enumerate(lines)
            ]
            self.query_one("#figures", Static).update(Content("\n").join(styled))
        super().show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "excuse":
            one = self._chosen()
            return one is not None and one.state in (MemberState.TO_COME, MemberState.NO_SHOW)
        if action == "add":
            return self.view is not None and not self.view.is_over
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("State"), _("Mark"), _("Reason")]
        return _row([Content(head) for head in heads], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None or not self.view.members:
            return [Entry(Content(_("Nobody is registered yet; A adds people.")))]
        return [
            Entry(
                _row(
                    [
                        safe_line(one.staff_no),
                        safe_line(one.name),
                        _state(one),
                        Content(one.mark),
                        safe_line(one.reason),
                    ],
                    width,
                ),
                one.staff_no,
            )
            for one in self.some(self.view.members)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        return safe_line(f"{one.name} {one.staff_no} {one.reason}") if one else Content()

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.view.members) if self.view else 0
        return Content(_n("{count} person", "{count} people", count).format(count=count))

    @work
    async def action_add(self) -> None:
        """Register people."""
        await self._ask(register_form(self.certify, self.actor, self.cohort_id))

    @work
    async def action_excuse(self) -> None:
        """Excuse the member under ▸."""
        if one := self._chosen():
            await self._ask(
                excuse_form(self.certify, self.actor, self.cohort_id, one.staff_no, one.name)
            )

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done = said
            self.reload()

    def action_dossier(self) -> None:
        """Everything about this cohort in one document."""
        from certify.tui.screens.dossier import cohort_dossier

        self.app.push_screen(cohort_dossier(self.cohort_id))

    def _chosen(self) -> MemberView | None:
        chosen, members = self.chosen, self.view.members if self.view else ()
        return next((one for one in members if one.staff_no == chosen), None)


def _state(one: MemberView) -> Content:
    sign, style = SIGNS[one.state]
    return signed(sign, _(cohort_words.STATES[one.state]), style)


def _row(cells: Sequence[Content], width: int) -> Content:
    shared = widths(width, [person_words.number_width(), 0, 22, 7, 0], [1, 1], gap=2)
    return row([fit_content(cell, size) for cell, size in zip(cells, shared, strict=True)])

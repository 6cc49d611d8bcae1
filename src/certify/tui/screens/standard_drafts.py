"""New texts of standards on their way: how far each is, and what is missing."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.standard_change import DraftState
from certify.i18n import N_, _, pick
from certify.services.standard_life import draft_view, draft_words, words
from certify.services.standard_life.draft_view import DraftView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.standard_draft import draft_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

SIGNS = {
    DraftState.DRAFT: ("○", "$foreground 70%"),
    DraftState.REVIEW: ("◐", "$accent"),
    DraftState.PILOT: ("◑", "$accent"),
    DraftState.APPROVED: ("✓", "$success"),
    DraftState.DROPPED: ("–", "$foreground 70%"),
}


def state_sign(state: DraftState) -> Content:
    """How far a draft is, with its sign."""
    sign, style = SIGNS[state]
    return signed(sign, _(words.DRAFT_STATES[state]), style)


class StandardDraftsScreen(ListPage):
    """Every draft that waits for something; Enter opens it."""

    HELP = N_(
        "A new text of a standard goes from draft through the opinions of the departments and a "
        "trial to the approval by top management, and is in force from 00:00 of its first day. N "
        "begins a draft of a new standard; that of a known one begins on its page of the "
        "catalogue. Enter opens a draft: there the next step is taken."
    )
    BINDINGS = [Binding("n", "new", N_("New standard"))]
    IS_BESIDE = False

    def __init__(self) -> None:
        super().__init__()
        self.views: list[DraftView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(draft_view.drafts, actor=self.actor)

    def heading(self) -> str:
        return _("Standards in the making")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return may(self.actor, Action.MANAGE_STANDARDS)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Standard"), _("First day"), _("State"), _("Next step")]
        rooms = _widths(width)
        return row([fit(text, room) for text, room in zip(heads, rooms, strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.views:
            none = _("No new text is in the making. D on a standard of the catalogue begins one.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), str(one.id)) for one in self.some(self.views)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.views if str(one.id) == name)
        lines = [*draft_words.facts(one), *draft_words.missing(one)]
        return Content("\n").join(
            [safe_line(draft_words.head(one), "bold"), safe_text("\n".join(lines))]
        )

    def open(self, name: str) -> None:
        from certify.tui.screens.standard_draft import StandardDraftScreen

        self.app.push_screen(StandardDraftScreen(int(name)))

    @work
    async def action_new(self) -> None:
        """Begin a draft of a new standard."""
        form = await draft_form(self.certify, self.actor)
        if number := await self.app.push_screen_wait(form):
            self.open(number)


def _widths(width: int) -> list[int]:
    return widths(width, [9, 0, 10, 10, 0], [2, 3])


def _line(one: DraftView, width: int) -> Content:
    rooms = _widths(width)
    return row(
        [
            fit(one.number, rooms[0]),
            fit(pick(one.content.get("item", {})), rooms[1]),
            fit(one.effective_from.isoformat(), rooms[2]),
            fit_content(state_sign(one.state), rooms[3]),
            fit(" ".join(draft_words.missing(one)), rooms[4]),
        ]
    )

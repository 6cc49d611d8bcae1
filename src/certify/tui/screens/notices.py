"""Rectification notices: what is overdue, what waits for the person at the screen."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.inspection import NoticeState
from certify.i18n import N_, _, _n
from certify.services import listing
from certify.services.forms.form import Wanted
from certify.services.inspection import lines, notices, register
from certify.services.inspection.notices import NoticeView
from certify.services.inspection.words import days_left
from certify.tui import inspection_words as words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.inspection import notice_form
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class NoticesScreen(Exports, ListPage):
    """Open ones by deadline; A shows the closed ones too."""

    HELP = N_(
        "Rectification notices, the first deadline first. The owner answers with cause and "
        "measure and says when it is done; an inspector who is not the owner verifies and closes. "
        "A failed verification opens the notice again. ◐ marks what waits for you. Enter opens a "
        "notice, N issues one, A shows the closed ones too, E exports all of them."
    )
    BINDINGS = [
        Binding("n", "new", N_("New notice")),
        Binding("a", "all", N_("All or open ones")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[NoticeView] = []
        self.is_all = False

    async def fetch(self) -> None:
        found = await self.certify.use(notices.notices, actor=self.actor)
        self.views = sorted(found, key=lambda one: (one.state is NoticeState.CLOSED, one.due_on))
        self.today = await self.certify.use(listing.today)

    def heading(self) -> str:
        return _("Rectification notices")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return register.may_record(self.actor)
        return super().check_action(action, parameters)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("rectification-notice", Wanted())]

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Owner"), _("Problem"), _("Deadline")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        shown = [one for one in self.views if self.is_all or one.state is not NoticeState.CLOSED]
        if not shown:
            none = _("No rectification notice is open.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [one.number, one.owner, one.problem, self._deadline(one)],
                    words.notice_state(one),
                    width,
                ),
                one.number,
            )
            for one in self.some(shown)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.views if one.number == name)
        return safe_text("\n".join(lines.notice_lines(one, self.today)[1:]))

    def foot(self) -> Content:
        count = sum(one.is_overdue for one in self.views)
        if count:
            text = _n("{count} overdue", "{count} overdue", count).format(count=count)
            return Content.styled(f"! {text}", "$warning")
        return Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.notice import NoticeScreen

        self.app.push_screen(NoticeScreen(name))

    def action_all(self) -> None:
        """Show the closed ones too, or hide them."""
        self.is_all = not self.is_all
        self.show()

    @work
    async def action_new(self) -> None:
        """Order a correction."""
        if number := await self.app.push_screen_wait(notice_form(self.certify, self.actor)):
            self.open(number)

    def _deadline(self, one: NoticeView) -> str:
        if one.state in (NoticeState.ISSUED, NoticeState.ANSWERED):
            return days_left(one.due_on, self.today)
        return one.due_on.isoformat()


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [14, 8, 0, 15, 19], [1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[-1])])

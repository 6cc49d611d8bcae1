"""Those whom the person at the screen guides in on-site practice, and what waits for a remark."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _
from certify.services import field_practice
from certify.services.field_practice import LogView
from certify.tui import practice_log_words as words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class GuidedScreen(ListPage):
    """Whom I guide; Enter opens the log of the one under ▸."""

    HELP = N_(
        "Everybody whom you guide today, with the tasks and working days on which you have "
        "remarked, of those the policy asks for. Enter opens the log: there you remark on each "
        "task and sign off."
    )
    IS_BESIDE = False

    def __init__(self) -> None:
        super().__init__()
        self.logs: list[LogView] = []

    async def fetch(self) -> None:
        self.logs = await self.certify.use(field_practice.guided, actor=self.actor)

    def heading(self) -> str:
        return _("Whom I guide")

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Tasks"), _("Days"), _("Waiting")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.logs:
            none = _("You guide nobody today. HR appoints guides.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [
                        one.staff_no,
                        one.name,
                        f"{one.done.entries}/{one.needed.entries}",
                        f"{one.done.days}/{one.needed.days}",
                        str(one.waiting or ""),
                    ],
                    words.state(one),
                    width,
                ),
                one.staff_no,
            )
            for one in self.logs
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.logs if one.staff_no == name)
        return Content("\n").join(
            [safe_line(f"{one.name} {one.staff_no}", "bold"), words.about(one)]
        )

    def open(self, name: str) -> None:
        from certify.tui.screens.field_practice import FieldPracticeScreen

        self.app.push_screen(FieldPracticeScreen(name))


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 7, 7, 8, 26], [1])
    cells = [fit(texts[0], rooms[0]), fit(texts[1], rooms[1])]
    cells += [fit_right(text, room) for text, room in zip(texts[2:], rooms[2:5], strict=True)]
    return row([*cells, fit_content(state, rooms[5])])

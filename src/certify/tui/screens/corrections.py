"""Corrections of results after an exam: proposed, applied, withdrawn."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import correcting
from certify.services.correcting import CorrectionView
from certify.services.correction_words import KINDS
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.correct import ask_wish
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class CorrectionsScreen(ListPage):
    """Every correction, the newest first."""

    HELP = N_(
        "When an item of an exam was wrong, its results are corrected here: N begins with the "
        "exam, the item and what is to be done, and shows exactly whose mark, verdict and "
        "certificate would change. One person proposes, another applies. Nobody gets less unless "
        "the proposer says so, and everybody whose result changes is told."
    )
    BINDINGS = [Binding("n", "new", N_("New correction"))]

    def __init__(self) -> None:
        super().__init__()
        self.corrections: list[CorrectionView] = []

    async def fetch(self) -> None:
        self.corrections = await self.certify.use(correcting.corrections, actor=self.actor)

    def heading(self) -> str:
        return _("Corrections")

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Exam"), _("Item"), _("Kind"), _("State")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.corrections:
            none = _("No result was corrected yet. N begins with an item that was wrong.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), str(one.id)) for one in self.some(self.corrections)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.corrections if str(one.id) == name)
        said = [_("Reason: {reason}").format(reason=one.reason)]
        proposed = _("Proposed by {name}, {time}")
        said.append(
            proposed.format(
                name=one.proposed_by, time=f"{self.local(one.proposed_at):%Y-%m-%d %H:%M}"
            )
        )
        if one.applied_at:
            applied = _("Applied by {name}, {time}")
            said.append(
                applied.format(
                    name=one.applied_by, time=f"{self.local(one.applied_at):%Y-%m-%d %H:%M}"
                )
            )
        return safe_text("\n".join(said))

    def foot(self) -> Content:
        one = next((one for one in self.corrections if str(one.id) == self.chosen), None)
        if one is None or not one.is_open:
            return Content()
        return Content(_("Enter: see whom it changes, apply or withdraw it"))

    def open(self, name: str) -> None:
        from certify.tui.screens.correction import CorrectionScreen

        one = next(one for one in self.corrections if str(one.id) == name)
        if one.is_open:
            self.app.push_screen(CorrectionScreen(number=one.id))

    @work
    async def action_new(self) -> None:
        """Ask what is to be corrected, and show whom it would change."""
        from certify.tui.screens.correction import CorrectionScreen

        wish = await ask_wish(self.certify, self.actor)
        if wish is not None:
            self.app.push_screen(CorrectionScreen(wish=wish))


def _widths(width: int) -> list[int]:
    return widths(width, [4, 0, 14, 12, 20], [1])


def _line(one: CorrectionView, width: int) -> Content:
    rooms = _widths(width)
    if one.applied_at:
        state = signed("✓", _("applied"), "$success")
    elif one.withdrawn_at:
        state = signed("–", _("withdrawn"), "$foreground 70%")
    else:
        state = signed("○", _("waits for a second"), "$warning")
    cells = [str(one.id), pick(one.title), one.item, _(KINDS[one.kind])]
    fitted = [fit(text, room) for text, room in zip(cells, rooms, strict=False)]
    return row([*fitted, fit_content(state, rooms[-1])])

"""Items in use to be looked at again: a standard they cite changed after they were written."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services import review_item_words as words
from certify.services import review_stale, review_steps
from certify.services.review_stale import StaleItem, StaleReport
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

KEPT_WORDS = N_("It counts as looked at today; a later change of its standards brings it back.")


class StaleItemsScreen(ListPage):
    """Each item with the standards that changed."""

    HELP = N_(
        "When a standard gets a new text, items that cite it may ask for what is right no more. "
        "Enter shows the item. If it is still right, P keeps it; if not, its author edits it, "
        "and the new version waits for its review while this one stays in use. Below stand "
        "numbers that items cite and the catalogue does not have."
    )
    BINDINGS = [Binding("p", "keep", N_("Still right"))]

    def __init__(self) -> None:
        super().__init__()
        self.report = StaleReport((), {})

    async def fetch(self) -> None:
        self.report = await self.certify.use(review_stale.report, actor=self.actor)

    def heading(self) -> str:
        return _("Stale items")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "keep":
            return bool(self.chosen) and may(self.actor, Action.REVIEW_ITEMS)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        return _row([_("Item"), _("Looked at"), _("Reason")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.report.items:
            none = _("No item cites a standard that changed since it was written.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(_row([one.code, one.since.isoformat(), words.stale(one.stale)], width), one.code)
            for one in self.some(self.report.items)
        ]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        return safe_text(f"{one.code} · {one.course}\n{words.stale(one.stale)}")

    def foot(self) -> Content:
        if not self.report.unknown:
            return Content()
        text = _("! Not in the catalogue, but cited: {numbers}")
        return safe_line(text.format(numbers=", ".join(self.report.unknown)), "$warning")

    def open(self, name: str) -> None:
        from certify.tui.screens.bank_item import BankItemScreen

        self.app.push_screen(BankItemScreen(name))

    @work
    async def action_keep(self) -> None:
        """Say that the chosen item is still right."""
        code = self.chosen
        question = _("{code} is still right?").format(code=code)
        if not await self.app.push_screen_wait(Confirm(question, Content(_(KEPT_WORDS)))):
            return
        try:
            await self.certify.use(review_steps.keep, actor=self.actor, codes=[code])
        except CertifyError as error:
            await self.certify.tell(error)
            return
        count = len(self.report.items) - 1
        left = _n("{count} item is left.", "{count} items are left.", count).format(count=count)
        self.notify(left, markup=False)
        self.reload()

    def _named(self, code: str) -> StaleItem:
        return next(one for one in self.report.items if one.code == code)


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [10, 10, 0], [1])
    return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])

"""The standards catalogue: what is in force, its targets, the items that cite it."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import standards
from certify.services.standards import StandardView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class StandardsScreen(ListPage):
    """Every standard; Enter shows it in full."""

    SEARCHES = True
    HELP = N_(
        "The catalogue as it is today: number, what it is about, its target, how many items in "
        "use cite it, and how many of them are older than its text. New texts come from a file: "
        "“certify standard import FILE” on the command line, which also shows any earlier day."
    )

    def __init__(self) -> None:
        super().__init__()
        self.views: list[StandardView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(standards.catalogue, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Standards")

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Standard"), _("Target"), _("Items"), _("State")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [
            one
            for one in self.views
            if wanted in " ".join((one.number, *one.item.values())).casefold()
        ]
        if not self.views:
            none = _("The catalogue is empty. “certify standard import FILE” fills it.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.number) for one in self.some(found)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        head = safe_line(f"{one.number}  {pick(one.item)}", "bold")
        return Content("\n").join([head, safe_text("\n".join(standards.lines(one)[1:]))])

    def foot(self) -> Content:
        return Content(_("Enter: all of it")) if self.chosen else Content()

    def open(self, name: str) -> None:
        head, *rest = standards.lines(self._named(name))
        self.app.push_screen(Done(head, rest))

    def _named(self, number: str) -> StandardView:
        return next(one for one in self.views if one.number == number)


def _widths(width: int) -> list[int]:
    return widths(width, [9, 0, 0, 6, 14], [1, 1])


def _line(one: StandardView, width: int) -> Content:
    rooms = _widths(width)
    if not one.is_in_force:
        state = signed("–", _("not in force"), "$foreground 70%")
    elif one.stale:
        text = _("{count} to look at").format(count=len(one.stale))
        state = signed("!", text, "$warning")
    else:
        state = signed("✓", _("in force"), "$success")
    texts = [one.number, pick(one.item), standards.target_text(one.target), str(len(one.items))]
    fitted = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*fitted, fit_content(state, rooms[-1])])

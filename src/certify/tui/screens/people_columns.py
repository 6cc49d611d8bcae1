"""What the columns of a people file become: HR says it once, and it is kept for the next file."""

from collections.abc import Callable, Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import people_columns, people_words
from certify.services.people_columns import FileColumn, FileColumns
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry


class PeopleColumnsScreen(ListPage):
    """Each heading of the file with samples and the field it becomes."""

    HELP = N_(
        "Each line is a column of the file: its heading, what stands in its first rows, and the "
        "field it becomes. Enter chooses another field, or ignores the column. A goes on and "
        "keeps this for the next file with the same headings."
    )
    RELOADS = False
    IS_BESIDE = False
    BINDINGS = [
        Binding("a", "go_on", N_("Go on")),
    ]

    def __init__(self, found: FileColumns, take: Callable[[dict[str, str]], None]) -> None:
        """
        Args:
            take: given the field of each heading once HR goes on.
        """
        super().__init__()
        self.found = found
        self.take = take

    def heading(self) -> str:
        return _("What do the columns mean?")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go_on":
            return self.found.is_enough
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Heading"), _("In the file")]
        return _row(heads, Content(_("Becomes")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        return [
            Entry(_row([one.heading, _(", ").join(one.samples)], _field(one), width), str(place))
            for place, one in enumerate(self.found.columns)
        ]

    def detail(self, name: str) -> Content:
        one = self.found.columns[int(name)]
        said = _("said by HR") if one.is_said else _("guessed")
        head = safe_line(f"{one.heading} → ", "bold") + _field(one)
        if one.field:
            head += safe_line(f" ({said})", "$foreground 70%")
        return Content("\n").join([head, safe_line(_(", ").join(one.samples))])

    def foot(self) -> Content:
        if not self.found.is_enough:
            text = _("Say which column holds the staff numbers, and one more field at least.")
            return safe_line(f"! {text}", "$warning")
        ignored = sum(not one.field for one in self.found.columns)
        return Content(_("{count} columns are ignored. A goes on.").format(count=ignored))

    def open(self, name: str) -> None:
        self.choose_for(int(name))

    @work
    async def choose_for(self, place: int) -> None:
        """Choose what a column becomes."""
        one = self.found.columns[place]
        entries = [Entry(Content(_("ignore this column")), "-")]
        entries += [
            Entry(Content(_(label)), field) for field, label in people_words.HEADINGS.items()
        ]
        question = _("What is “{heading}”?").format(heading=one.heading)
        chosen = await self.app.push_screen_wait(Choose(question, entries, one.field or "-"))
        if chosen is not None:
            self.found = self.found.saying(place, "" if chosen == "-" else chosen)
            self.show()

    @work
    async def action_go_on(self) -> None:
        """Keep what was said, and look what the file would change."""
        try:
            await self.certify.use(
                people_columns.keep_mapping, actor=self.actor, mapping=self.found.mapping
            )
        except CertifyError as error:
            await self.certify.tell(error)
        self.take(self.found.mapping)
        self.action_back()


def _field(one: FileColumn) -> Content:
    if not one.field:
        return signed("–", _("ignored"), "$foreground 70%")
    return signed("✓", _(people_words.HEADINGS[one.field]), "$success")


def _row(texts: Sequence[str], field: Content, width: int) -> Content:
    shared = widths(width, [0, 0, 20], [2, 4], gap=1)
    cells = [fit(text, cells) for text, cells in zip(texts, shared[:-1], strict=True)]
    return row([*cells, fit_content(field, 20)], gap=1)

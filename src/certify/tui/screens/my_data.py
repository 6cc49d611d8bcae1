"""What certify keeps of the person at the screen, and for how long (R-PLT-07, R-FRM-05)."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.privacy import extracting
from certify.services.privacy.extracting import Extract
from certify.services.privacy.words import fate_text, kind_name
from certify.tui import files
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.extract import ExtractForm
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry


class MyDataScreen(ListPage):
    """One line for each sort of record; X writes all of it into a file."""

    HELP = N_(
        "Everything that certify keeps of you, sort by sort, with how many entries there are. X "
        "writes all of it into one archive that you may take along. Left out are the keys of "
        "exams, what single raters gave and who did what: these are other people's. Your data "
        "are kept while you work here and some years longer; then HR may have them removed."
    )
    BINDINGS = [Binding("x", "extract", N_("To a file"))]

    def __init__(self) -> None:
        super().__init__()
        self.extract: Extract | None = None

    async def fetch(self) -> None:
        self.extract = await self.certify.use(extracting.extract, actor=self.actor)

    def heading(self) -> str:
        return _("My data")

    def columns(self, width: int) -> Content:
        return _row([_("What is kept"), _("Sort"), _("Entries")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.extract is None:
            return []
        return [
            Entry(_row([one.title, kind_name(one.kind), str(len(one.rows))], width), one.table)
            for one in self.extract.sections
            if one.rows
        ]

    def detail(self, name: str) -> Content:
        found = self.extract.sections if self.extract else ()
        one = next((one for one in found if one.table == name), None)
        if one is None:
            return Content()
        lines = [safe_line(one.title, "bold")]
        lines.append(Content(fate_text(one.table)))
        lines += [safe_text(why) for why in sorted(set(one.left_out.values()))]
        return Content("\n").join(lines)

    def foot(self) -> Content:
        if self.extract is None:
            return Content()
        years = self.certify.platform.policy.retention.years
        return Content(
            _n(
                "Kept while you work here and {years} year longer",
                "Kept while you work here and {years} years longer",
                years,
            ).format(years=years)
        )

    @work
    async def action_extract(self) -> None:
        """Ask where to, write it, say where it went."""
        if await files.cannot_take(self.certify, "certify person extract"):
            return
        form = ExtractForm(self.certify, self.actor, self.actor.staff_no, self.actor.name)
        if (said := await files.asked(self.certify, form)) is not None:
            await tell_written(self, said)


async def tell_written(page: ListPage, said: str) -> None:
    """Say where an extract went."""
    number, rows, path = said.split("\n")
    text = _("{number}: {rows} rows in {path}").format(number=number, rows=rows, path=path)
    await page.app.push_screen_wait(Done(_("Written"), [text]))


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [0, 16, 8], [1])
    return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])

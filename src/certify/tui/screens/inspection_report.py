"""The inspection report of a year: each department's checks and notices."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import listing
from certify.services.forms.form import Wanted
from certify.services.inspection import register, results, sheets
from certify.services.inspection.results import DepartmentReport
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class InspectionReportScreen(Exports, ListPage):
    """One line a department."""

    HELP = N_(
        "The service quality inspection report of the last 365 days: how many checks each "
        "department had and how they ended, and what became of its rectification notices. E "
        "exports it. Other days: “certify inspection report --from DATE --to DATE”."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("e", "export", N_("Export"))]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[DepartmentReport] = []

    async def fetch(self) -> None:
        last = await self.certify.use(listing.today)
        first = last - register.YEAR
        self.views = await self.certify.use(
            results.report, actor=self.actor, first=first, last=last
        )

    def heading(self) -> str:
        return _("Inspection report")

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("inspection-report", Wanted())]

    def columns(self, width: int) -> Content:
        return _row(
            [_("Department"), _("Checks"), _("Met"), _("Not met"), _("Notices"), _("Overdue")],
            width,
        )

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.views:
            none = _("Nothing was inspected in these days.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [
                        pick(one.name),
                        *map(str, (one.checks, one.met, one.not_met, one.notices, one.overdue)),
                    ],
                    width,
                ),
                one.code,
            )
            for one in self.views
        ]

    def detail(self, name: str) -> Content:
        found = [one for one in self.views if one.code == name]
        columns, [cells] = sheets.report_table(found)
        said = [
            f"{column.heading} {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True)
        ]
        return safe_text(" · ".join(said))


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [0, 8, 8, 8, 10, 8], [1])
    cells = [fit_right(text, room) for text, room in zip(texts[1:], rooms[1:], strict=True)]
    return row([fit(texts[0], rooms[0]), *cells])

"""Exam codes as they were issued: shown once, to be read aloud or copied onto paper."""

from collections.abc import Sequence

from textual import work
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.exam_codes import ExamCode
from certify.tui import person_words
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry

CODE = 18


class ExamCodesScreen(ListPage):
    """One line for each candidate, by seat; ▸ keeps the place while they are read aloud."""

    HELP = N_(
        "Each candidate signs in with the staff number and this code, for this exam only, from "
        "shortly before the window opens until the exam is submitted. The codes are shown only "
        "now: what is kept of them cannot be read. They have no 0, O, 1 or I. ↑ and ↓ keep the "
        "place while you read them aloud; on the command line they are issued onto a sheet to be "
        "printed. A new code makes the older one of a person void."
    )
    RELOADS = False
    IS_BESIDE = False

    def __init__(self, title: str, cohort_id: int, codes: Sequence[ExamCode]) -> None:
        """Args:
        title: of the cohort.
        """
        super().__init__()
        self.sitting = title
        self.cohort_id = cohort_id
        self.codes = sorted(codes, key=lambda one: (not one.seat, one.seat, one.staff_no))

    def heading(self) -> str:
        return _("Exam codes of {title}").format(title=self.sitting)

    def columns(self, width: int) -> Content:
        heads = [_("Seat"), _("Staff no."), _("Name"), _("Exam code")]
        return row([fit(text, size) for text, size in zip(heads, _sizes(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        sizes = _sizes(width)
        return [
            Entry(
                row(
                    [
                        fit(one.seat, sizes[0]),
                        fit(one.staff_no, sizes[1]),
                        fit(one.name, sizes[2]),
                        fit(one.code, sizes[3], "bold $accent"),
                    ]
                ),
                one.staff_no,
            )
            for one in self.codes
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.codes if one.staff_no == name)
        head = f"{one.name} {one.staff_no}" + (f" · {one.seat}" if one.seat else "")
        spelled = "  -  ".join(" ".join(part) for part in one.code.split("-"))
        return Content("\n").join([safe_line(head, "bold"), safe_line(spelled, "bold $accent")])

    def foot(self) -> Content:
        count = len(self.codes)
        shown = _n("{count} code, shown only now", "{count} codes, shown only now", count)
        paper = _("new ones on paper: certify cohort codes {number}").format(number=self.cohort_id)
        return safe_line(f"{shown.format(count=count)} · {paper}")

    async def may_quit(self) -> bool:
        said = Content(_("They cannot be shown again; new ones make these void."))
        sure: bool = await self.app.push_screen_wait(Confirm(_("Put the codes away?"), said))
        return sure

    @work
    async def action_back(self) -> None:  # type: ignore[override]  # it asks first
        if await self.may_quit():
            self.app.pop_screen()


def _sizes(width: int) -> list[int]:
    return widths(width, [8, person_words.number_width(), 0, CODE], [1])

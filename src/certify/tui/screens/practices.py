"""What can be practised: every course with practice items, and how ready one is."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import readiness
from certify.services.readiness import PracticeView
from certify.tui import practice_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.list_page import ListPage
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class PracticesScreen(ListPage):
    """Courses with practice; Enter begins a round."""

    HELP = N_(
        "Practice has its own items, which no exam draws, and never changes a mark. Every answer "
        "is explained at once, and each item comes back when you would begin to forget it. Ready "
        "says what your practice lets expect of the exam; it is no promise. Enter begins a round."
    )

    def __init__(self) -> None:
        super().__init__()
        self.views: list[PracticeView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(readiness.practice_views, actor=self.actor)

    def heading(self) -> str:
        return _("Practice")

    def columns(self, width: int) -> Content:
        rooms = _widths(width)
        heads = [_("Course"), _("State"), _("Practised"), _("Ready")]
        cells = [fit(text, room) for text, room in zip(heads, rooms, strict=True)]
        return row(cells)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.views:
            none = _("There is nothing to practise yet; practice items come with the courses.")
            return [Entry(line) for line in wrap(Content(none), width)]
        return [Entry(_line(one, width), one.course) for one in self.views]

    def detail(self, name: str) -> Content:
        return practice_words.detail(next(one for one in self.views if one.course == name))

    def foot(self) -> Content:
        return Content(_("Enter: begin a round")) if self.chosen else Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.practice import PracticeScreen

        self.app.push_screen(PracticeScreen(name))


def _widths(width: int) -> list[int]:
    return widths(width, [0, 12, 10, 28], [1])


def _line(view: PracticeView, width: int) -> Content:
    rooms = _widths(width)
    ready = practice_words.outlook(view.exams[0]) if view.exams else Content()
    counts = f"{view.practised}/{view.items}"
    cells = [fit(pick(view.title), rooms[0]), fit_content(practice_words.state(view), rooms[1])]
    return row([*cells, fit_right(counts, rooms[2]), fit_content(ready, rooms[3])])

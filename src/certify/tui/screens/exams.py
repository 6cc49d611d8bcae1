"""All exams: which are open, which must wait and for what."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import learning, lobby
from certify.services.lobby import LobbyView
from certify.tui import exam_words
from certify.tui.columns import fit, fit_content, fit_right, row
from certify.tui.list_page import ListPage
from certify.tui.widgets.rows import Entry

STATE, TIME = 16, 12


class ExamsScreen(ListPage):
    """Every exam there is, as the person finds it; Enter opens its door."""

    HELP = N_(
        "Every exam of every course. ▶ open: you may sit it now; ◐ in progress: the time runs, go "
        "on; ○ not open: the line below says what is missing. Nothing starts before you have seen "
        "the rules."
    )

    def __init__(self) -> None:
        super().__init__()
        self.doors: list[LobbyView] = []

    async def fetch(self) -> None:
        courses = await self.certify.use(learning.course_views, actor=self.actor)
        self.doors = [
            await self.certify.use(lobby.lobby, actor=self.actor, exam=exam)
            for course in courses
            for exam in course.exams
        ]

    def heading(self) -> str:
        return _("Exams")

    def columns(self, width: int) -> Content:
        return _row(_("Exam"), Content(_("State")), _("Time"), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.doors:
            return [Entry(Content(_("There are no exams yet; they come with the courses.")))]
        now = self.certify.platform.clock.now()
        return [
            Entry(
                _row(
                    pick(one.title),
                    exam_words.door(one),
                    exam_words.time(one, now),
                    width,
                ),
                one.exam,
            )
            for one in self.doors
        ]

    def detail(self, name: str) -> Content:
        return exam_words.detail(next(one for one in self.doors if one.exam == name))

    def foot(self) -> Content:
        count = len(self.doors)
        return Content(_n("{count} exam", "{count} exams", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.lobby import LobbyScreen

        self.app.push_screen(LobbyScreen(name))


def _row(title: str, state: Content, time: str, width: int) -> Content:
    left = width - STATE - TIME - 4
    return row([fit(title, left), fit_content(state, STATE), fit_right(time, TIME)])

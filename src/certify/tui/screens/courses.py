"""All courses: which are assigned, how far one got, which are still locked."""

from collections.abc import Sequence

from textual.content import Content

from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n, pick
from certify.services import learning, listing
from certify.services.course_view import CourseView
from certify.tui import course_words
from certify.tui.columns import fit, fit_content, fit_right, row
from certify.tui.list_page import ListPage
from certify.tui.widgets.rows import Entry

ROOM_FOR_ALL = 90
"""In narrower lists the kind of a course stands in its detail only."""


class CoursesScreen(ListPage):
    """Every course there is; Enter opens the one under ▸."""

    HELP = N_(
        "Every course of your company. A course with a day in the last column was assigned to you "
        "and is due on that day; the others you may read as you like. A locked course opens when "
        "the courses before it are finished. Who looks after courses sees ! before in-service "
        "training that nobody revised for long."
    )
    SEARCHES = True

    def __init__(self) -> None:
        super().__init__()
        self.courses: list[CourseView] = []

    async def fetch(self) -> None:
        self.courses = await self.certify.use(learning.course_views, actor=self.actor)
        self.today = await self.certify.use(listing.today)

    def heading(self) -> str:
        return _("Courses")

    def searched(self) -> None:
        self.show()

    def columns(self, width: int) -> Content:
        heads = (_("Course"), _("Kind"), Content(_("State")), _("Lessons"), _("Due"))
        return self._row(heads, width)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.strip().lower()
        found = [
            one
            for one in self.courses
            if any(wanted in text.lower() for text in (*one.title.values(), one.code))
        ]
        if not found:
            none = _("No course fits.") if self.courses else _("There are no courses yet.")
            return [Entry(Content(none))]
        return [
            Entry(
                self._row(
                    (
                        self._title(one),
                        _(course_words.KINDS.get(one.kind, one.kind)),
                        course_words.state(one, is_overdue=self._is_overdue(one)),
                        course_words.progress(one),
                        str(one.due_on or ""),
                    ),
                    width,
                ),
                one.code,
            )
            for one in found
        ]

    def detail(self, name: str) -> Content:
        course = next(one for one in self.courses if one.code == name)
        return course_words.detail(course, tells_stale=self._tells_stale)

    def foot(self) -> Content:
        count = len(self.courses)
        return Content(_n("{count} course", "{count} courses", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.course import CourseScreen

        self.app.push_screen(CourseScreen(name))

    @property
    def _tells_stale(self) -> bool:
        """Whether the person at the screen looks after courses."""
        return may(self.actor, Action.SEE_ANALYSIS)

    def _title(self, course: CourseView) -> str:
        """The title; ! before what nobody revised for long (R-LRN-08)."""
        is_marked = course.facts.is_stale and self._tells_stale
        return f"! {pick(course.title)}" if is_marked else pick(course.title)

    def _is_overdue(self, course: CourseView) -> bool:
        return course.due_on is not None and course.due_on < self.today

    @staticmethod
    def _row(cells: tuple[str, str, Content, str, str], width: int) -> Content:
        title, kind, state, lessons, due = cells
        ends = [fit_content(state, 11), fit(lessons, 11), fit_right(due, 10)]
        if width < ROOM_FOR_ALL:
            return row([fit(title, width - 38), *ends])
        return row([fit(title, width - 60), fit(kind, 20), *ends])

"""What the items of a course cover, as matrices; ✗ marks the holes."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import coverage, learning
from certify.services import coverage_words as words
from certify.services.course_view import CourseView
from certify.services.coverage import CoverageView
from certify.tui.dialogs.choose import Choose
from certify.tui.grid import grid
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class CoverageScreen(Page):
    """One course after the other."""

    HELP = N_(
        "How many items of a course are in use for each topic, by type, difficulty and the "
        "standards they cite, and how many are drafts, reviewed or retired. ✗ marks a hole: a "
        "topic without items, or a cell of an exam that the items in use cannot fill. “?” stands "
        "behind a standard that is not in the catalogue."
    )
    RELOADS = False
    BINDINGS = [
        Binding("left", "step(-1)", N_("Previous course")),
        Binding("right", "step(1)", N_("Next course")),
        Binding("enter", "choose", N_("Choose a course")),
    ]

    def __init__(self, course: str = "") -> None:
        """Args:
        course: code of the course to begin at; empty for the first one.
        """
        super().__init__()
        self.course = course
        self.courses: list[CourseView] = []
        self.view: CoverageView | None = None

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.courses = await self.certify.use(learning.course_views, actor=self.actor)
        if self.courses:
            self.course = self.course or self.courses[0].code
            self.view = await self.certify.use(
                coverage.coverage, actor=self.actor, course=self.course
            )

    def heading(self) -> str:
        if self.view is None:
            return _("Coverage")
        return _("Coverage · {course}").format(course=pick(self.view.title))

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self.courses) > 1 if action in ("step", "choose") else True

    def action_step(self, by: int) -> None:
        """Go to the course before or after."""
        codes = [one.code for one in self.courses]
        place = codes.index(self.course) if self.course in codes else 0
        self._go_to(codes[(place + by) % len(codes)])

    @work
    async def action_choose(self) -> None:
        """Choose a course by its name."""
        entries = [Entry(safe_line(pick(one.title)), one.code) for one in self.courses]
        chosen = await self.app.push_screen_wait(Choose(_("Which course?"), entries, self.course))
        if chosen is not None:
            self._go_to(chosen)

    def _go_to(self, course: str) -> None:
        self.course = course
        self.query_one(Paper).go_to(0)
        self.reload()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view = self.view
        if view is None:
            return [PaperLine(Content(_("There are no courses yet.")))]
        lines: list[Content] = [Content()]
        found = words.holes(view)
        for text in found:
            lines += wrap(safe_line(text, "$error"), width)
        if not found:
            lines.append(Content.styled(_("✓ No hole."), "$success"))
        for text in words.remarks(view):
            lines += wrap(safe_line(text, "$foreground 70%"), width)
        for title, columns, rows in words.tables(view):
            lines += [Content(), Content.styled(title, "bold")]
            lines += grid([columns, *rows], 1, width, _style)
        return [PaperLine(line) for line in lines]


def _style(is_head: bool, entry: str) -> str:
    if is_head:
        return "$foreground 70%"
    return "bold $error" if words.is_hole(entry) else ""

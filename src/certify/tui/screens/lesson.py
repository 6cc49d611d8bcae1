"""The lesson reader: goes on where the person stopped, in either language."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services import learning
from certify.services.learning import LessonView
from certify.tui.bars import bar
from certify.tui.dialogs.choose import Choose
from certify.tui.lesson_text import lesson_lines, outline
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rows import Entry


class LessonScreen(Page):
    """One lesson of a course."""

    HELP = N_(
        "Space and the arrow keys scroll. Your place is kept, also when you switch the language. "
        "At the end of the lesson Enter marks it finished and opens the next one. O shows the "
        "outline; N and P go to the next and the previous lesson."
    )
    RELOADS = False
    BINDINGS = [
        Binding("enter", "finish", N_("Read on")),
        Binding("n,right", "open_next", N_("Next lesson"), key_display="N"),
        Binding("p,left", "open_previous", N_("Previous lesson"), key_display="P"),
        Binding("o", "outline", N_("Outline")),
    ]

    def __init__(self, course: str, lesson: str) -> None:
        super().__init__()
        self.course = course
        self.lesson = lesson
        self.view: LessonView | None = None
        self.kept = 0

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            learning.open_lesson, actor=self.actor, course=self.course, lesson=self.lesson
        )
        self.kept = self.view.block

    def heading(self) -> str:
        if self.view is None:
            return ""
        return f"{pick(self.view.course_title)} · {pick(self.view.title)}"

    def show(self) -> None:
        if self.view is None:
            return
        paper = self.query_one(Paper)
        first = not paper.has_class("-written")
        paper.add_class("-written")
        paper.write(self._write, block=self.view.block if first else None)
        if self.app.screen is self:
            paper.focus()
        self._show_status()

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.view is None:
            return ()
        title = PaperLine(safe_line(pick(self.view.title), "bold underline $primary"))
        return [
            PaperLine(Content()),
            title,
            PaperLine(Content()),
            *lesson_lines(pick(self.view.body), width),
        ]

    @on(Paper.Moved)
    def moved(self, message: Paper.Moved) -> None:
        """Remember the place a moment after the person stopped scrolling."""
        self._show_status()
        self._keep(message.block)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "open_next":
            return view is not None and view.next is not None
        if action == "open_previous":
            return view is not None and view.previous is not None
        return True

    @work(group="finish", exclusive=True)
    async def action_finish(self) -> None:
        """Mark the lesson finished at its end and open the next; before the end, read on."""
        if not self.query_one(Paper).at_end:
            self.query_one(Paper).action_page_down()
            return
        try:
            await self.certify.use(
                learning.finish_lesson, actor=self.actor, course=self.course, lesson=self.lesson
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        if self.view and self.view.next:
            self._open(self.view.next)
        else:
            self.action_back()

    def action_open_next(self) -> None:
        """The next lesson, without marking this one finished."""
        if self.view and self.view.next:
            self._open(self.view.next)

    def action_open_previous(self) -> None:
        """The lesson before."""
        if self.view and self.view.previous:
            self._open(self.view.previous)

    @work
    async def action_outline(self) -> None:
        """Show the headings and go to the one chosen."""
        if self.view is None:
            return
        entries = [
            Entry(safe_line("  " * (heading.level - 2) + heading.text), str(heading.block))
            for heading in outline(pick(self.view.body))
        ]
        chosen = await self.app.push_screen_wait(Choose(_("Outline"), entries))
        if chosen:
            self.query_one(Paper).go_to(int(chosen))

    def _open(self, lesson: str) -> None:
        self.app.switch_screen(LessonScreen(self.course, lesson))

    @work(group="place", exclusive=True)
    async def _keep(self, block: int) -> None:
        if block == self.kept:
            return
        try:
            await self.certify.use(
                learning.keep_place,
                actor=self.actor,
                course=self.course,
                lesson=self.lesson,
                block=block,
            )
            self.kept = block
        except CertifyError:
            return  # the next scroll tries again; only a place is at stake

    def _show_status(self) -> None:
        view, paper = self.view, self.query_one(Paper)
        if view is None:
            return
        share = paper.scroll_offset.y / paper.max_scroll_y if paper.max_scroll_y else 1.0
        done = _("✓ finished") if view.is_finished else ""
        hint = _("End of the lesson: Enter marks it finished") if paper.at_end else done
        number = _("Lesson {number} / {count}").format(number=view.number, count=view.count)
        percent = f"{bar(share, 10)} {int(share * 100):>3} %"
        self.query_one("#status", Line).put(
            Content(number), Content.styled(hint, "bold $accent"), Content(percent)
        )

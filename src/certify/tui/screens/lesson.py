"""The lesson reader: goes on where the person stopped, in either language."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import ScreenResume

from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import learning
from certify.services.learning import LessonView
from certify.tui.bars import bar
from certify.tui.dialogs.choose import Choose
from certify.tui.lesson_checks import LessonChecks
from certify.tui.lesson_text import lesson_lines, outline
from certify.tui.page import Page
from certify.tui.remedial import LessonsLeft, every_lesson, lessons_left
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rows import Entry


class LessonScreen(Page):
    """One lesson of a course."""

    HELP = N_(
        "Space and the arrow keys scroll. Your place is kept, also when you switch the language. "
        "At the end of the lesson Enter marks it finished and opens the next one; in remedial "
        "training that is the next one to learn again. Where a self-check stands in the text, "
        "Enter opens it, and C opens it once more. O shows the outline; N and P go to the "
        "next and the previous lesson."
    )
    RELOADS = False
    BINDINGS = [
        Binding("enter", "open_check", N_("Self-check")),
        Binding("enter", "read_on", N_("Read on")),
        Binding("enter", "finish_and_go_on", N_("Finish, next lesson")),
        Binding("enter", "finish_last", N_("Finish")),
        Binding("n,right", "open_next", N_("Next lesson"), key_display="N"),
        Binding("p,left", "open_previous", N_("Previous lesson"), key_display="P"),
        Binding("o", "outline", N_("Outline")),
        Binding("c", "check", N_("Self-check"), show=False),
    ]

    def __init__(self, course: str, lesson: str) -> None:
        super().__init__()
        self.course = course
        self.lesson = lesson
        self.view: LessonView | None = None
        self.kept = 0
        self.again: LessonsLeft = {}
        self.checks = LessonChecks()

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            learning.open_lesson, actor=self.actor, course=self.course, lesson=self.lesson
        )
        self.kept = self.view.block
        self.checks.read(pick(self.view.body))
        self.again = await self._lessons_left()

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
        self.call_after_refresh(self._show_status)  # whether the end is in sight is known then

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.view is None:
            return ()
        title = PaperLine(safe_line(pick(self.view.title), "bold underline $primary"))
        return [
            PaperLine(Content()),
            title,
            PaperLine(Content()),
            *map(self.checks.line, lesson_lines(pick(self.view.body), width)),
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
        if action in ("check", "open_check"):
            is_here = bool(self.query(Paper)) and self._check_here is not None
            return is_here and (action == "check" or self._check_waits)
        if action in ("read_on", "finish_and_go_on", "finish_last"):
            if view is None or not self.query(Paper) or self._check_waits:
                return False
            if not self.query_one(Paper).at_end:
                return action == "read_on"
            left = every_lesson(self.again)
            is_last = left == {self.lesson} if left else view.next is None
            return action == ("finish_last" if is_last else "finish_and_go_on")
        return True

    @property
    def _check_here(self) -> int | None:
        """The block of the self-check in sight: one that waits, else the first one."""
        return self.checks.in_sight(self.query_one(Paper).blocks_in_sight)

    @property
    def _check_waits(self) -> bool:
        """Whether a self-check in sight was not opened yet."""
        return self.checks.waits(self._check_here)

    def action_open_check(self) -> None:
        """Open the self-check in sight for the first time in this reading."""
        self.action_check()

    @on(ScreenResume)
    def show_checks(self) -> None:
        """Say in the lesson how a self-check went."""
        if self.checks.opened and self.is_shown:
            self.show()

    @work
    async def action_check(self) -> None:
        """Open the self-check in sight; what became of it stands in the lesson then."""
        if (block := self._check_here) is None:
            return
        from certify.tui.screens.self_check import SelfCheckScreen

        page = SelfCheckScreen(self.course, self.lesson, block)
        await self.app.push_screen(page)
        self.checks.opened[block] = page

    def action_read_on(self) -> None:
        """Scroll on."""
        self.query_one(Paper).action_page_down()

    def action_finish_and_go_on(self) -> None:
        """Mark the lesson finished and open the next one."""
        self._finish()

    def action_finish_last(self) -> None:
        """Mark the last lesson finished."""
        self._finish()

    @work(group="finish", exclusive=True)
    async def _finish(self) -> None:
        before = self.again
        try:
            await self.certify.use(
                learning.finish_lesson, actor=self.actor, course=self.course, lesson=self.lesson
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.again = await self._lessons_left()
        done = [exam for exam in before if exam not in self.again]
        if done:
            self._to_retake(done[0])
        elif self.again:
            await self._open_again()
        elif self.view and self.view.next:
            self._open(self.view.next)
        else:
            self.action_back()

    async def _open_again(self) -> None:
        """Open the next lesson to learn again after this one, else the first of them."""
        course = await self.certify.use(learning.course_view, actor=self.actor, course=self.course)
        order = [lesson.code for lesson in course.lessons]
        place = order.index(self.lesson) + 1
        left = every_lesson(self.again)
        self._open(next(lesson for lesson in order[place:] + order[:place] if lesson in left))

    def _to_retake(self, exam: str) -> None:
        """All is learned again: go to where the retake starts."""
        from certify.tui.screens.lobby import LobbyScreen

        below = self.app.screen_stack[-2]
        if isinstance(below, LobbyScreen) and below.exam == exam:
            self.action_back()
        else:
            self.app.switch_screen(LobbyScreen(exam))

    async def _lessons_left(self) -> LessonsLeft:
        return await self.certify.use(lessons_left, actor=self.actor, course=self.course)

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
        headings = outline(pick(self.view.body))
        entries = [
            Entry(safe_line("  " * (heading.level - 2) + heading.text), str(heading.block))
            for heading in headings
        ]
        here = self.query_one(Paper).block
        now = max((one.block for one in headings if one.block <= here), default=0)
        chosen = await self.app.push_screen_wait(Choose(_("Outline"), entries, str(now)))
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
        left = every_lesson(self.again)
        done = _("✓ finished") if view.is_finished else ""
        hint = _("End of the lesson: Enter marks it finished") if paper.at_end else done
        if self._check_waits:
            hint = done  # Enter opens the self-check first
        if self.lesson in left:
            hint = _n("! learn again, {count} left", "! learn again, {count} left", len(left))
            hint = hint.format(count=len(left))
        number = _("Lesson {number} / {count}").format(number=view.number, count=view.count)
        percent = f"{bar(share, 10)} {int(share * 100):>3} %"
        self.query_one("#status", Line).put(
            Content(number), Content.styled(hint, "bold $accent"), Content(percent)
        )
        self.refresh_bindings()

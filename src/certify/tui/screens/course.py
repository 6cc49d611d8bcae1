"""One course: what it is about, how far one got, its lessons and its exams."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import cases, learning, lobby, readiness
from certify.services.cases import CaseView
from certify.services.course_view import CourseView, LessonEntry
from certify.services.course_words import METHODS
from certify.services.lobby import LobbyView
from certify.services.readiness import PracticeView
from certify.tui import course_words, exam_words, practice_words
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.detail import Detail
from certify.tui.widgets.rows import Entry, Rows

BAR = 20


class CourseScreen(ListPage):
    """Lessons and exams of one course; Enter opens the line under ▸."""

    HELP = N_(
        "Read the lessons in order, or the one you need: ✓ finished, ◐ begun, ○ new. When all "
        "are finished, the exam of the course opens. After a failure ! marks the lessons to learn "
        "again before the retake. Enter opens the line under ▸."
    )

    def __init__(self, course: str) -> None:
        super().__init__()
        self.course = course
        self.view: CourseView | None = None
        self.exams: tuple[LobbyView, ...] = ()
        self.cases: list[CaseView] = []
        """Published cases that belong to its lessons."""
        self.practice: PracticeView | None = None
        """None where the course has nothing to practise."""

    def top(self) -> ComposeResult:
        yield Detail(id="summary")

    async def fetch(self) -> None:
        view = await self.certify.use(learning.course_view, actor=self.actor, course=self.course)
        self.exams = tuple(
            [
                await self.certify.use(lobby.lobby, actor=self.actor, exam=exam)
                for exam in view.exams
            ]
        )
        self.practice = None
        if view.is_available:
            found = await self.certify.use(
                readiness.practice_view, actor=self.actor, course=self.course
            )
            self.practice = found if found.items else None
        library = await self.certify.use(cases.library, actor=self.actor)
        self.cases = [
            one
            for one in library
            if one.state == "published" and any(course == self.course for course, _l in one.lessons)
        ]
        self.view = view

    def heading(self) -> str:
        return pick(self.view.title) if self.view else ""

    def show(self) -> None:
        if self.view is None:
            return
        rows = self.query_one(Rows)
        is_first = not rows.option_count
        is_done = rows.chosen.partition(":")[2] in self._done()
        self.query_one("#summary", Detail).put(self._about(self.view))
        super().show()
        if (is_first or is_done) and (lesson := self._next()):
            rows.highlighted = rows.get_option_index(f"lesson:{lesson}")

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        again = self._to_repeat()
        entries = [Entry(Content.styled(_("Lessons"), "bold $primary"))]
        entries += [
            self._lesson(number, lesson, lesson.code in again, width)
            for number, lesson in enumerate(self.view.lessons, start=1)
        ]
        if self.exams:
            entries += [Entry(Content()), Entry(Content.styled(_("Exams"), "bold $primary"))]
            entries += [self._exam(door, width) for door in self.exams]
        if self.practice is not None:
            entries += [Entry(Content()), Entry(Content.styled(_("Practice"), "bold $primary"))]
            entries.append(self._practice(self.practice, width))
        if self.cases:
            entries += [Entry(Content()), Entry(Content.styled(_("Cases"), "bold $primary"))]
            entries += [Entry(_case(one, width), f"case:{one.code}") for one in self.cases]
        return entries

    def detail(self, name: str) -> Content:
        kind, _colon, code = name.partition(":")
        if kind == "exam":
            return exam_words.detail(next(one for one in self.exams if one.exam == code))
        if kind == "practice" and self.practice is not None:
            return practice_words.detail(self.practice)
        if kind == "case":
            one = next(one for one in self.cases if one.code == code)
            return safe_line(f"{one.title} · {one.author}", "bold")
        assert self.view is not None  # noqa: S101  lines of lessons come from the view
        lesson = next(one for one in self.view.lessons if one.code == code)
        method = _(METHODS.get(lesson.method, lesson.method))
        minutes = _("{minutes} min").format(minutes=lesson.minutes)
        lines = [safe_line(pick(lesson.title), "bold"), safe_line(f"{method} · {minutes}")]
        if lesson.is_revised:
            lines.append(Content(_("Its text was revised since you read it; it counts as read.")))
        lines.append(safe_line(course_words.facts(self.view), "$foreground 70%"))
        return Content("\n").join(lines)

    def open(self, name: str) -> None:
        kind, _colon, code = name.partition(":")
        if kind == "lesson":
            from certify.tui.screens.lesson import LessonScreen

            self.app.push_screen(LessonScreen(self.course, code))
        elif kind == "case":
            from certify.tui.screens.case import CaseScreen

            self.app.push_screen(CaseScreen(code))
        elif kind == "practice":
            from certify.tui.screens.practice import PracticeScreen

            self.app.push_screen(PracticeScreen(self.course))
        else:
            from certify.tui.screens.lobby import LobbyScreen

            self.app.push_screen(LobbyScreen(code))

    def _to_repeat(self) -> set[str]:
        """Lessons of remedial training that are still to be read again."""
        return {lesson for door in self.exams if door.remedial for lesson in door.remedial.lessons}

    def _done(self) -> set[str]:
        """Lessons that need not be opened any more."""
        lessons = self.view.lessons if self.view else ()
        return {lesson.code for lesson in lessons if lesson.is_finished} - self._to_repeat()

    def _next(self) -> str | None:
        """Where to go on: what is to be learned again comes before what is new."""
        lessons = [lesson.code for lesson in self.view.lessons] if self.view else []
        again = self._to_repeat()
        first = next((lesson for lesson in lessons if lesson in again), None)
        return first or (self.view.next_lesson if self.view else None)

    def _about(self, view: CourseView) -> Content:
        count = len(view.lessons)
        text = _("{finished} of {count} lessons finished")
        progress = Content.assemble(
            (bar(view.finished / count if count else 0, BAR), "$success"),
            f"  {text.format(finished=view.finished, count=count)}",
        )
        if view.due_on is not None:
            progress += Content(" · " + _("by {day}").format(day=view.due_on))
        if again := len(self._to_repeat()):
            left = _n("! learn again: {count} lesson", "! learn again: {count} lessons", again)
            progress += Content(" · ") + Content.styled(left.format(count=again), "$error")
        parts = [progress, safe_text(pick(view.summary))]
        if view.is_locked:
            parts.insert(0, safe_text(course_words.locked(view), "$warning"))
        if not view.is_available:
            gone = _("Its plugin is not loaded now.")
            parts.insert(0, Content.styled(f"! {gone}", "$warning"))
        return Content("\n").join(parts)

    @staticmethod
    def _lesson(number: int, lesson: LessonEntry, is_to_repeat: bool, width: int) -> Entry:
        shared = widths(width, [2, 0, 12, 13, 8], [1])
        cells = [
            fit_right(str(number), 2),
            fit(pick(lesson.title), shared[1]),
            fit(_(METHODS.get(lesson.method, lesson.method)), 12),
            fit_content(course_words.lesson(lesson, is_to_repeat=is_to_repeat), 13),
            fit_right(_("{minutes} min").format(minutes=lesson.minutes), 8),
        ]
        return Entry(row(cells), f"lesson:{lesson.code}")

    @staticmethod
    def _practice(view: PracticeView, width: int) -> Entry:
        shared = widths(width, [2, 0, 14, 12], [1])
        cells = [
            fit("", 2),
            fit(_("Items that no exam draws"), shared[1]),
            fit_content(practice_words.state(view), 14),
            fit_right(practice_words.size(view), 12),
        ]
        return Entry(row(cells), f"practice:{view.course}")

    def _exam(self, door: LobbyView, width: int) -> Entry:
        shared = widths(width, [2, 0, 14, 12], [1])
        cells = [
            fit("", 2),
            fit(pick(door.title), shared[1]),
            fit_content(exam_words.door(door), 14),
            fit_right(exam_words.time(door, self.certify.platform.clock.now()), 12),
        ]
        return Entry(row(cells), f"exam:{door.exam}")


def _case(one: CaseView, width: int) -> Content:
    rooms = widths(width, [2, 0, 10], [1])
    return row([fit("", 2), fit(one.title, rooms[1]), fit(one.author, 10)])

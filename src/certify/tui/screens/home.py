"""The first screen of a person: what is due, what I hold, what expires, what else there is."""

from collections.abc import Sequence
from datetime import date

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import founding, home, messages
from certify.services.course_view import CourseView
from certify.services.home import DueCourse, HomeView
from certify.services.lobby import LobbyView
from certify.services.messages import MessageView
from certify.services.results import QualificationView
from certify.tui import course_words, exam_words, home_words, qualification_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.screens.who import NOT_REAL
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class HomeScreen(ListPage):
    """What to do now, first the most urgent; Enter opens the line under ▸."""

    HELP = N_(
        "“Now” holds what is waiting for you, the most urgent first: an exam you have begun, "
        "courses with the day they are due, exams you may sit, what is to be learned again before "
        "a retake. Below are the qualifications you hold, those that expire soon apart, and "
        "courses you could begin. ↑ and ↓ move ▸, Enter opens the line."
    )
    BINDINGS = [
        Binding("1", "go('courses')", N_("Courses")),
        Binding("2", "go('practice')", N_("Practice")),
        Binding("3", "go('exams')", N_("Exams")),
        Binding("4", "go('record')", N_("My record")),
        Binding("5", "go('people')", N_("People")),
        Binding("6", "go('qualifications')", N_("Qualifications")),
        Binding("x", "sign_out", N_("Sign out")),
        Binding("q", "leave", N_("Quit"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view: HomeView | None = None
        self.organisation = ""
        self.is_demo = False

    async def fetch(self) -> None:
        self.view = await self.certify.use(home.home, actor=self.actor)
        if found := await self.certify.use(founding.organisation):
            self.organisation, self.is_demo = found.name, found.is_demo

    def heading(self) -> str:
        return f"certify · {self.organisation}" if self.organisation else "certify"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go" and parameters == ("people",):
            return self.view is not None and self.view.may_see_people
        if action == "go" and parameters == ("qualifications",):
            return self.view is not None and self.view.may_see_qualifications
        # There is nothing before the first screen of a person.
        return action != "back" and super().check_action(action, parameters)

    def entries(self, width: int) -> Sequence[Entry]:
        view = self.view
        if view is None:
            return []
        now = [self._exam(view, view.open_exam, None, width)] if view.open_exam else []
        for due in view.due:
            now += self._due(view, due, width)
        now += self._desk(view, width)
        now += home_words.desk(view, width)
        now += home_words.bank(view, width)
        now += self._look_after(view, width)
        now += home_words.field_practice(view, width)
        now += self._practice(view, width)
        nothing = _("Nothing is waiting for you. Courses that are assigned to you appear here.")
        none_yet = _("None yet. Finish a course and pass its exam; what you earn appears here.")
        calm = _("Nothing expires in the next weeks.") if view.held else ""
        lasting = [self._held(one, width) for one in view.held if one not in view.expiring]
        if view.is_alone:
            nothing = _(
                "You are the only person here yet. 5 opens People: D adds departments and posts, "
                "N a person, I imports a list of people; then A assigns courses to them."
            )
        told = [Entry(home_words.message(one, width), f"told:{one.id}") for one in view.told]
        groups = [
            (_("You should know"), told, ""),
            (_("Now"), now, nothing),
            (_("My qualifications"), lasting, "" if view.held else none_yet),
            (_("Expiring soon"), [self._expiring(one, width) for one in view.expiring], calm),
            (_("Other courses"), [self._other(one, width) for one in view.other], ""),
        ]
        entries: list[Entry] = []
        for title, lines, empty in groups:
            if lines or empty:
                entries += [Entry(Content())] if entries else []
                entries.append(Entry(Content.styled(title, "bold $primary")))
                said = wrap(Content.styled(empty, "$foreground 80%"), width)
                entries += lines or [Entry(line) for line in said]
        return entries

    def detail(self, name: str) -> Content:
        view, (kind, _colon, code) = self.view, name.partition(":")
        if view is None:
            return Content()
        if kind == "course":
            courses = [*(due.course for due in view.due), *view.other]
            return course_words.detail(next(one for one in courses if one.code == code))
        if kind == "exam":
            return exam_words.detail(self._door(view, code))
        if kind == "told":
            return safe_text(messages.text(self._told(view, code)))
        if kind == "page":
            return Content(_(home_words.ABOUT[code]))
        return qualification_words.detail(next(h for h in view.held if h.certificate == code))

    def foot(self) -> Content:
        view, (kind, _colon, code) = self.view, self.chosen.partition(":")
        if view is None or not code:
            return Content()
        if kind == "course":
            return Content(_("Enter: the lessons of the course"))
        if kind == "exam":
            return Content(exam_words.enter(self._door(view, code)))
        if kind == "told":
            return Content(_("Enter: read it, and see the result"))
        if kind == "page":
            return Content(_("Enter: open the list"))
        return Content(_("Enter: my record"))

    def open(self, name: str) -> None:
        kind, _colon, code = name.partition(":")
        if kind == "course":
            from certify.tui.screens.course import CourseScreen

            self.app.push_screen(CourseScreen(code))
        elif kind == "exam":
            from certify.tui.screens.lobby import LobbyScreen

            self.app.push_screen(LobbyScreen(code))
        elif kind == "page":
            self.action_go(code)
        elif kind == "told" and self.view is not None:
            self._read(self._told(self.view, code))
        else:
            self.action_go("record")

    @work
    async def _read(self, message: MessageView) -> None:
        """Show a message whole; from then on it counts as read."""
        await self.app.push_screen_wait(Done(_("You should know"), [messages.text(message)]))
        await self.certify.use(messages.read, actor=self.actor, message_id=message.id)
        if message.attempt_id is not None:
            from certify.tui.screens.result import ResultScreen

            self.app.push_screen(ResultScreen(message.attempt_id))
        else:
            self.reload()

    def action_go(self, page: str) -> None:
        """Open another page."""
        from certify.tui.pages import page_named

        self.app.push_screen(page_named(page))

    @work
    async def action_sign_out(self) -> None:
        """Let somebody else come to the screen; where they sign in, ask first."""
        said = Content(_("Everything is saved. The next person signs in here."))
        if self.is_demo or await self.app.push_screen_wait(Confirm(_("Sign out?"), said)):
            self.certify.action_sign_out()

    @work
    async def action_leave(self) -> None:
        """Leave certify."""
        said = Content(_(NOT_REAL))
        if not self.is_demo:
            said = Content(_("Everything is saved."))
        if await self.app.push_screen_wait(Confirm(_("Leave certify?"), said)):
            self.app.exit(0)

    @staticmethod
    def _told(view: HomeView, number: str) -> MessageView:
        return next(one for one in view.told if str(one.id) == number)

    @staticmethod
    def _door(view: HomeView, exam: str) -> LobbyView:
        doors = [door for due in view.due for door in due.exams]
        doors += [view.open_exam] if view.open_exam else []
        return next(one for one in doors if one.exam == exam)

    def _due(self, view: HomeView, due: DueCourse, width: int) -> list[Entry]:
        course, entries = due.course, []
        if course.next_lesson is not None:
            state = course_words.state(course, is_overdue=due.is_overdue)
            done = course_words.progress(course)
            line = home_words.line(
                pick(course.title), state, done, home_words.day(course.due_on, view.today), width
            )
            entries.append(Entry(line, f"course:{course.code}"))
        for door in due.exams:
            is_next = course.next_lesson is None and not door.is_passed
            if door.open_attempt is None and (door.may_start or door.remedial or is_next):
                due_on = None if door.is_passed else course.due_on  # renewals have no such day
                entries.append(self._exam(view, door, due_on, width))
        return entries

    @staticmethod
    def _exam(view: HomeView, door: LobbyView, due_on: date | None, width: int) -> Entry:
        time = exam_words.time(door, view.now)
        if door.open_attempt is None and door.remedial is not None:
            count = len(door.remedial.lessons)
            time = _n("{count} lesson", "{count} lessons", count).format(count=count)
            due_on = door.remedial.due_on
        due = home_words.day(due_on, view.today)
        line = home_words.line(pick(door.title), exam_words.door(door), time, due, width)
        return Entry(line, f"exam:{door.exam}")

    @staticmethod
    def _practice(view: HomeView, width: int) -> list[Entry]:
        """What was practised and comes back now."""
        if not view.practice_due:
            return []
        count = view.practice_due
        size = _n("{count} item", "{count} items", count).format(count=count)
        state = signed("○", _("comes back"), "$accent")
        return [
            Entry(home_words.line(_("Practice"), state, size, Content(), width), "page:practice")
        ]

    @staticmethod
    def _desk(view: HomeView, width: int) -> list[Entry]:
        """What waits for an examiner, or for a second person."""
        marking, corrections = (_("Marking"), view.to_mark), (_("Corrections"), view.to_apply)
        waiting = {"marking": marking, "corrections": corrections}
        state = signed("○", _("waiting"), "$accent")
        return [
            Entry(home_words.line(title, state, str(count), Content(), width), f"page:{page}")
            for page, (title, count) in waiting.items()
            if count
        ]

    @staticmethod
    def _look_after(view: HomeView, width: int) -> list[Entry]:
        """Whom a supervisor or HR must look after."""
        undecided, late = view.follow_up.undecided, len(view.follow_up.overdue)
        if not undecided and not late:
            return []
        state = signed("!", _("overdue"), "$error")
        if undecided:
            state = signed("!", _("decide"), "$error")
        count = undecided + late
        size = _n("{count} person", "{count} people", count).format(count=count)
        title = _("Retakes and training")
        return [Entry(home_words.line(title, state, size, Content(), width), "page:retakes")]

    @staticmethod
    def _held(held: QualificationView, width: int) -> Entry:
        return Entry(qualification_words.line(held, width), f"held:{held.certificate}")

    @staticmethod
    def _expiring(held: QualificationView, width: int) -> Entry:
        return Entry(qualification_words.line(held, width), f"expiring:{held.certificate}")

    @staticmethod
    def _other(course: CourseView, width: int) -> Entry:
        count = len(course.lessons)
        size = _n("{count} lesson", "{count} lessons", count).format(count=count)
        kind = _(course_words.KINDS.get(course.kind, course.kind))
        shared = widths(width, [0, 20, 12, 12], [1])
        cells = [fit(pick(course.title), shared[0]), fit(kind, 20)]
        cells += [fit_content(course_words.state(course), 12), fit_right(size, 12)]
        return Entry(row(cells), f"course:{course.code}")

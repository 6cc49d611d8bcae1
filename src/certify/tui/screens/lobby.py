"""Before an exam: its rules, and whether it can be sat now."""

from collections.abc import Sequence
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.registration import Gate
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import lobby, sitting
from certify.services.lobby import LobbyView
from certify.services.remedial import RemedialView
from certify.tui import lobby_words
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

KNOCK_SECONDS = 5
OPEN_KNOCKS = 6
"""Where the door is open there is only an announcement to wait for: every so many knocks."""
"""How often somebody who may not begin yet asks whether they may."""


class LobbyScreen(Page):
    """The rules of one exam; Enter starts it or goes on with it."""

    HELP = N_(
        "Read the rules, then press Enter to start. The time runs from that moment, also while "
        "you are away. Every answer is saved at once; if the connection drops, open the exam "
        "again and go on where you were. After a failure Enter opens what is to be learned again. "
        "Where you must wait for the invigilator, stay here: this page opens by itself, and what "
        "the invigilator announces stands above."
    )
    BINDINGS = [
        Binding("enter", "begin", N_("Start")),
        Binding("enter", "go_on", N_("Go on")),
        Binding("enter", "learn", N_("Remedial training")),
        Binding("p", "practise", N_("Practice")),
    ]

    def __init__(self, exam: str) -> None:
        super().__init__()
        self.exam = exam
        self.view: LobbyView | None = None
        self._knocks = 0

    def body(self) -> ComposeResult:
        yield Paper()

    def on_mount(self) -> None:
        self.set_interval(KNOCK_SECONDS, self._knock)

    @work(group="knock", exclusive=True)
    async def _knock(self) -> None:
        """Who waits gets in by themselves as soon as they may."""
        view = self.view
        self._knocks += 1
        if view is None or view.gate is None or not self.is_current:
            return
        if view.gate is Gate.OPEN and self._knocks % OPEN_KNOCKS:
            return
        try:
            found = await self.certify.use(lobby.door, actor=self.actor, exam=self.exam)
        except CertifyError:
            return  # the next knock may go better
        if not self.is_current:
            return
        if found.gate is not view.gate:
            self.reload()
        elif found.announcements != view.announcements:
            self.view = replace(view, announcements=found.announcements)
            self.show()

    async def fetch(self) -> None:
        self.view = await self.certify.use(lobby.lobby, actor=self.actor, exam=self.exam)

    def heading(self) -> str:
        return pick(self.view.title) if self.view else ""

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        is_open = view is not None and view.open_attempt is not None
        if action == "begin":
            return view is not None and view.may_start and not is_open
        if action == "go_on":
            return is_open
        if action in ("learn", "practise"):
            return view is not None and view.remedial is not None and not is_open
        return True

    def action_learn(self) -> None:
        """Open the next lesson of the remedial training; where none is left, practice."""
        from certify.tui.screens.lesson import LessonScreen

        if self.view and self.view.remedial and not self.view.remedial.lessons:
            self.action_practise()
        elif self.view and self.view.remedial:
            lesson = self.view.remedial.lessons[0]
            self.app.push_screen(LessonScreen(self.view.course, lesson))

    def action_practise(self) -> None:
        """Practise the topics to be learned again."""
        from certify.tui.screens.practice import PracticeScreen

        if self.view and self.view.remedial:
            self.app.push_screen(PracticeScreen(self.view.course, self.view.remedial.codes))

    async def action_go_on(self) -> None:
        """Go on with the open attempt."""
        await self.action_begin()

    async def action_begin(self) -> None:
        """Start the exam."""
        from certify.tui.screens.exam import ExamScreen

        try:
            begun = await self.certify.use(sitting.start, actor=self.actor, exam=self.exam)
        except CertifyError as error:
            self.run_worker(self._explain(error))
            return
        self.app.switch_screen(ExamScreen(begun))

    async def _explain(self, error: CertifyError) -> None:
        await self.certify.tell(error)
        self.reload()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view = self.view
        if view is None:
            return ()
        width = min(width, 88)
        parts: list[Content] = [Content(), safe_line(pick(view.title), "bold $primary")]
        if where := lobby_words.where(view):
            parts.append(safe_line(where, "bold"))
        for said in lobby_words.announced(view, self.local):
            parts += wrap(safe_line(said, "bold $accent"), width)
        parts.append(Content())
        if view.open_attempt is not None:
            parts += wrap(
                Content.styled(
                    _("▸ You have begun this exam. Press Enter to go on where you were."),
                    "bold $accent",
                ),
                width,
            )
            parts.append(Content())
        until = f"{self.local(view.deadline):%H:%M:%S}" if view.deadline else ""
        for number, text in enumerate(lobby_words.rules(view, self.actor, until), start=1):
            for place, line in enumerate(wrap(safe_line(text), width - 4)):
                parts.append(
                    Content.styled(f"{number:2}  " if place == 0 else "    ", "$accent") + line
                )
        parts.append(Content())
        if view.gate is Gate.WAITING and len(view.blockers) == 1 and view.open_attempt is None:
            waiting = _("‖ Please wait for the invigilator. This page opens by itself; stay here.")
            parts += wrap(Content.styled(waiting, "bold $accent"), width)
        elif view.blockers and view.open_attempt is None:
            parts.append(Content.styled(_("The exam cannot be started yet:"), "bold $error"))
            for reason in view.blockers:
                for place, line in enumerate(wrap(safe_text(reason), width - 4)):
                    lead = Content.styled(" ✗  " if place == 0 else "    ", "$error")
                    parts.append(lead + line)
            if view.remedial is not None:
                parts += [Content(), *_training(view.remedial)]
        elif view.open_attempt is None:
            for notice in view.notices:
                parts += wrap(safe_text(f"! {notice}", "$accent"), width)
            parts.append(Content.styled(_("Ready? Press Enter to start."), "bold"))
        return [PaperLine(part) for part in parts]


def _training(remedial: RemedialView) -> list[Content]:
    """How much is to be learned again, until when, and how to begin."""
    count = len(remedial.lessons)
    text = _n(
        "▸ Remedial training: {count} lesson left, until {day}.",
        "▸ Remedial training: {count} lessons left, until {day}.",
        count,
    ).format(count=count, day=remedial.due_on.isoformat())
    lines = []
    if remedial.lessons:
        lines = [
            Content.styled(text, "bold $accent"),
            Content("  " + _("Press Enter to open the next lesson.")),
        ]
    if remedial.items:
        left = _n(
            "▸ Practice: {count} item still to be answered rightly, until {day}.",
            "▸ Practice: {count} items still to be answered rightly, until {day}.",
            remedial.items,
        ).format(count=remedial.items, day=remedial.due_on.isoformat())
        lines.append(Content.styled(left, "bold $accent"))
    return [*lines, Content("  " + _("Press P to practise these topics."))]

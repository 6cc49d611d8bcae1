"""A round of practice: item, answer, at once right or wrong and why; at the end a summary."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services import practice, practice_answer, readiness
from certify.services.feedback import Feedback
from certify.services.practice import PracticeItem, PracticeRound
from certify.services.readiness import PracticeView
from certify.tui.dialogs.confirm import Confirm
from certify.tui.item_widget import ItemWidget
from certify.tui.page import Page
from certify.tui.practice_paper import feedback_page, summary_page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine


class PracticeScreen(Page):
    """One round on this terminal; what was answered is kept at once."""

    HELP = N_(
        "Answer as in the exam, then press F10, or S where nothing is typed, to see at once "
        "whether it is right, what the right answer is and why. Enter goes on to the next item. "
        "Where no machine can mark your answer you compare it with what is asked for and say "
        "yourself whether you knew it: Y or N. What you know comes back later and later, what you "
        "do not know soon. Practice never changes a mark, and no item here is in an exam. Esc "
        "leaves; what you answered is kept."
    )
    RELOADS = False
    BINDINGS = [
        Binding("s,f10", "check", N_("Check the answer"), key_display="F10"),
        Binding("y", "rate(True)", N_("I knew it")),
        Binding("n", "rate(False)", N_("Not yet")),
        Binding("enter", "go_on", N_("Go on")),
    ]
    DEFAULT_CSS = """
    PracticeScreen #item { height: 1fr; }
    PracticeScreen Paper { display: none; height: 1fr; }
    PracticeScreen.-reading #item { display: none; }
    PracticeScreen.-reading Paper { display: block; }
    """

    def __init__(self, course: str, topics: Sequence[str] = ()) -> None:
        """Args:
        course: code.
        topics: codes of the only topics wanted; none for all.
        """
        super().__init__()
        self.course = course
        self.topics = tuple(topics)
        self.round: PracticeRound | None = None
        self.view: PracticeView | None = None
        """Fetched when the round is over."""
        self.position = 0
        self.given: dict[int, Feedback] = {}
        self.back_at: datetime | None = None
        self._is_sending = False
        self._answers: dict[int, Mapping[str, Any] | None] = {}
        self._widgets: dict[str, ItemWidget] = {}

    def body(self) -> ComposeResult:
        yield Container(id="item")
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        await self.put_round(
            await self.certify.use(
                practice.begin, actor=self.actor, course=self.course, topics=self.topics
            )
        )

    async def put_round(self, found: PracticeRound) -> None:
        """Begin a round at its first item, with a widget for each type in it."""
        self.round = found
        self.view, self.position = None, 0
        self.given, self._answers = {}, {}
        classes = self.certify.platform.plugins.question_widgets()
        for kind in sorted({item.type for item in self.round.items} - set(self._widgets)):
            self._widgets[kind] = classes[kind]()
            await self.query_one("#item", Container).mount(self._widgets[kind])

    def heading(self) -> str:
        name = pick(self.round.title) if self.round else ""
        return _("Practice: {course}").format(course=name)

    @property
    def item(self) -> PracticeItem | None:
        """The item in the eye; None before the round and after it."""
        if self.round is None or self.position >= len(self.round.items):
            return None
        return self.round.items[self.position]

    @property
    def said(self) -> Feedback | None:
        """What was said of the item in the eye; None while it is not answered."""
        return self.given.get(self.position)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_open = self.item is not None and self.said is None
        is_unrated = self.said is not None and self.said.share is None and self.back_at is None
        if action == "check":
            return is_open
        if action == "rate":
            return is_unrated
        if action == "go_on":
            return not is_open and not is_unrated
        return super().check_action(action, parameters)

    def show(self) -> None:
        item = self.item
        self.set_class(item is None or self.said is not None, "-reading")
        self.refresh_bindings()
        self._show_place()
        if self.has_class("-reading"):
            paper = self.query_one(Paper)
            paper.write(self._write)
            paper.focus()
        elif item is not None:
            for kind, widget in self._widgets.items():
                widget.display = kind == item.type
            widget = self._widgets[item.type]
            widget.put(item.shown, self._answers.get(self.position))
            if self.app.screen is self:
                widget.take_focus()

    @on(ItemWidget.Answered)
    def take_answer(self, message: ItemWidget.Answered) -> None:
        """Keep the answer here until it is to be checked."""
        item = self.item
        if item is not None and message.shown is item.shown and self.said is None:
            self._answers[self.position] = message.answer
            self._widgets[item.type].put(item.shown, message.answer)

    @on(ItemWidget.Done)
    def take_done(self) -> None:
        """Enter on an answer given already checks it."""
        self.action_check()

    @work(group="check")
    async def action_check(self) -> None:
        """Give the answer; key and explanation come back with it."""
        item = self.item
        if item is None or self.said is not None or self._is_sending:
            return
        widget = self._widgets[item.type]
        widget.flush()
        answer = None if widget.answer is None else dict(widget.answer)
        kind = self.certify.platform.plugins.question_types[item.type]
        if not kind.is_observed and not kind.is_finished(item.shown, answer):
            details = Content(_("What is missing counts as not known, and it comes back soon."))
            question = Confirm(_("Not everything is answered. Show the answer?"), details)
            if not await self.app.push_screen_wait(question):
                return
        self._is_sending = True
        try:
            said = await self.certify.use(
                practice_answer.answer,
                actor=self.actor,
                version_id=item.version_id,
                seed=item.seed,
                answer=answer,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        finally:
            self._is_sending = False
        self.given[self.position] = said
        self.back_at = said.back_at
        self.show()

    @work(group="check")
    async def action_rate(self, recalled: bool) -> None:
        """Take the person's own word on an answer that no machine marks, and go on."""
        if self.said is None or self.back_at is not None:
            return
        try:
            self.back_at = await self.certify.use(
                practice_answer.rate,
                actor=self.actor,
                answer_id=self.said.answer_id,
                recalled=recalled,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.action_go_on()

    @work(group="go")
    async def action_go_on(self) -> None:
        """The next item, after the last one the summary, after that another round."""
        if self.item is None:
            if self.view is not None:
                self.reload()
            return
        self.position, self.back_at = self.position + 1, None
        if self.item is None:
            try:
                self.view = await self.certify.use(
                    readiness.practice_view, actor=self.actor, course=self.course
                )
            except CertifyError as error:
                await self.certify.tell(error)
        self.show()

    def _write(self, width: int) -> Sequence[PaperLine]:
        item, said = self.item, self.said
        if item is not None and said is not None:
            now = self.certify.platform.clock.now()
            return feedback_page(item, said, now, self.back_at, width)
        if self.round is not None and self.view is not None:
            return summary_page(self.round.items, self.given, self.view, width)
        return ()

    def _show_place(self) -> None:
        count = len(self.round.items) if self.round else 0
        place = Content()
        if self.item is not None:
            text = _("Item {number} of {count}").format(number=self.position + 1, count=count)
            place = Content(text)
        self.query_one("#title", Line).put(None, place, self.certify.who_line())
        right = sum(said.share == 1 for said in self.given.values())
        count = sum(said.share is not None for said in self.given.values())
        told = _("{right} of {count} right").format(right=right, count=count)
        topic = Content()
        if self.item is not None:
            topic = safe_line(pick(self.item.topic_title), "$foreground 70%")
        self.query_one("#status", Line).put(topic, Content(), Content(told))

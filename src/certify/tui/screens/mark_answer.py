"""Marking one answer: the task and what was written, beside or above the rubric."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content

from certify.errors import CertifyError, NotFound, Refused
from certify.i18n import N_, _, pick
from certify.services import marking, marking_words
from certify.services.marking import AnswerToMark
from certify.tui.dialogs.confirm import Confirm
from certify.tui.lesson_text import text_lines
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rubric import Rubric
from certify.tui.wrap import wrap


class MarkAnswerScreen(Page):
    """One answer with its rubric; after it comes the next of those given."""

    HELP = N_(
        "Read the task and the answer: PgUp and PgDn scroll. Give points to every criterion; a "
        "remark may stay empty. Enter goes to the next field, ↑ and ↓ go from field to field. F10 "
        "submits the points, after asking; from then on they are never changed. Esc leaves without "
        "keeping anything, after asking."
    )
    RELOADS = False
    BINDINGS = [
        Binding("pageup", "turn(-1)", N_("Page up"), show=False, priority=True),
        Binding("pagedown", "turn(1)", N_("Page down"), show=False, priority=True),
        Binding("f10", "give", N_("Submit points")),
    ]
    DEFAULT_CSS = """
    MarkAnswerScreen #answer { height: 1fr; }
    MarkAnswerScreen Paper { height: 1fr; min-height: 5; }
    MarkAnswerScreen #rubric { height: auto; max-height: 60%; border-top: solid $panel; }
    MarkAnswerScreen Rubric { height: auto; max-height: 100%; }
    MarkAnswerScreen.-wide #answer { layout: horizontal; }
    MarkAnswerScreen.-wide Paper { width: 1fr; height: 1fr; }
    MarkAnswerScreen.-wide #rubric {
        width: 52; height: 1fr; max-height: 100%; border-top: none; border-left: solid $panel;
    }
    """

    def __init__(self, codes: Sequence[str]) -> None:
        """Args:
        codes: of the answers to be marked one after the other.
        """
        super().__init__()
        self.codes = codes
        self.view: AnswerToMark | None = None
        self.is_given = False

    def body(self) -> ComposeResult:
        with Container(id="answer"):
            yield Paper()
            yield Container(id="rubric")
        yield Line(id="sum")

    async def fetch(self) -> None:
        self.view = await self.certify.use(marking.answer, actor=self.actor, code=self.codes[0])
        rubric = Rubric(self.view.criteria)
        await self.query_one("#rubric").mount(rubric)
        rubric.start()

    def heading(self) -> str:
        if self.view is None:
            return _("Marking")
        waiting = self.view.waiting
        return f"{waiting.candidate or marking_words.name(waiting)} · {pick(waiting.title)}"

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Rubric).retell()
        self.show_sum()

    @on(Rubric.Changed)
    def show_sum(self) -> None:
        """What was typed so far out of all, and which examiner this is."""
        view = self.view
        if view is None:
            return
        total = marking_words.total(view, self.query_one(Rubric).points)
        said = _("Round: {round}").format(round=marking_words.number(view.waiting))
        self.query_one("#sum", Line).put(
            Content.assemble(_("Points"), " ", (total, "bold $primary")),
            None,
            safe_line(said, "$foreground 70%"),
        )

    def action_turn(self, pages: int) -> None:
        """Scroll the answer while the cursor stays in the rubric."""
        paper = self.query_one(Paper)
        if pages > 0:
            paper.action_page_down()
        else:
            paper.action_page_up()

    @on(Rubric.Done)
    def finish(self) -> None:
        """Enter in the last field."""
        self.action_give()

    @work(exclusive=True, group="ask")
    async def action_give(self) -> None:
        """Give the points, all of them at once, after asking."""
        view = self.view
        if view is None or self.is_given or not self.query_one(Rubric).check():
            return
        rubric = self.query_one(Rubric)
        total = marking_words.total(view, rubric.points)
        details = Content(_("Points are never changed afterwards."))
        question = Confirm(_("Submit {points} points?").format(points=total), details)
        if not await self.app.push_screen_wait(question):
            return
        try:
            given = await self.certify.use(
                marking.give,
                actor=self.actor,
                code=view.waiting.code,
                points=rubric.points,
                remarks=rubric.remarks,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            if isinstance(error, Refused | NotFound):  # these points will never be wanted
                self.is_given = True
                super().action_back()
            return
        self.is_given = True
        self.notify(marking_words.done(given), markup=False)
        if len(self.codes) > 1:
            self.app.switch_screen(MarkAnswerScreen(self.codes[1:]))
        else:
            super().action_back()

    async def may_quit(self) -> bool:
        """Ask before points are lost that were typed and not submitted."""
        typed = self.query(Rubric)
        if self.is_given or not typed or typed.first().is_empty:
            return True
        details = Content(_("What you typed is not kept."))
        return await self.app.push_screen_wait(Confirm(_("Leave without submitting?"), details))

    def action_back(self) -> None:
        self._leave()

    @work(exclusive=True, group="ask")
    async def _leave(self) -> None:
        if await self.may_quit():
            super().action_back()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view = self.view
        if view is None:
            return ()
        lines = [_head(_("Task")), *text_lines(pick(view.waiting.task), width), Content()]
        if view.waiting.candidate:
            lines += wrap(Content(_("You watch this task; nothing is written.")), width)
        else:
            lines += [_head(_("Answer")), *wrap(safe_text(pick(view.answer)), width)]
        if guidance := pick(view.guidance):
            lines += [Content(), _head(_("For those who mark")), *text_lines(guidance, width)]
        return [PaperLine(line) for line in lines]


def _head(text: str) -> Content:
    return Content.styled(text, "bold $primary")

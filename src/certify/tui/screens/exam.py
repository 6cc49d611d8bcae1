"""The exam: one item in the eye, the time and the state of saving always in the same place."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content

from certify.errors import AttemptClosed, CertifyError, NotSaved
from certify.i18n import N_, _, pick
from certify.services import sitting
from certify.services.sitting import Receipt, Sitting
from certify.tui import sitting_words
from certify.tui.answer_sheet import AnswerSheet, Entry
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.number import AskNumber
from certify.tui.page import Page
from certify.tui.question_widget import QuestionWidget
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.navigator import Navigator
from certify.tui.widgets.too_small import TooSmall

RETRY_SECONDS = 2.0


class ExamScreen(Page):
    """One sitting on this terminal."""

    HELP = N_(
        "Type the number of an option to choose it, or move to it with ↑ ↓ and press Enter; Enter "
        "again goes on to the next item. Delete takes the answer back. Where [ ] stands before "
        "the options, several may be right. With "
        "← and → you go to the item before and after, with G to any number. F flags an item you "
        "want to look at again. “✓ Saved” at the bottom left means that your answer is safe. "
        "S submits the exam; before that you see which items have no answer yet. Esc leaves the "
        "exam without submitting: the time goes on running and you can come back."
    )
    RELOADS = False
    HOLDS = True
    BINDINGS = [
        Binding("left,p", "go(-1)", N_("Previous item"), key_display="←"),
        Binding("right,n", "go(1)", N_("Next item"), key_display="→"),
        Binding("f", "flag", N_("Flag")),
        Binding("g", "ask_number", N_("Go to")),
        Binding("s,f10", "submit", N_("Submit"), key_display="S"),
        Binding("escape", "leave", N_("Leave")),
    ]

    def __init__(self, begun: Sitting) -> None:
        super().__init__()
        self.sitting = begun
        self.sheet = AnswerSheet(begun)
        self.position = begun.position
        self.saved_at: datetime | None = None
        self.problem = ""
        self.is_over = False
        self.is_ending = False
        self._wake = asyncio.Event()
        self._widgets: dict[str, QuestionWidget] = {}

    def body(self) -> ComposeResult:
        kinds = {item.type for item in self.sitting.items}
        classes = self.certify.platform.plugins.question_widgets()
        self._widgets = {kind: classes[kind]() for kind in sorted(kinds)}
        yield Container(*self._widgets.values(), id="item")
        yield Navigator()
        yield Line(id="status")

    def on_mount(self) -> None:
        self.set_interval(1, self._tick)
        self._keep_saving()

    def show(self) -> None:
        item = self.sitting.items[self.position]
        for kind, widget in self._widgets.items():
            widget.display = kind == item.type
        widget = self._widgets[item.type]
        widget.put(item.shown, self.sheet.entry(self.position).answer)
        if self.app.screen is self:
            widget.focus()
        self._show_states()
        self._tick()

    def retell(self) -> None:
        super().retell()
        self._tick()

    def heading(self) -> str:
        return pick(self.sitting.title)

    @on(QuestionWidget.Answered)
    def take_answer(self, message: QuestionWidget.Answered) -> None:
        """Give the answer to the sheet; it is shown as saved only when its receipt came."""
        flagged = self.sheet.entry(self.position).flagged
        self._give(self.position, message.answer, flagged)

    @on(QuestionWidget.Done)
    def take_done(self) -> None:
        """Go to the next item."""
        self._go_to(self.position + 1)

    def action_flag(self) -> None:
        """Flag the item for review, or take the flag back."""
        entry = self.sheet.entry(self.position)
        self._give(self.position, entry.answer, not entry.flagged)

    def action_go(self, step: int) -> None:
        """Go to the item before or after."""
        self._go_to(self.position + step)

    @work
    async def action_ask_number(self) -> None:
        """Ask for the number of an item and go there."""
        number = await self.app.push_screen_wait(
            AskNumber(_("Go to item number"), len(self.sitting.items))
        )
        if number is not None:
            self._go_to(number - 1)

    @work(exclusive=True, group="ask")
    async def action_submit(self) -> None:
        """Ask, naming what has no answer, then submit."""
        details = sitting_words.before_submitting(self.sheet)
        question = Confirm(_("Submit the exam now?"), details, guarded=True)
        if await self.app.push_screen_wait(question):
            self._finish()

    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        """Leave without submitting, after saying what that means."""
        if await self.may_quit():
            self._end(None)

    async def may_quit(self) -> bool:
        """Ask whether to leave the exam without submitting."""
        if self.is_over:
            return True
        details = Content(_("Your answers are saved. The time goes on running; come back in time."))
        if not self.sheet.is_saved:
            details = Content.styled(
                _("Some answers are not saved yet and would be lost if you leave now."),
                "bold $error",
            )
        question = _("Leave the exam without submitting?")
        return await self.app.push_screen_wait(Confirm(question, details, guarded=True))

    def _give(self, position: int, answer: object, flagged: bool) -> None:
        if self.is_over or self.is_ending:
            return
        given = answer if isinstance(answer, dict) else None
        self.sheet.give(position, answer=given, flagged=flagged)
        self._wake.set()
        self.show()

    def _go_to(self, position: int) -> None:
        if not 0 <= position < len(self.sitting.items) or position == self.position:
            return
        self.position = position
        self.show()
        self._keep_position(position)

    @work(group="position", exclusive=True)
    async def _keep_position(self, position: int) -> None:
        """Remember the place; when that fails the answers still tell where to go on."""
        try:
            await self.certify.use(
                sitting.keep_position,
                actor=self.actor,
                attempt_id=self.sitting.attempt_id,
                fence=self.sitting.fence,
                position=position,
            )
        except CertifyError:
            return

    @work(group="saving")
    async def _keep_saving(self) -> None:
        """Save what waits, in order, until the exam is over."""
        while not self.is_over:
            await self._wake.wait()
            self._wake.clear()
            await self._save_all()

    async def _save_all(self) -> None:
        while not self.is_over:
            try:
                receipt = await self.sheet.save_next(self._save)
            except NotSaved as error:
                self.problem = error.message
                self._show_states()
                await asyncio.sleep(RETRY_SECONDS)
                continue
            except CertifyError as error:
                self.run_worker(self._end_with(error), group="end")
                return
            if receipt is None:
                return
            self.problem, self.saved_at = "", receipt.saved_at
            self._show_states()

    def _save(self, sequence: int, entry: Entry) -> Awaitable[Receipt]:
        return self.certify.use(
            sitting.record_response,
            actor=self.actor,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
            sequence=sequence,
            position=entry.position,
            answer=entry.answer,
            flagged=entry.flagged,
        )

    @work(group="end")
    async def _finish(self) -> None:
        """Submit once everything given is saved, trying again while the database cannot."""
        if self.is_ending:
            return
        self.is_ending = True
        while not self.sheet.is_saved and not self.is_over and not self._is_late():
            await asyncio.sleep(0.05)
        while not self.is_over:
            try:
                await self.certify.use(
                    sitting.submit,
                    actor=self.actor,
                    attempt_id=self.sitting.attempt_id,
                    fence=self.sitting.fence,
                )
            except NotSaved as error:
                self.problem = error.message
                self._show_states()
                await asyncio.sleep(RETRY_SECONDS)
            except CertifyError as error:
                await self._end_with(error)
            else:
                self._show_result()

    async def _end_with(self, error: CertifyError) -> None:
        """The attempt can no longer be written from here: say why and leave."""
        if self.is_over:
            return
        self.is_over = True
        await self.certify.tell(error)
        if isinstance(error, AttemptClosed):
            self._show_result()
        else:
            self._end(None)

    def _show_result(self) -> None:
        from certify.tui.screens.result import ResultScreen

        self._end(ResultScreen(self.sitting.attempt_id))

    def _end(self, following: Page | None) -> None:
        """Close what lies above this page, then the page itself."""
        self.is_over = True
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()
        if following is None:
            self.app.pop_screen()
        else:
            self.app.switch_screen(following)

    def _is_late(self) -> bool:
        return self.certify.platform.clock.now() >= self.sitting.deadline

    def _show_states(self) -> None:
        states = self.sheet.states()
        self.query_one(Navigator).put(states, self.position)
        self.query_one("#status", Line).put(
            self._saved_text(), None, sitting_words.counts(self.sheet)
        )

    def _saved_text(self) -> Content:
        saved_at = self.local(self.saved_at) if self.saved_at else None
        return sitting_words.saved(self.sheet, self.problem, saved_at)

    def _tick(self) -> None:
        if self.is_over or not self.is_mounted:
            return
        now = self.certify.platform.clock.now()
        left = int((self.sitting.deadline - now).total_seconds())
        self.query_one("#title", Line).put(
            safe_line(f" {self.heading()}", "bold"),
            sitting_words.place(self.position, len(self.sitting.items)),
            sitting_words.time_left(left),
        )
        self.query_one(TooSmall).say(sitting_words.time_left(left).plain)
        if left <= 0 and not self.is_ending:
            self._finish()

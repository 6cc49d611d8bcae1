"""The base of the exam screen: one sitting that saves, watches its time, and ends once."""

from datetime import datetime

from textual import work

from certify.errors import AttemptClosed, CertifyError
from certify.i18n import _
from certify.services.sitting import Receipt, Sitting
from certify.tui.answer_sheet import AnswerSheet, Entry
from certify.tui.exam_focus import ExamFocus
from certify.tui.exam_saving import ExamSaving
from certify.tui.exam_time import ExamTime
from certify.tui.page import Page
from certify.tui.sitting_link import SittingLink

LOOK_SECONDS = 15
"""How often the service is asked whether the deadline was moved."""
LAST_SECONDS = 3
"""Before the end, in which what is typed is taken every second: after it nothing is."""


class SittingPage(Page):
    """A subclass gives `flush`, `show_states` and `tick`, and calls `finish` and `end`."""

    RELOADS = False
    HOLDS = True

    def __init__(self, begun: Sitting) -> None:
        super().__init__()
        self.sitting = begun
        self.sheet = AnswerSheet(begun)
        self.time = ExamTime(begun.deadline, begun.break_left, begun.last_heard)
        self.is_over = False
        """Whether the sitting has ended on this terminal."""
        self.is_ending = False
        """Whether it is being handed in."""

    def on_mount(self) -> None:
        self.link = SittingLink(self.certify, self.sitting)
        self.saving = ExamSaving(self.sheet, self._save, self.show_states)
        self.focus_watch = ExamFocus(self.now)
        self.set_interval(1, self.tick)
        self.set_interval(LOOK_SECONDS, self._look_at_time)
        self.watch(self.app, "app_focus", self._note_focus, init=False)
        self._keep_saving()

    def flush(self) -> None:
        """Put into the sheet what was typed and not given to it yet."""

    def show_states(self) -> None:
        """Show what is saved."""

    def tick(self) -> None:
        """A second went by: show the time."""
        if self.focus_watch.is_lost():
            self.run_worker(self.link.note_focus("focus-lost"), group="focus")
        if self.is_ending:
            return
        if self.is_late():
            self.finish()
        elif self.time.left(self.now()) < LAST_SECONDS:
            self.flush()

    @work(group="saving")
    async def _keep_saving(self) -> None:
        """Save what waits, in order, until the exam is over."""
        if error := await self.saving.run():
            self.run_worker(self.end_with(error), group="end")

    async def _save(self, sequence: int, entry: Entry) -> Receipt:
        receipt = await self.link.save(sequence, entry)
        self.time.last_heard = receipt.saved_at
        self.time.learn(receipt.deadline, self.now())
        return receipt

    @work(group="looking", exclusive=True)
    async def _look_at_time(self) -> None:
        """See whether the deadline was moved, or the exam submitted elsewhere."""
        if self.is_over or self.is_ending:
            return
        await self._learn_time()

    async def _learn_time(self) -> None:
        if (found := await self.link.time()) is None:
            return
        if not found.is_open and not self.is_ending:
            submitted = _("This exam is submitted; nothing more can be changed.")
            self.run_worker(self.end_with(AttemptClosed(submitted)), group="end")
            return
        is_own_break = found.break_began_at is not None or found.deadline == self.time.deadline
        self.time.learn(found.deadline, found.now, silently=is_own_break)
        self.time.break_left = found.break_left
        self.refresh_bindings()
        self.tick()

    def _note_focus(self, has_focus: bool) -> None:
        if not has_focus:
            self.flush()
            self.focus_watch.lose()
        elif (seconds := self.focus_watch.come_back()) is not None:
            self.run_worker(self.link.note_focus("focus-back", seconds), group="focus")

    @work(group="end")
    async def finish(self) -> None:
        """Submit once everything given is saved, trying again while the database cannot."""
        if self.is_ending:
            return
        self.flush()
        self.is_ending = True
        if self.is_late():
            await self._learn_time()
            if not self.is_late():  # time was given in the last moment
                self.is_ending = False
                return
        await self.saving.all_saved(self.is_late)
        error = await self.saving.insist(self.link.submit)
        if error is not None:
            await self.end_with(error)
        elif not self.is_over:
            self._show_result()

    async def end_with(self, error: CertifyError) -> None:
        """The attempt can no longer be written from here: say why and leave."""
        if self.is_over:
            return
        self.is_over = self.saving.is_over = True
        await self.certify.tell(error)
        if isinstance(error, AttemptClosed):
            self._show_result()
        else:
            self.end(None)

    def _show_result(self) -> None:
        from certify.tui.screens.result import ResultScreen

        self.end(ResultScreen(self.sitting.attempt_id))

    def end(self, following: Page | None) -> None:
        """Close what lies above this page, then the page itself."""
        self.is_over = self.saving.is_over = True
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()
        if following is None:
            self.app.pop_screen()
        else:
            self.app.switch_screen(following)

    def now(self) -> datetime:
        """The platform's moment."""
        return self.certify.platform.clock.now()

    def is_late(self) -> bool:
        """Whether the time is over, as far as this terminal knows."""
        return self.now() >= self.time.deadline

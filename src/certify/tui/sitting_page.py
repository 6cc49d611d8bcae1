"""The base of the exam screen: one sitting that saves, watches its time, and ends once."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, cast

from textual import work
from textual.binding import Binding

from certify.errors import AttemptClosed, CertifyError, TakenOver
from certify.i18n import N_, _
from certify.services.deadline import TimeLeft
from certify.services.sitting import Receipt, Sitting
from certify.tui.announced import AnnouncedLine, Announcements
from certify.tui.answer_sheet import AnswerSheet, Entry
from certify.tui.dialogs.sitting_left import SittingLeft
from certify.tui.exam_focus import ExamFocus
from certify.tui.exam_saving import ExamSaving
from certify.tui.exam_time import ExamTime
from certify.tui.page import Page
from certify.tui.screens.on_break import OnBreakScreen
from certify.tui.screens.paused import PausedScreen
from certify.tui.sitting_link import SittingLink

LOOK_SECONDS = 15
"""How often the service is asked whether the deadline was moved."""
LAST_SECONDS = 3
"""Before the end, in which what is typed is taken every second: after it nothing is."""


class SittingPage(Page):
    """A subclass gives `flush`, `show_states` and `tick`, and calls `finish` and `end`."""

    RELOADS = False
    HOLDS = True
    BINDINGS = [
        # The line of an announcement names the key; the other keys need the last line.
        Binding("m", "read_announcements", N_("Messages"), show=False),
        Binding("f8", "read_announcements", N_("Messages"), show=False),  # in a text
    ]

    def __init__(self, begun: Sitting) -> None:
        super().__init__()
        self.sitting = begun
        self.sheet = AnswerSheet(begun)
        self.time = ExamTime(begun.deadline, begun.break_left, begun.last_heard)
        self.announcements = Announcements()
        self.is_over = False
        """Whether the sitting has ended on this terminal."""
        self.is_ending = False
        """Whether it is being handed in."""
        self._learnt: TimeLeft | None = None
        """What was heard last, but for the moment."""

    def on_mount(self) -> None:
        self.link = SittingLink(self.certify, self.sitting)
        self.saving = ExamSaving(self.sheet, self._save, self.show_states)
        self.focus_watch = ExamFocus(self.now)
        if not self.certify.IS_REMOTE:  # a server has one clock and one question for all
            self.set_interval(1, self.tick)
            self.set_interval(LOOK_SECONDS, self._look_at_time)
        self.watch(self.app, "app_focus", self._note_focus, init=False)
        self._keep_saving()
        self.certify.sittings.add(self)
        if self.certify.node:
            note = partial(self.link.note_terminal, "connected", self.certify.node)
            self._meanwhile("link", note)
        self._look_at_time()

    async def on_unmount(self) -> None:
        self.certify.sittings.discard(self)
        if self.certify.node:
            await self.link.note_terminal("disconnected", self.certify.node)

    def flush(self) -> None:
        """Put into the sheet what was typed and not given to it yet."""

    def show_states(self) -> None:
        """Show what is saved."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.announcements.told) if action == "read_announcements" else True

    def tick(self) -> None:
        """A second went by: show the time."""
        if self.focus_watch.is_lost():
            self._meanwhile("focus", partial(self.link.note_focus, "focus-lost"))
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
            self._leave_for(error)

    async def _save(self, sequence: int, entry: Entry) -> Receipt:
        receipt = await self.link.save(sequence, entry)
        self.time.last_heard = receipt.saved_at
        self.time.learn(receipt.deadline, self.now())
        return receipt

    @work(group="looking", exclusive=True)
    async def _look_at_time(self) -> None:
        """See whether the deadline was moved, or the exam stopped or submitted elsewhere."""
        if not self.is_over:
            await self._learn_time()

    async def _learn_time(self) -> None:
        if (found := await self.link.time()) is not None:
            self.learn(found)

    def learn(self, found: TimeLeft) -> None:
        """Take over what the services know of this attempt now: time, pause, announcements."""
        if self.is_over or not (
            self.is_running and self.is_attached and self.title_line.is_attached
        ):
            return  # nothing is left on which it could be shown
        heard = replace(found, now=found.deadline)
        if heard == self._learnt and self._holds(found):
            return  # as nearly always: a server tells a thousand pages every few seconds
        if not found.is_open:
            if not self.is_ending:
                self._leave_for(AttemptClosed(_said_of_end(found)))
            return
        if found.fence != self.sitting.fence:
            self._leave_for(TakenOver(""))
            return
        is_own_break = found.break_began_at is not None or found.deadline == self.time.deadline
        went_on = self.time.paused_at is not None and found.paused_at is None
        self.time.learn(found.deadline, found.now, silently=is_own_break or went_on)
        self.time.break_left, self.time.paused_at = found.break_left, found.paused_at
        for screen in self.app.screen_stack:
            if isinstance(screen, OnBreakScreen):
                screen.learn(found)
        self._take_announcements(found)
        self._hide_items(found)
        self.refresh_bindings()
        self.tick()
        self._learnt = heard

    def _holds(self, found: TimeLeft) -> bool:
        """Whether the page has this time: an answer's receipt and a break tell it some, too."""
        known = (self.time.deadline, self.time.break_left, self.time.paused_at)
        return known == (found.deadline, found.break_left, None)

    def _leave_for(self, error: CertifyError) -> None:
        self._meanwhile("end", partial(self.end_with, error))

    def _meanwhile(self, group: str, do: Callable[[], Coroutine[None, None, None]]) -> None:
        self.run_worker(cast(Any, do), group=group)  # its type does not see that None is given

    def _take_announcements(self, found: TimeLeft) -> None:
        """Show what an invigilator announced until it was read."""
        if not self.announcements.hear(found.announcements):
            return
        if not self.query(AnnouncedLine):
            self.mount(AnnouncedLine(self.announcements), after="#title")
        self.query_one(AnnouncedLine).show()

    def retell(self) -> None:
        super().retell()
        for line in self.query(AnnouncedLine):
            line.show()

    def _hide_items(self, found: TimeLeft) -> None:
        """Hide the items while an invigilator has stopped the exam."""
        over = [one for one in self.app.screen_stack if isinstance(one, PausedScreen)]
        if found.paused_at is not None and over:
            over[0].learn(found)
        elif found.paused_at is not None:
            self.flush()
            self.app.push_screen(PausedScreen(found))
        elif over:
            while over[0] in self.app.screen_stack:
                self.app.pop_screen()
            self.saving.wake()

    @work(group="reading", exclusive=True)
    async def action_read_announcements(self) -> None:
        """Read again everything that was announced; from then on it is read."""
        from certify.tui.dialogs.announced import AnnouncedDialog

        lines = [(self.local(one.at), one.text) for one in self.announcements.told]
        await self.app.push_screen_wait(AnnouncedDialog(lines))
        self.announcements.read()
        self.query_one(AnnouncedLine).show()

    def _note_focus(self, has_focus: bool) -> None:
        if not has_focus:
            self.flush()
            self.focus_watch.lose()
        elif (seconds := self.focus_watch.come_back()) is not None:
            self._meanwhile("focus", partial(self.link.note_focus, "focus-back", seconds))

    @work(group="end")
    async def finish(self) -> None:
        """Submit once everything given is saved, trying again while the database cannot."""
        if self.is_ending:
            return
        self.flush()
        self.is_ending = True
        if self.is_late():
            await self._learn_time()
            if not self.is_late():  # time was given, or stopped, in the last moment
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
        if isinstance(error, TakenOver):
            error = await self.link.cut_off(error)
        if isinstance(error, AttemptClosed | TakenOver):
            await self.app.push_screen_wait(SittingLeft(error))
        else:
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
        """Whether the time is over, as far as this terminal knows; in a pause it never is."""
        return self.time.paused_at is None and self.now() >= self.time.deadline


def _said_of_end(found: TimeLeft) -> str:
    if found.is_ended:
        return _("The invigilator ended this exam; what you had answered counts.")
    return _("This exam is submitted; nothing more can be changed.")

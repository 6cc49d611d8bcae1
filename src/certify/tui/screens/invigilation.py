"""The invigilator's console: everybody in a sitting, live, and what can be done to them."""

from collections.abc import Callable, Collection

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services import hall_sittings
from certify.services.hall_board import Candidate, CandidateState
from certify.services.hall_sittings import SittingView
from certify.tui import hall_words
from certify.tui.dialogs import conduct
from certify.tui.dialogs.accommodation import accommodation_form
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.hall_list import HallList
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry

WORKING = (CandidateState.SITTING, CandidateState.ON_BREAK)
PAUSED = (CandidateState.PAUSED,)
AT_WORK = (*WORKING, *PAUSED)
TO_ADMIT = (CandidateState.WAITING, CandidateState.TO_COME)
NEEDS = {
    "admit": Action.CONDUCT_EXAM,
    "pause": Action.CONDUCT_EXAM,
    "go_on": Action.CONDUCT_EXAM,
    "end": Action.CONDUCT_EXAM,
    "move": Action.CONDUCT_EXAM,
    "tell": Action.CONDUCT_EXAM,
    "give_time": Action.GRANT_TIME,
    "accommodate": Action.GRANT_TIME,
}
"""What one must be allowed to do for a key to be there."""


class InvigilationScreen(HallList):
    """Who sits what now, how far they are, how long they have, and who needs somebody."""

    HELP = N_(
        "Everybody in a sitting; the list renews itself, and who needs somebody stands above: who "
        "waits to be admitted, whose connection is lost, whose time ends soon. O sorts by seat or "
        "name, S chooses another sitting or all exams in progress, / searches by name, pinyin, "
        "number or seat. Space ticks several; A admits, P stops the time or lets go on, T gives "
        "time, E ends the exam, B sends a message: to the ticked ones, else to the one under ▸; "
        "A, T and B also to everybody. M gives another seat, C an accommodation, Enter shows what "
        "was noticed. Each asks for a reason, which is kept with the sitting. “Elsewhere” "
        "means that the terminal says it is not in front; that proves nothing by itself. Nobody "
        "does any of this for themselves."
    )
    BINDINGS = [
        Binding("a", "admit", N_("Admit")),
        Binding("p", "pause", N_("Pause")),
        Binding("p", "go_on", N_("Go on")),
        Binding("t", "give_time", N_("Time")),
        Binding("e", "end", N_("End it")),
        Binding("m", "move", N_("Move")),
        Binding("b", "tell", N_("Tell")),
        Binding("c", "accommodate", N_("Accommodation"), show=False),
        Binding("s", "sitting", N_("Hall")),
    ]

    def __init__(self, cohort_id: int | None = None) -> None:
        super().__init__(cohort_id)
        self.sittings: tuple[SittingView, ...] = ()
        self.has_begun = cohort_id is not None

    async def fetch(self) -> None:
        self.sittings = await self.certify.use(hall_sittings.sittings, actor=self.actor)
        if not self.has_begun:
            self.cohort_id = next((one.cohort_id for one in self.sittings if one.is_now), None)
        self.has_begun = True
        await super().fetch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in NEEDS:
            return may(self.actor, NEEDS[action]) and self._has_work(action)
        if action == "sitting":
            return bool(self.sittings)
        return super().check_action(action, parameters)

    def open(self, name: str) -> None:
        from certify.tui.screens.sitting_events import SittingEventsScreen

        one = self.chosen_one
        if one is not None and one.attempt_id is not None:
            self.app.push_screen(SittingEventsScreen(one.attempt_id, hall_words.who(one)))

    @work
    async def action_sitting(self) -> None:
        """Choose a sitting, or all exams in progress."""
        entries = [Entry(Content(_("all exams in progress")), "-")]
        entries += [
            Entry(safe_line(hall_words.sitting(one, self.local)), str(one.cohort_id))
            for one in self.sittings
        ]
        now = "-" if self.cohort_id is None else str(self.cohort_id)
        chosen = await self.app.push_screen_wait(Choose(_("Which sitting?"), entries, now))
        if chosen is not None:
            self.cohort_id = None if chosen == "-" else int(chosen)
            self.marked, self.done = set(), ""
            self.reload()

    @work
    async def action_admit(self) -> None:
        """Let in the ticked ones, the one under ▸, or everybody who waits."""
        chosen = self._targets(TO_ADMIT)
        waiting = self._all((CandidateState.WAITING,))
        if not self._ticked(TO_ADMIT) and len(waiting) > 1:
            everyone = _n("{count} candidate who waits", "all {count} who wait", len(waiting))
            entries = [Entry(Content(everyone.format(count=len(waiting))), "all")]
            entries += [Entry(safe_line(hall_words.who(one)), "one") for one in chosen]
            answer = await self.app.push_screen_wait(Choose(_("Admit whom?"), entries))
            if answer is None:
                return
            chosen = waiting if answer == "all" else chosen
        chosen = chosen or waiting
        if not chosen or self.cohort_id is None:
            return
        try:
            said = await conduct.admit(self.certify, self.actor, chosen, self.cohort_id)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        await self._say(said)

    @work
    async def action_pause(self) -> None:
        """Stop the time of those who work."""
        if working := self._targets(WORKING):
            await self._ask(conduct.pause_form(self.certify, self.actor, working))

    @work
    async def action_go_on(self) -> None:
        """Let the paused go on, where none of those chosen works."""
        if paused := self._targets(PAUSED):
            await self._ask(conduct.go_on_form(self.certify, self.actor, paused))

    @work
    async def action_give_time(self) -> None:
        """Give minutes to the ticked ones, the one under ▸, or everybody in the sitting."""
        chosen = self._targets(AT_WORK)
        await self._ask(conduct.time_form(self.certify, self.actor, chosen, self.cohort_id))

    @work
    async def action_end(self) -> None:
        """End exams before their time."""
        if chosen := self._targets(AT_WORK):
            await self._ask(conduct.end_form(self.certify, self.actor, chosen))

    @work
    async def action_move(self) -> None:
        """Give the candidate under ▸ another seat."""
        if (one := self.chosen_one) is not None and one.state in AT_WORK:
            await self._ask(conduct.move_form(self.certify, self.actor, one))

    @work
    async def action_tell(self) -> None:
        """Send a message to candidates."""
        chosen = self._targets(AT_WORK)
        exam = chosen[0].exam if chosen else ""
        await self._ask(
            conduct.announce_form(self.certify, self.actor, chosen, self.cohort_id, exam)
        )

    @work
    async def action_accommodate(self) -> None:
        """Give the candidate under ▸ an accommodation."""
        if (one := self.chosen_one) is not None:
            await self._ask(accommodation_form(self.certify, self.actor, one))

    async def _ask(self, form: Form) -> None:
        await self._say(await self.app.push_screen_wait(form))

    async def _say(self, said: str | None) -> None:
        """Say what was done: below the list, or whole where some were refused."""
        if not said:
            return
        head, *refused = said.splitlines()
        self.done, self.marked = head, set()
        if refused:
            await self.app.push_screen_wait(Done(head, refused))
        self.renew()

    def _has_work(self, action: str) -> bool:
        """Whether there is somebody to whom it can be done."""
        if action == "admit":
            waits = bool(self._all((CandidateState.WAITING,)))
            return self.cohort_id is not None and (waits or bool(self._targets(TO_ADMIT)))
        if action == "pause":
            return bool(self._targets(WORKING))
        if action == "go_on":
            return bool(self._targets(PAUSED)) and not self._targets(WORKING)
        if action == "accommodate":
            return self.chosen_one is not None
        if action == "move":
            return self.chosen_one is not None and self.chosen_one.state in AT_WORK
        if action in ("tell", "give_time") and self.cohort_id is not None:
            return bool(self._all(AT_WORK))
        return bool(self._targets(AT_WORK))

    def _ticked(self, states: Collection[CandidateState]) -> list[Candidate]:
        return self._all(states, lambda name: name in self.marked)

    def _targets(self, states: Collection[CandidateState]) -> list[Candidate]:
        """The ticked ones, else the one under ▸, as far as they are in one of these states."""
        if self.marked:
            return self._ticked(states)
        chosen = self.chosen
        return self._all(states, lambda name: name == chosen)

    def _all(
        self, states: Collection[CandidateState], fits: Callable[[str], bool] = lambda _name: True
    ) -> list[Candidate]:
        return [one for name, one in self.found.items() if fits(name) and one.state in states]

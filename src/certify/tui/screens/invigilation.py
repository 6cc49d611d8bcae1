"""The exams in progress, live, for the invigilator."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import invigilation
from certify.services.invigilation import Hall, OpenAttempt
from certify.tui import person_words
from certify.tui.columns import fit_content, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.give_time import accommodation_form, give_time_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.sitting_words import clock_text
from certify.tui.widgets.rows import Entry

FETCH_SECONDS = 5
QUIET = 600
"""Seconds without an answer from which that is said; a long item may take as long."""


class InvigilationScreen(ListPage):
    """Who sits what now, how far they are, and how long they have."""

    HELP = N_(
        "The exams in progress, the one that ends first at the top; the list renews itself. “In "
        "another window” means that the terminal says it is not in front; that proves nothing by "
        "itself. Enter shows everything noticed of a sitting. T gives minutes at once, A gives an "
        "accommodation. Nobody gives time to themselves."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("t", "give_time", N_("Give time")),
        Binding("a", "accommodate", N_("Accommodation")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.hall: Hall | None = None
        self.done = ""
        self._is_fetching = False

    async def fetch(self) -> None:
        self.hall = await self.certify.use(invigilation.hall, actor=self.actor)

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(1, self._tick)
        self.set_interval(FETCH_SECONDS, self._renew)

    def heading(self) -> str:
        return _("Exams in progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("give_time", "accommodate"):
            return self._chosen() is not None and may(self.actor, Action.GRANT_TIME)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Exam"), _("Answered"), _("Time left")]
        heads += [_("Last answer"), _("Now")]
        return _row([Content(head) for head in heads], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.hall is None or not self.hall.attempts:
            return [Entry(Content(_("Nobody is sitting an exam now.")))]
        return [
            Entry(
                _row(
                    [
                        safe_line(one.staff_no),
                        safe_line(one.name),
                        safe_line(pick(one.title)),
                        Content(f"{one.answered}/{one.items}"),
                        Content(clock_text(self._left(one))),
                        Content(f"{self.local(one.last_heard):%H:%M:%S}"),
                        self._state(one),
                    ],
                    width,
                ),
                str(one.attempt_id),
            )
            for one in self.some(self.hall.attempts)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        away = _n("{count} time in another window", "{count} times in another window", 0)
        if one.focus_lost:
            away = _n(
                "{count} time in another window",
                "{count} times in another window",
                one.focus_lost,
            )
        facts = [
            away.format(count=one.focus_lost) + f" ({clock_text(one.seconds_away)})",
            _n("{count} terminal", "{count} terminals", one.terminals).format(count=one.terminals),
        ]
        if one.break_left:
            facts.append(_("break left {time}").format(time=clock_text(one.break_left)))
        if one.number > 1:
            facts.append(_("retake"))
        who = f"{one.name} {one.staff_no} · {pick(one.title)}"
        if one.cohort:
            who += f" · {one.cohort}"
        return Content("\n").join([safe_line(who, "bold"), safe_line(" · ".join(facts))])

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.hall.attempts) if self.hall else 0
        text = _n("{count} exam in progress", "{count} exams in progress", count)
        return Content(text.format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.sitting_events import SittingEventsScreen

        if one := self._chosen():
            self.app.push_screen(SittingEventsScreen(one.attempt_id, f"{one.name} {one.staff_no}"))

    @work
    async def action_give_time(self) -> None:
        """Give the candidate under ▸ minutes."""
        if one := self._chosen():
            await self._ask(give_time_form(self.certify, self.actor, one))

    @work
    async def action_accommodate(self) -> None:
        """Give the candidate under ▸ an accommodation."""
        if one := self._chosen():
            await self._ask(accommodation_form(self.certify, self.actor, one))

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done = said
            self._renew()

    @work(group="renew", exclusive=True)
    async def _renew(self) -> None:
        if not self.is_current or not self.has_class("-shown"):
            return
        try:
            await self.fetch()
        except CertifyError:
            return  # the next look may go better; what is shown stays
        self.show()

    def _tick(self) -> None:
        if self.is_current and self.has_class("-shown"):
            self.show()

    def _state(self, one: OpenAttempt) -> Content:
        now = self.certify.platform.clock.now()
        if one.on_break_since is not None:
            return signed("‖", _("on a break"), "$accent")
        if one.is_away:
            return signed("!", _("in another window"), "$error")
        if (now - one.last_heard).total_seconds() > QUIET:
            return signed("…", _("quiet"), "$accent")
        return signed("◐", _("in progress"), "$success")

    def _left(self, one: OpenAttempt) -> int:
        return int((one.deadline - self.certify.platform.clock.now()).total_seconds())

    def _chosen(self) -> OpenAttempt | None:
        chosen, found = self.chosen, self.hall.attempts if self.hall else ()
        return next((one for one in found if str(one.attempt_id) == chosen), None)


def _row(cells: Sequence[Content], width: int) -> Content:
    fixed = [person_words.number_width(), 0, 0, 8, 9, 11, 14]
    shared = widths(width, fixed, [2, 3], gap=1)
    return row(
        [
            fit_content(cell.pad_left(max(0, size - cell.cell_length)), size)
            if place in (3, 4, 5)
            else fit_content(cell, size)
            for place, (cell, size) in enumerate(zip(cells, shared, strict=True))
        ],
        gap=1,
    )

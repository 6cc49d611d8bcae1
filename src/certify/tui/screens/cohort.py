"""One cohort: its figures above, its members below."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.domain.permission import Action, may
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import cohort_words, cohorts, exam_codes, not_yet
from certify.services.cohorts import CohortView, MemberState, MemberView
from certify.tui import person_words
from certify.tui.columns import fit_content, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.cohort import (
    excuse_form,
    hall_form,
    number_seats_form,
    register_form,
    seat_form,
)
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry

SIGNS = {
    MemberState.EXCUSED: ("–", "$foreground 70%"),
    MemberState.NO_SHOW: ("✗", "$error"),
    MemberState.TO_COME: ("○", "$foreground 70%"),
    MemberState.SITTING: ("◐", "$accent"),
    MemberState.AWAITING: ("…", "$accent"),
    MemberState.PASSED: ("✓", "$success"),
    MemberState.FAILED: ("✗", "$error"),
    MemberState.PASSED_LATER: ("✓", "$success"),
}


class CohortScreen(ListPage):
    """Who is in it, where they sit, and what lets them in."""

    HELP = N_(
        "Who is excused does not count in the pass rate; who does not come without excuse counts "
        "as not passed. First attempts decide; retakes are shown beside and decide nothing. A "
        "registers people by their staff numbers, E excuses the one under ▸ with a reason. H says "
        "where the exam is sat, whether an invigilator lets everybody in, and until when one may "
        "come late. S gives the one under ▸ a seat, or numbers the seats of all. C issues exam "
        "codes: with one somebody signs in for this exam and nothing else. I opens the "
        "invigilator's list."
    )
    BINDINGS = [
        Binding("a", "add", N_("Add")),
        Binding("e", "excuse", N_("Excuse")),
        Binding("s", "seat", N_("Seat")),
        Binding("h", "hall", N_("Room")),
        Binding("c", "codes", N_("Codes")),
        Binding("i", "invigilate", N_("Watch")),
        Binding("d", "dossier", N_("Dossier")),
    ]
    DEFAULT_CSS = "CohortScreen #figures { height: auto; padding: 0 2 1 2; }"
    IS_BESIDE = False

    def __init__(self, cohort_id: int) -> None:
        super().__init__()
        self.cohort_id = cohort_id
        self.view: CohortView | None = None
        self.not_yet: dict[str, str] = {}
        """Why somebody may not begin yet, by staff number."""
        self.done = ""

    def top(self) -> ComposeResult:
        yield Static(id="figures")

    async def fetch(self) -> None:
        use, actor, number = self.certify.use, self.actor, self.cohort_id
        self.view = await use(cohorts.one, actor=actor, cohort_id=number)
        found = await use(not_yet.not_yet, actor=actor, cohort_id=number)
        self.not_yet = {one.staff_no: " ".join(one.reasons) for one in found}

    def heading(self) -> str:
        return f"{self.view.title} · {pick(self.view.exam_title)}" if self.view else ""

    def show(self) -> None:
        if self.view is not None:
            when = cohort_words.when(self.certify.platform, self.view)
            styled = [safe_line(when), safe_line(hall(self.view))]
            styled += [
                safe_line(text, "bold" if place == 1 else "")
                for place, text in enumerate(cohort_words.figures_of(self.view))
            ]
            self.query_one("#figures", Static).update(Content("\n").join(styled))
        super().show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "excuse":
            one = self._chosen()
            return one is not None and one.state in (MemberState.TO_COME, MemberState.NO_SHOW)
        if action in ("add", "hall"):
            return self.view is not None and not self.view.is_over
        if action in ("seat", "codes"):
            if action == "codes" and not may(self.actor, Action.CONDUCT_EXAM):
                return False
            return self.view is not None and bool(self.view.members) and not self.view.is_over
        if action == "invigilate":
            return may(self.actor, Action.INVIGILATE)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Seat"), _("State"), _("Mark"), _("Reason")]
        return _row([Content(head) for head in heads], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None or not self.view.members:
            return [Entry(Content(_("Nobody is registered yet; A adds people.")))]
        return [
            Entry(
                _row(
                    [
                        safe_line(one.staff_no),
                        safe_line(one.name),
                        safe_line(one.seat),
                        _state(one),
                        Content(one.mark),
                        safe_line(one.reason or self.not_yet.get(one.staff_no, "")),
                    ],
                    width,
                ),
                one.staff_no,
            )
            for one in self.some(self.view.members)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        said = [_("seat {seat}").format(seat=one.seat)] if one.seat else []
        said.append(_("has an exam code") if one.has_code else _("no exam code yet"))
        if one.admitted_at is not None:
            time = f"{self.local(one.admitted_at):%H:%M}"
            said.append(_("admitted at {time}").format(time=time))
        if one.reason:
            said.append(one.reason)
        head = safe_line(f"{one.name} {one.staff_no} · ", "bold") + _state(one)
        if why := self.not_yet.get(one.staff_no):
            said.insert(0, _("! May not begin yet: {why}").format(why=why))
        return Content("\n").join([head, safe_line(" · ".join(said))])

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.view.members) if self.view else 0
        return Content(_n("{count} person", "{count} people", count).format(count=count))

    @work
    async def action_add(self) -> None:
        """Register people."""
        await self._ask(register_form(self.certify, self.actor, self.cohort_id))

    @work
    async def action_excuse(self) -> None:
        """Excuse the member under ▸."""
        if one := self._chosen():
            await self._ask(
                excuse_form(self.certify, self.actor, self.cohort_id, one.staff_no, one.name)
            )

    @work
    async def action_hall(self) -> None:
        """Change place, admission and late rule."""
        if self.view is not None:
            await self._ask(hall_form(self.certify, self.actor, self.view))

    @work
    async def action_seat(self) -> None:
        """Give the one under ▸ a seat, or number the seats of all who have none."""
        one = self._chosen()
        if self.view is None or one is None:
            return
        without = sum(not member.seat for member in self.view.members)
        if without:
            text = _n(
                "number the seats: {count} has none", "number the seats: {count} have none", without
            )
            entries = [
                Entry(safe_line(f"{one.name} {one.staff_no}"), "one"),
                Entry(Content(text.format(count=without)), "all"),
            ]
            chosen = await self.app.push_screen_wait(Choose(_("Whose seat?"), entries))
            if chosen is None:
                return
            if chosen == "all":
                await self._ask(number_seats_form(self.certify, self.actor, self.cohort_id))
                return
        await self._ask(seat_form(self.certify, self.actor, self.cohort_id, one))

    @work
    async def action_codes(self) -> None:
        """Issue exam codes and show them, once."""
        if self.view is None:
            return
        everybody = [
            member for member in self.view.members if member.state is not MemberState.EXCUSED
        ]
        groups = {
            "new": (_("who has none yet"), [one for one in everybody if not one.has_code]),
            "one": (_("only the one under ▸"), [one for one in everybody if one == self._chosen()]),
            "all": (_("everybody"), everybody),
        }
        entries = [
            Entry(Content(f"{words} ({len(members)})"), name)
            for name, (words, members) in groups.items()
            if members
        ]
        chosen = await self.app.push_screen_wait(Choose(_("Exam codes for whom?"), entries))
        if chosen is None:
            return
        whom = groups[chosen][1]
        void = sum(one.has_code for one in whom)
        if void:
            text = _n("{count} older code becomes void.", "{count} older codes become void.", void)
            sure = Confirm(_("Issue new codes?"), Content(text.format(count=void)), guarded=True)
            if not await self.app.push_screen_wait(sure):
                return
        await self._issue([one.staff_no for one in whom if one.staff_no != self.actor.staff_no])

    async def _issue(self, staff_nos: Sequence[str]) -> None:
        from certify.tui.screens.exam_codes import ExamCodesScreen

        assert self.view is not None  # noqa: S101  the key works only with members
        try:
            codes = await self.certify.use(
                exam_codes.issue,
                actor=self.actor,
                cohort_id=self.cohort_id,
                staff_nos=staff_nos or [self.actor.staff_no],
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        count = len(codes)
        text = _n("{count} exam code issued.", "{count} exam codes issued.", count)
        self.done = text.format(count=count)
        self.app.push_screen(ExamCodesScreen(self.view.title, self.cohort_id, codes))

    def action_invigilate(self) -> None:
        """Open the invigilator's list of this cohort."""
        from certify.tui.screens.invigilation import InvigilationScreen

        self.app.push_screen(InvigilationScreen(self.cohort_id))

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done, *warned = said.splitlines()
            if warned:
                await self.app.push_screen_wait(Done(self.done, warned))
            self.reload()

    def action_dossier(self) -> None:
        """Everything about this cohort in one document."""
        from certify.tui.screens.dossier import cohort_dossier

        self.app.push_screen(cohort_dossier(self.cohort_id))

    def _chosen(self) -> MemberView | None:
        chosen, members = self.chosen, self.view.members if self.view else ()
        return next((one for one in members if one.staff_no == chosen), None)


def hall(view: CohortView) -> str:
    """Where a cohort sits, who lets people in, and how many have seats and codes."""
    said = [_("Room: {place}").format(place=view.place or _("where everybody is"))]
    said.append(_("admission by the invigilator") if view.needs_admission else _("no admission"))
    if view.late_minutes is not None:
        said.append(_("late from {minutes} min").format(minutes=view.late_minutes))
    count = len(view.members)
    seats = sum(bool(one.seat) for one in view.members)
    codes = sum(one.has_code for one in view.members)
    said.append(_("seats {done}/{count}").format(done=seats, count=count))
    said.append(_("codes {done}/{count}").format(done=codes, count=count))
    return " · ".join(said)


def _state(one: MemberView) -> Content:
    sign, style = SIGNS[one.state]
    return signed(sign, _(cohort_words.STATES[one.state]), style)


def _row(cells: Sequence[Content], width: int) -> Content:
    shared = widths(width, [person_words.number_width(), 0, 6, 22, 7, 0], [1, 1], gap=2)
    return row([fit_content(cell, size) for cell, size in zip(cells, shared, strict=True)])

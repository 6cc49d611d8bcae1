"""One person over time: where they were and under whom, when they were away, who trains them."""

from collections.abc import Sequence
from datetime import date

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.person import PersonStatus
from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services.people_words import STATUS_NAMES
from certify.services.placing import absences
from certify.services.placing import history as histories
from certify.services.placing.absences import AbsenceView
from certify.services.placing.history import HistoryView, PlacementView
from certify.services.placing.owners import OwnerView
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.person_history import absence_form, change_form, owner_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry

DAYS = 23
"""Cells of two days and what stands between them."""


class PersonHistoryScreen(ListPage):
    """Placements, absences and training owners of one person, the newest first."""

    HELP = N_(
        "Which department, post and supervisor somebody had from which day on: every list of a "
        "past day is read from it, and no line is ever rewritten. E changes the person from today "
        "or from an earlier day. A records an absence, X takes the one under ▸ back. O names the "
        "training owner of a newcomer, who is both the direct supervisor and a guide."
    )
    BINDINGS = [
        Binding("e", "change", N_("Change")),
        Binding("a", "absence", N_("Absence")),
        Binding("x", "cancel_absence", N_("Cancel absence")),
        Binding("o", "owner", N_("Training owner")),
    ]

    def __init__(self, staff_no: str) -> None:
        super().__init__()
        self.staff_no = staff_no
        self.view: HistoryView | None = None
        self.said = ""
        """What was done last."""

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            histories.history, actor=self.actor, staff_no=self.staff_no
        )

    def heading(self) -> str:
        if self.view is None:
            return _("History")
        return _("History of {name} {staff_no}").format(
            name=self.view.name, staff_no=self.view.staff_no
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action in ("change", "owner"):
            return view is not None and view.may_change
        if action == "absence":
            return view is not None and view.may_record
        if action == "cancel_absence":
            one = self._absence()
            return view is not None and view.may_record and one is not None and not one.is_cancelled
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        return _placed(
            _("From – until"), _("Department"), _("Post"), _("Supervisor"), _("Status"), width
        )

    def entries(self, width: int) -> Sequence[Entry]:
        view = self.view
        if view is None:
            return []
        found = [_placement(one, n, width) for n, one in enumerate(view.placements)][::-1]
        found.append(Entry(Content.styled(_("Absences"), "bold")))
        found += [_absence(one, width) for one in view.absences][::-1]
        if not view.absences:
            found.append(Entry(safe_line(_("No absence is on record."), "$foreground 70%")))
        if view.owners:
            found.append(Entry(Content.styled(_("Training owner"), "bold")))
            found += [_owner(one, n, width) for n, one in enumerate(view.owners)][::-1]
        return found

    def detail(self, name: str) -> Content:
        kind, _colon, number = name.partition(":")
        if self.view is None:
            return Content()
        if kind == "placement":
            return safe_text(histories.placement_text(self.view.placements[int(number)]))
        one = self._absence()
        if one is None:
            return Content()
        state = " · " + _("cancelled") if one.is_cancelled else ""
        return safe_text(f"{_days(one.from_day, one.to_day)} · {one.reason}{state}")

    def foot(self) -> Content:
        return safe_line(self.said, "$success") if self.said else Content()

    @work
    async def action_change(self) -> None:
        """Change the person."""
        if self.view is not None:
            await self._ask(await change_form(self.certify, self.actor, self.view))

    @work
    async def action_absence(self) -> None:
        """Record an absence."""
        if self.view is not None:
            await self._ask(await absence_form(self.certify, self.actor, self.view))

    @work
    async def action_owner(self) -> None:
        """Name the training owner."""
        if self.view is not None:
            await self._ask(owner_form(self.certify, self.actor, self.view))

    @work
    async def action_cancel_absence(self) -> None:
        """Take the absence under ▸ back."""
        if (one := self._absence()) is None:
            return
        details = safe_line(f"{_days(one.from_day, one.to_day)} · {one.reason}")
        if not await self.app.push_screen_wait(Confirm(_("Cancel this absence?"), details)):
            return
        try:
            await self.certify.use(absences.cancel_absence, actor=self.actor, absence=one.id)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.said = "✓ " + _("Absence {number} is cancelled.").format(number=one.id)
        self.reload()

    async def _ask(self, form: Form) -> None:
        said = await self.app.push_screen_wait(form)
        if said is not None:
            first, *more = said.split("\n")
            self.said = f"✓ {first}"
            if more:
                await self.app.push_screen_wait(Done(_("You should know"), more))
            self.reload()

    def _absence(self) -> AbsenceView | None:
        """The absence under ▸."""
        kind, _colon, number = self.chosen.partition(":")
        known = self.view.absences if self.view is not None and kind == "absence" else ()
        return next((one for one in known if str(one.id) == number), None)


def _days(first: date, last: date | None) -> str:
    return f"{first.isoformat()} – {last.isoformat() if last else ''}".rstrip()


def _placed(days: str, department: str, post: str, above: str, status: str, width: int) -> Content:
    rooms = widths(width, [DAYS, 0, 0, 0, 8], [1, 1, 1], gap=1)
    cells = zip((days, department, post, above, status), rooms, strict=True)
    return row([fit(text, room) for text, room in cells], gap=1)


def _placement(one: PlacementView, number: int, width: int) -> Entry:
    status = "" if one.status is PersonStatus.EMPLOYED else _(STATUS_NAMES[one.status])
    if one.is_to_come:
        status = _("to come")
    content = _placed(
        _days(one.from_day, one.to_day),
        pick(one.department),
        pick(one.post),
        one.supervisor,
        status,
        width,
    )
    return Entry(content, f"placement:{number}")


def _absence(one: AbsenceView, width: int) -> Entry:
    rooms = widths(width, [DAYS, 0, 10], [1], gap=1)
    state = _("cancelled") if one.is_cancelled else ""
    cells = [fit(_days(one.from_day, one.to_day), DAYS), fit(one.reason, rooms[1]), fit(state, 10)]
    return Entry(row(cells, gap=1), f"absence:{one.id}")


def _owner(one: OwnerView, number: int, width: int) -> Entry:
    rooms = widths(width, [DAYS, 0, 0], [1, 1], gap=1)
    lacks = one.to_day is None and not one.is_supervisor
    state = "! " + _("not the supervisor any more") if lacks else ""
    cells = [
        fit(_days(one.from_day, one.to_day), DAYS),
        fit(f"{one.name} {one.staff_no}", rooms[1]),
        fit(state, rooms[2], "$warning"),
    ]
    return Entry(row(cells, gap=1), f"owner:{number}")

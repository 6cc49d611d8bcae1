"""The on-post qualification list (上岗资格认证名单) as of a day, with filters and export."""

from collections.abc import Sequence
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, _n, pick
from certify.services import listing
from certify.services.listing import ListFilter, QualificationList, QualifiedPerson
from certify.services.qualifying.states import STATE_NAMES
from certify.tui import person_words, qualification_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.export import ExportForm
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

ROOM_FOR_ALL = 95
"""In narrower terminals the certificate number stands in the line below the list only."""


class QualificationsScreen(ListPage):
    """Who may serve what, until when, and why; Enter opens the person's record."""

    HELP = N_(
        "Every post qualification as of a day, by department. D sets the day: a day in the past "
        "shows the list as it was then. S, T and P choose state, department and process. E "
        "writes what is shown here to a file, with a number that is kept in the ledger."
    )
    SEARCHES = True
    IS_BESIDE = False
    BINDINGS = [
        Binding("d", "day", N_("Day")),
        Binding("s", "state", N_("State")),
        Binding("t", "department", N_("Department")),
        Binding("p", "process", N_("Process")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.filter: ListFilter | None = None
        self.view: QualificationList | None = None

    def top(self) -> ComposeResult:
        yield Line(id="filters")

    async def fetch(self) -> None:
        if self.filter is None:
            self.filter = ListFilter(as_of=await self.certify.use(listing.today))
        self.filter = replace(self.filter, search=self.wanted)
        self.view = await self.certify.use(
            listing.qualification_list, actor=self.actor, wanted=self.filter
        )

    def heading(self) -> str:
        return _("On-post qualification list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return self.view is not None and may(self.actor, Action.EXPORT)
        return super().check_action(action, parameters)

    def show(self) -> None:
        if self.view is not None:
            self.query_one("#filters", Line).put(Content(" ") + self._filters(self.view))
        super().show()

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Department"), _("Post"), _("Process"), _("Lv.")]
        return _row([*heads, _("Certificate no."), _("Valid to")], Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        if not self.view.rows:
            none = _(
                "Nobody fits. A post qualification appears here as soon as somebody passes the "
                "exam of its course; other days and states are a key away."
            )
            return [Entry(line) for line in wrap(Content(none), width)]
        return [self._entry(one, width) for one in self.some(self.view.rows)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        state = qualification_words.state(one.state, is_expiring=one.is_expiring)
        left = ""
        if one.state is QualificationState.ACTIVE:
            left = f" ({qualification_words.days_left(one.days_left)})"
        retake = " " + _("(retake)") if one.is_retake else ""
        text = _("{process} · certificate {number} of {issued} · mark {mark}").format(
            process=pick(one.process),
            number=one.certificate,
            issued=one.issued_on,
            mark=(one.mark or "–") + retake,
        )
        where = f"{pick(one.department)} · {pick(one.post)}"
        head = safe_line(f"{one.name} {one.staff_no} · {where} · ", "bold")
        return Content("\n").join([head + state + Content(left), safe_line(text)])

    def foot(self) -> Content:
        if self.view is None:
            return Content()
        people = len({row.staff_no for row in self.view.rows})
        text = _n("{count} person", "{count} people", people).format(count=people)
        days = self.certify.platform.policy.qualification.expiring_days
        soon = _n(
            "{count} expires within {days} days",
            "{count} expire within {days} days",
            self.view.expiring,
        ).format(count=self.view.expiring, days=days)
        return Content(f"{text} · {soon}")

    def open(self, name: str) -> None:
        from certify.tui.screens.record import RecordScreen

        self.app.push_screen(RecordScreen(self._named(name).staff_no))

    @work
    async def action_day(self) -> None:
        """Choose the day as of which the list is wanted."""

        async def take(values: dict[str, str]) -> str:
            return values["day"]

        assert self.filter is not None  # noqa: S101  keys work only after the first fetch
        asks = [Ask("day", N_("Day"), self.filter.as_of.isoformat(), is_day)]
        typed = await self.app.push_screen_wait(Form(N_("As of which day?"), asks, take))
        if typed and (wanted := day(typed)):
            self._want(replace(self.filter, as_of=wanted))

    @work
    async def action_state(self) -> None:
        """Choose a state."""
        names = {state.value: _(STATE_NAMES[state]) for state in QualificationState}
        if self.filter is None:
            return
        now = self.filter.state.value if self.filter.state else ""
        chosen = await self._choose(_("State"), names, now)
        if chosen is not None:
            state = QualificationState(chosen) if chosen else None
            self._want(replace(self.filter, state=state))

    @work
    async def action_department(self) -> None:
        """Choose a department."""
        if self.view is not None and self.filter is not None:
            names = {code: pick(name) for code, name in self.view.departments.items()}
            chosen = await self._choose(_("Department"), names, self.filter.department)
            if chosen is not None:
                self._want(replace(self.filter, department=chosen))

    @work
    async def action_process(self) -> None:
        """Choose a process."""
        if self.view is not None and self.filter is not None:
            names = {code: pick(name) for code, name in self.view.processes.items()}
            chosen = await self._choose(_("Process"), names, self.filter.process)
            if chosen is not None:
                self._want(replace(self.filter, process=chosen))

    @work
    async def action_export(self) -> None:
        """Write what is shown to a file."""
        if self.filter is None:
            return
        form = ExportForm(self.certify, self.actor, self.filter)
        if answer := await self.app.push_screen_wait(form):
            number, rows, path = answer.split("\n", 2)
            said = ((_("Export number"), number), (_("Rows"), rows), (_("File"), path))
            lines = [_("{label}: {value}").format(label=one, value=value) for one, value in said]
            await self.app.push_screen_wait(Done(_("The list was written"), lines))

    async def _choose(self, question: str, names: dict[str, str], now: str) -> str | None:
        entries = [Entry(Content(_("every")), "*")]
        entries += [Entry(safe_line(name), f"={code}") for code, name in names.items()]
        chosen = await self.app.push_screen_wait(
            Choose(question, entries, f"={now}" if now else "*")
        )
        return chosen if chosen is None else chosen[1:]

    def _want(self, wanted: ListFilter) -> None:
        self.filter = wanted
        self.reload()

    def _filters(self, view: QualificationList) -> Content:
        wanted = view.filter
        state = _(STATE_NAMES[wanted.state]) if wanted.state else _("every")
        department = pick(view.departments.get(wanted.department, {})) or _("every")
        process = pick(view.processes.get(wanted.process, {})) or _("every")
        parts = [
            (_("As of"), wanted.as_of.isoformat()),
            (_("State"), state),
            (_("Department"), department),
            (_("Process"), process),
        ]
        return Content("   ").join(
            safe_line(f"{label} ", "$foreground 70%") + safe_line(value, "bold")
            for label, value in parts
        )

    def _entry(self, one: QualifiedPerson, width: int) -> Entry:
        texts = [
            one.staff_no,
            one.name,
            pick(one.department),
            pick(one.post),
            pick(one.process),
            one.level,
            one.certificate,
            one.valid_to.isoformat(),
        ]
        state = qualification_words.state(one.state, is_expiring=one.is_expiring)
        return Entry(_row(texts, state, width), one.certificate)

    def _named(self, name: str) -> QualifiedPerson:
        assert self.view is not None  # noqa: S101  lines come from the view
        return next(one for one in self.view.rows if one.certificate == name)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    fixed = [person_words.number_width(), 0, 0, 0, 0, 3, 16, 10, 11]
    if width < ROOM_FOR_ALL:
        texts, fixed = [*texts[:6], *texts[7:]], [*fixed[:6], *fixed[7:]]
    shared = widths(width, fixed, [4, 5, 5, 5], gap=1)
    cells = [fit(text, cells) for text, cells in zip(texts, shared[:-1], strict=True)]
    return row([*cells, fit_content(state, shared[-1])], gap=1)

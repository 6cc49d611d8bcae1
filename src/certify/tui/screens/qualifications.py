"""The on-post qualification list (上岗资格认证名单) as of a day, with filters and export."""

from collections.abc import Sequence
from datetime import date

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.pinyin import finder
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, _n, pick
from certify.services import listing
from certify.services.forms.form import Wanted
from certify.services.forms.staff import wanted_of
from certify.services.listing import ListFilter, QualificationList, QualifiedPerson
from certify.tui import person_words, qualification_filters, qualification_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.exports import Exports
from certify.tui.filtered_list import Filter, FilteredList
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

USUAL = {"state": QualificationState.ACTIVE.value}
"""The list begins with who may serve."""
ROOM_FOR_ALL = 95
"""In narrower terminals the certificate number stands in the line below the list only."""


class QualificationsScreen(Exports, FilteredList):
    """Who may serve what, until when, and why; Enter opens the person."""

    HELP = N_(
        "Every post qualification as of a day, by department. D sets the day: a day in the past "
        "shows the list as it was then. S, T and P choose state, department and process, F every "
        "other filter; V keeps the filters under a name and shows them again. / searches by "
        "name, number or pinyin. Enter opens the person, C the certificate. E writes what is "
        "shown here, or who holds what, to a file with a number that is kept in the ledger."
    )
    KEEPS = "qualification-list"
    SEARCHES = True
    AT_MOST = 150
    IS_BESIDE = False
    BINDINGS = [
        Binding("d", "day", N_("Day")),
        Binding("s", "choose('state')", N_("State")),
        Binding("t", "choose('department')", N_("Department")),
        Binding("p", "choose('process')", N_("Process")),
        Binding("c", "certificate", N_("Certificate")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.values = dict(USUAL)
        self.as_of: date | None = None
        self.view: QualificationList | None = None
        self.found: list[QualifiedPerson] = []
        """The rows that are found by what is searched for."""
        self.known: dict[str, dict[str, str]] = {"post": {}, "level": {}, "supervisor": {}}
        """What these can be set to: all that any list of this page showed."""

    @property
    def filter(self) -> ListFilter:
        """What is wanted."""
        assert self.as_of is not None  # noqa: S101  keys work only after the first fetch
        return qualification_filters.wanted(self.as_of, self.values, self.wanted)

    def top(self) -> ComposeResult:
        yield Line(id="filters")

    async def fetch(self) -> None:
        await self.begin()
        if self.as_of is None:
            self.as_of = await self.certify.use(listing.today)
        # What is searched for narrows what is here already: a letter costs no look elsewhere.
        all_of_it = qualification_filters.wanted(self.as_of, self.values, "")
        self.view = await self.certify.use(
            listing.qualification_list, actor=self.actor, wanted=all_of_it
        )
        qualification_filters.learn(self.known, self.view)

    def searched(self) -> None:
        if self.view is not None:
            self.show()

    def narrowed(self) -> None:
        self.reload()

    def filters(self) -> Sequence[Filter]:
        if self.view is None:
            return ()
        ahead = self.certify.platform.policy.qualification.ahead_days
        return qualification_filters.filters(self.view, self.known, ahead)

    def heading(self) -> str:
        return _("On-post qualification list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "certificate":
            return bool(self.chosen)
        return super().check_action(action, parameters)

    def show(self) -> None:
        if self.view is not None and self.as_of is not None:
            as_of = safe_line(_("As of") + " ", "$foreground 70%")
            as_of += safe_line(self.as_of.isoformat(), "bold")
            line = Content(" ") + as_of + Content("   ") + self.said()
            self.query_one("#filters", Line).put(line)
            found = finder(self.wanted)
            self.found = [
                one for one in self.view.rows if found(one.name, one.staff_no, one.certificate)
            ]
        super().show()

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Department"), _("Post"), _("Process"), _("Lv.")]
        return _row([*heads, _("Certificate no."), _("Valid to")], Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        if not self.found:
            none = _(
                "Nobody fits. A post qualification appears here as soon as somebody passes the "
                "exam of its course; other days and states are a key away."
            )
            return [Entry(line) for line in wrap(Content(none), width)]
        return [self._entry(one, width) for one in self.some(self.found)]

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
        people = len({row.staff_no for row in self.found})
        text = _n("{count} person", "{count} people", people).format(count=people)
        days = self.certify.platform.policy.qualification.expiring_days
        soon_over = sum(row.is_expiring for row in self.found)
        soon = _n(
            "{count} expires within {days} days",
            "{count} expire within {days} days",
            soon_over,
        ).format(count=soon_over, days=days)
        return Content(f"{text} · {soon}")

    def open(self, name: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        self.app.push_screen(PersonCardScreen(self._named(name).staff_no))

    def action_certificate(self) -> None:
        """Open the certificate under ▸."""
        from certify.tui.screens.certificate import CertificateScreen

        if self.chosen:
            self.app.push_screen(CertificateScreen(self.chosen))

    @work
    async def action_day(self) -> None:
        """Choose the day as of which the list is wanted."""

        async def take(values: dict[str, str]) -> str:
            return values["day"]

        now = self.filter.as_of
        asks = [Ask("day", N_("Day"), now.isoformat(), is_day)]
        typed = await self.app.push_screen_wait(Form(N_("As of which day?"), asks, take))
        if typed and (wanted := day(typed)):
            self.as_of = wanted
            self.reload()

    @work
    async def action_choose(self, name: str) -> None:
        """Choose what one filter is set to."""
        chosen = next((one for one in self.filters() if one.name == name), None)
        if chosen is not None:
            await self.choose_value(chosen)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        if self.view is None:
            return ()
        matrix = Wanted(as_of=self.filter.as_of, department=self.filter.department)
        return [
            ("qualification-list", wanted_of(self.filter)),
            ("qualification-matrix", matrix),
        ]

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

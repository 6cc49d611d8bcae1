"""One person at a glance, from any list by Enter; the keys lead to all that HR does most."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.person import PersonStatus
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, pick
from certify.services.person_card import OpenThing, PersonCard, card
from certify.tui import exam_words, person_words, qualification_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.assign import assign_form
from certify.tui.list_page import ListPage
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry

OVER = (
    QualificationState.SUPERSEDED,
    QualificationState.EXPIRED,
    QualificationState.REVOKED,
)


class PersonCardScreen(ListPage):
    """Who it is, what they hold, what is open, and the last results."""

    HELP = N_(
        "One person at a glance. R opens the whole record, L the levels with what HR decides of "
        "them, P the plan with onboarding, H posts, supervisors and absences, T everything by "
        "day. A assigns a course. Enter on an exam shows its result, on what is held its "
        "certificate."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("r", "open('record')", N_("Record")),
        Binding("l", "open('levels')", N_("Levels")),
        Binding("h", "open('history')", N_("History")),
        Binding("t", "open('timeline')", N_("Timeline")),
        Binding("p", "open('plan')", N_("Plan")),
        Binding("a", "assign", N_("Assign course")),
    ]

    def __init__(self, staff_no: str) -> None:
        super().__init__()
        self.staff_no = staff_no
        self.view: PersonCard | None = None
        self.said = ""

    async def fetch(self) -> None:
        self.view = await self.certify.use(card, actor=self.actor, staff_no=self.staff_no)

    def heading(self) -> str:
        if self.view is None:
            return ""
        return f"{self.view.name} {self.view.staff_no}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "assign":
            return self.view is not None and may(self.actor, Action.ASSIGN_COURSE)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        if self.view is None:
            return Content()
        left = _("has left") if self.view.status is PersonStatus.LEFT else ""
        said = [
            left,
            pick(self.view.department),
            pick(self.view.post),
            person_words.roles(self.view.roles),
            _("hired on {day}").format(day=self.view.hired_on),
        ]
        if self.view.supervisor:
            said.append(_("supervisor: {name}").format(name=self.view.supervisor))
        return fit(" · ".join(filter(None, said)), width)

    def entries(self, width: int) -> Sequence[Entry]:
        view = self.view
        if view is None:
            return []
        now = [one for one in view.qualifications if one.state not in OVER]
        past = len(view.qualifications) - len(now)
        held = [
            Entry(qualification_words.line(one, width), f"held:{one.certificate}") for one in now
        ]
        if past:
            text = _("and {count} of the past: R shows the record").format(count=past)
            held.append(Entry(safe_line(text, "$foreground 70%")))
        things = [Entry(_thing(one, width), f"open:{n}") for n, one in enumerate(view.open_things)]
        made = [Entry(self._attempt(n, width), f"attempt:{n}") for n in range(len(view.attempts))]
        groups = [
            (_("Holds"), held, _("Holds nothing yet.")),
            (_("Still to do"), things, _("Nothing is open.")),
            (_("Last results"), made, _("No exam was sat yet.")),
        ]
        entries: list[Entry] = []
        for title, lines, empty in groups:
            entries.append(Entry(Content.styled(title, "bold $primary")))
            entries += lines or [Entry(safe_line(empty, "$foreground 80%"))]
        return entries

    def detail(self, name: str) -> Content:
        view = self.view
        if view is None:
            return Content()
        kind, _colon, code = name.partition(":")
        if kind == "held":
            found = (one for one in view.qualifications if one.certificate == code)
            return qualification_words.detail(next(found))
        if kind == "open":
            return safe_text(view.open_things[int(code)].text)
        return safe_line(pick(view.attempts[int(code)].title), "bold")

    def foot(self) -> Content:
        return safe_line(f"✓ {self.said}", "$success") if self.said else Content()

    def open(self, name: str) -> None:
        kind, _colon, code = name.partition(":")
        if self.view is not None and kind == "attempt":
            from certify.tui.screens.result import ResultScreen

            self.app.push_screen(ResultScreen(self.view.attempts[int(code)].attempt_id))
        elif kind == "held":
            from certify.tui.screens.certificate import CertificateScreen

            self.app.push_screen(CertificateScreen(code))

    def action_open(self, page: str) -> None:
        """Open another page of the person."""
        self.app.push_screen(_page(page, self.staff_no))

    @work
    async def action_assign(self) -> None:
        """Assign a course."""
        if self.view is not None:
            form = await assign_form(self.certify, self.actor, self.staff_no, self.view.name)
            if said := await self.app.push_screen_wait(form):
                self.said = said
                self.reload()

    def _attempt(self, number: int, width: int) -> Content:
        assert self.view is not None  # noqa: S101  lines come from the view
        one = self.view.attempts[number]
        rooms = widths(width, [0, 10, 7, 14], [1])
        day = self.local(one.submitted_at or one.started_at).date().isoformat()
        cells = [fit(pick(one.title), rooms[0]), fit(day, 10), fit_right(one.mark, 7)]
        return row([*cells, fit_content(exam_words.verdict(one), 14)])


def _page(page: str, staff_no: str) -> Page:
    """One of the other pages of a person."""
    from certify.tui.screens.development import DevelopmentScreen
    from certify.tui.screens.ladder import LadderScreen
    from certify.tui.screens.person_history import PersonHistoryScreen
    from certify.tui.screens.record import RecordScreen
    from certify.tui.screens.timeline import TimelineScreen

    pages = {
        "record": RecordScreen,
        "levels": LadderScreen,
        "history": PersonHistoryScreen,
        "timeline": TimelineScreen,
        "plan": DevelopmentScreen,
    }
    made: Page = pages[page](staff_no)
    return made


def _thing(one: OpenThing, width: int) -> Content:
    due, style = "", ""
    if one.due_on is not None:
        due = _("due {day}").format(day=one.due_on.isoformat())
    if one.is_late:
        late = _("late since {day}").format(day=one.due_on)
        due, style = f"! {late}", "$warning"
    rooms = widths(width, [0, 24], [1])
    return row([fit(one.text, rooms[0]), fit(due, 24, style)])

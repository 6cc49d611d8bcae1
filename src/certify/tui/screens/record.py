"""What is kept of one person: qualifications with their certificates, and attempts."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from certify.domain.attempt import AttemptState
from certify.i18n import N_, _, pick
from certify.services import results
from certify.services.results import AttemptView, RecordView
from certify.tui import exam_words, qualification_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class RecordScreen(ListPage):
    """Qualifications and attempts of one person, newest first."""

    HELP = N_(
        "The upper part holds every qualification with its certificate and last valid day; the "
        "lower part every attempt at an exam with its mark. Enter on a qualification opens its "
        "certificate; on an attempt it shows the result by topic; an exam in progress goes on. "
        "L shows the levels with their conditions; P the phases of onboarding, what the post "
        "needs, and the development plan; T everything by day."
    )
    BINDINGS = [
        Binding("l", "levels", N_("Levels")),
        Binding("p", "plan", N_("Plan")),
        Binding("h", "history", N_("History")),
        Binding("t", "timeline", N_("Timeline")),
    ]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: whose record; None for that of the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.view: RecordView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(results.record, actor=self.actor, staff_no=self.staff_no)

    def heading(self) -> str:
        if self.view is None:
            return ""
        is_own = self.view.staff_no == self.actor.staff_no
        if is_own:
            return _("My record")
        return _("Record of {name} {staff_no}").format(
            name=self.view.name, staff_no=self.view.staff_no
        )

    def columns(self, width: int) -> Content:
        if self.view is None:
            return Content()
        hired = _("hired on {day}").format(day=self.view.hired_on)
        where = f"{pick(self.view.department)} · {pick(self.view.post)} · {hired}"
        return fit(f"{self.view.name} {self.view.staff_no} · {where}", width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        held = [
            Entry(qualification_words.line(one, width), f"held:{one.certificate}")
            for one in self.view.qualifications
        ]
        made = [
            Entry(_attempt(one, self._day(one), width), f"attempt:{one.attempt_id}")
            for one in self.view.attempts
        ]
        no_held = _("None yet. Who passes the exam of a course earns what the course stands for.")
        no_made = _("No exam was sat yet. Results appear here with mark and verdict.")
        return [
            Entry(Content()),
            Entry(Content.styled(_("Qualifications and certificates"), "bold $primary")),
            *(held or _said(no_held, width)),
            Entry(Content()),
            Entry(Content.styled(_("Exams"), "bold $primary")),
            *(made or _said(no_made, width)),
        ]

    def detail(self, name: str) -> Content:
        assert self.view is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        if kind == "held":
            found = (one for one in self.view.qualifications if one.certificate == code)
            return qualification_words.detail(next(found))
        one = next(one for one in self.view.attempts if str(one.attempt_id) == code)
        parts = [safe_line(f"{pick(one.title)} · {self._moment(one)}", "bold")]
        if one.mark:
            text = _("{earned} of {possible} points, pass mark {pass_mark}")
            points = text.format(earned=one.earned, possible=one.possible, pass_mark=one.pass_mark)
            parts.append(safe_line(points))
        if one.by_deadline:
            parts.append(Content(_("The time was over; submitted as it stood.")))
        return Content("\n").join(parts)

    def open(self, name: str) -> None:
        assert self.view is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        if kind == "held":
            from certify.tui.screens.certificate import CertificateScreen

            self.app.push_screen(CertificateScreen(code))
            return
        one = next(one for one in self.view.attempts if str(one.attempt_id) == code)
        if one.state is not AttemptState.OPEN:
            from certify.tui.screens.result import ResultScreen

            self.app.push_screen(ResultScreen(one.attempt_id))
        elif self.view.staff_no == self.actor.staff_no:
            from certify.tui.screens.lobby import LobbyScreen

            self.app.push_screen(LobbyScreen(one.exam))

    def action_timeline(self) -> None:
        """Open everything that is kept of the person, by day."""
        from certify.tui.screens.timeline import TimelineScreen

        self.app.push_screen(TimelineScreen(self.staff_no))

    def action_levels(self) -> None:
        """Open the ladder with its conditions, and what is held."""
        from certify.tui.screens.ladder import LadderScreen

        self.app.push_screen(LadderScreen(self.staff_no))

    def action_history(self) -> None:
        """Open where the person was, under whom, and when they were away."""
        from certify.tui.screens.person_history import PersonHistoryScreen

        self.app.push_screen(PersonHistoryScreen(self.staff_no or self.actor.staff_no))

    def action_plan(self) -> None:
        """Open the phases, needs and development plan of the person."""
        from certify.tui.screens.development import DevelopmentScreen

        self.app.push_screen(DevelopmentScreen(self.staff_no))

    def _day(self, attempt: AttemptView) -> str:
        return self.local(attempt.submitted_at or attempt.started_at).date().isoformat()

    def _moment(self, attempt: AttemptView) -> str:
        return f"{self.local(attempt.submitted_at or attempt.started_at):%Y-%m-%d %H:%M}"


def _attempt(attempt: AttemptView, day: str, width: int) -> Content:
    """One line: the exam, which try, the day, the mark and the verdict."""
    shared = widths(width, [0, 10, 7, 14], [1])
    retake = ""
    if attempt.number > 1:
        retake = "  " + _("(retake {number})").format(number=attempt.number - 1)
    note = Content.styled(retake, "$foreground 70%")
    title = safe_line(pick(attempt.title))
    title = fit_content(title, min(title.cell_length, shared[0] - note.cell_length)) + note
    cells = [fit_content(title, shared[0]), fit(day, 10), fit_right(attempt.mark, 7)]
    return row([*cells, fit_content(exam_words.verdict(attempt), 14)])


def _said(text: str, width: int) -> list[Entry]:
    return [Entry(line) for line in wrap(Content.styled(text, "$foreground 80%"), width)]

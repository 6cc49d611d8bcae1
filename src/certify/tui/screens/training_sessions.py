"""Training sessions: those one gives, attends or runs."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.training import SessionState
from certify.i18n import N_, _, _n
from certify.services.training import sessions, words
from certify.services.training.session_views import SessionView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.training_session import new_session_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.training_words import session_state, times
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class TrainingSessionsScreen(ListPage):
    """What is to come first, then what was, the latest first."""

    SEARCHES = True
    HELP = N_(
        "The training sessions you give, attend or run: those to come first, then those that "
        "were. Enter opens one: there you sign in and out, and who runs it takes attendance. N "
        "arranges a session from an approved plan, C shows the calendar."
    )
    BINDINGS = [
        Binding("n", "new", N_("New session")),
        Binding("c", "calendar", N_("Calendar")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.sessions: list[SessionView] = []

    async def fetch(self) -> None:
        self.sessions = await self.certify.use(sessions.listed, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Training sessions")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return may(self.actor, Action.HOLD_TRAINING)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Starts"), _("Title"), _("Trainer")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.sessions:
            none = _("There are no training sessions for you yet. Who runs training arranges them.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        wanted = self.wanted.casefold()
        found = [
            one
            for one in self._ordered()
            if wanted in f"{one.code} {one.title} {one.trainer} {one.place}".casefold()
        ]
        return [
            Entry(
                _row(
                    [times(self.certify.platform, one)[:16], one.title, one.trainer],
                    session_state(one.state),
                    width,
                ),
                one.code,
            )
            for one in self.some(found)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.sessions if one.code == name)
        about = [times(self.certify.platform, one), one.place, _(words.KINDS[one.kind])]
        about += [_(words.MODES[one.mode]), one.plan]
        if one.may_run:
            count = len(one.attendees)
            about.append(_n("{count} person", "{count} people", count).format(count=count))
        return Content("\n").join(
            [
                safe_line(f"{one.code}  {one.title}", "bold"),
                safe_line(" · ".join(text for text in about if text)),
            ]
        )

    def foot(self) -> Content:
        count = len(self.sessions)
        return Content(_n("{count} session", "{count} sessions", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.training_session import TrainingSessionScreen

        self.app.push_screen(TrainingSessionScreen(name))

    @work
    async def action_new(self) -> None:
        """Arrange a session."""
        form = await new_session_form(self.certify, self.actor)
        if said := await self.app.push_screen_wait(form):
            head, *warnings = said.split("\n")
            if warnings:
                await self.app.push_screen_wait(Done(head, warnings))
            self.reload()

    def action_calendar(self) -> None:
        """Show the calendar."""
        from certify.tui.screens.training_calendar import TrainingCalendarScreen

        self.app.push_screen(TrainingCalendarScreen())

    def _ordered(self) -> list[SessionView]:
        open_states = (SessionState.PLANNED, SessionState.HELD)
        to_come = [one for one in self.sessions if one.state in open_states]
        return to_come + [one for one in reversed(self.sessions) if one.state not in open_states]


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [16, 0, 0, 12], [3, 1])
    cells = [fit(text, room) for text, room in zip(texts, rooms[:3], strict=True)]
    return row([*cells, fit_content(state, rooms[3])])

"""One training session: its list, where people come and go at the press of a key."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.domain.attendance import Presence
from certify.domain.permission import Action, may
from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services.forms.form import Wanted
from certify.services.training import assessing, sessions, signing
from certify.services.training.session_views import AttendeeView, SessionView
from certify.services.windows import moment_text
from certify.tui import person_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.training_session import (
    admit_form,
    agreement_form,
    assess_form,
    bill_form,
    cancel_form,
    confirm_form,
    excuse_form,
    take_back_form,
)
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.training_actions import ACTIONS, possible
from certify.tui.training_words import about, money, more, presence, result
from certify.tui.widgets.rows import Entry, Rows


class TrainingSessionScreen(Exports, ListPage):
    """I and O sign the one under ▸ in and out; a learner sees and signs their own line alone."""

    HELP = N_(
        "I notes that the one under ▸ came, O that they left; ▸ goes on to the next. Where "
        "nobody signed out, C confirms until when they were there; U takes a slip back. M "
        "writes a result, E excuses, S closes the session when everybody has a result or an "
        "excuse. A adds people; where the company pays, G records their agreement first. B is for "
        "the bill, X cancels. W exports sign-in sheet and assessment record. If you "
        "attend, you see your own line and sign yourself."
    )
    IS_BESIDE = False
    DEFAULT_CSS = "TrainingSessionScreen #about { height: auto; padding: 0 2 1 2; }"
    BINDINGS = [
        Binding("i", "sign_in", N_("In")),
        Binding("o", "sign_out", N_("Out")),
        Binding("c", "confirm", N_("Confirm end")),
        Binding("m", "assess", N_("Result")),
        Binding("e", "excuse", N_("Excuse")),
        Binding("u", "take_back", N_("Take back")),
        Binding("a", "add", N_("Add people")),
        Binding("g", "agreement", N_("Agreement")),
        Binding("b", "bill", N_("Bill")),
        Binding("s", "close", N_("Close session")),
        Binding("x", "cancel", N_("Cancel")),
        Binding("d", "dossier", N_("Dossier")),
        Binding("w", "export", N_("Export")),
    ]

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.view: SessionView | None = None
        self.done = ""

    def top(self) -> ComposeResult:
        yield Static(id="about")

    async def fetch(self) -> None:
        self.view = await self.certify.use(sessions.one, actor=self.actor, code=self.code)

    def heading(self) -> str:
        return f"{self.view.title} · {self.code}" if self.view else self.code

    def show(self) -> None:
        if self.view is not None:
            lines = [about(self.certify.platform, self.view)]
            if self.view.may_run:
                lines.append(safe_line(money(self.view), "$foreground 80%"))
            if self.view.remark:
                lines.append(safe_line(self.view.remark))
            self.query_one("#about", Static).update(Content("\n").join(lines))
        super().show()

    def action_dossier(self) -> None:
        """Open everything that is kept of the session."""
        from certify.tui.screens.dossier import session_dossier

        self.app.push_screen(session_dossier(self.code))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.view is None or action not in ACTIONS:
            return super().check_action(action, parameters)
        holds = may(self.actor, Action.HOLD_TRAINING)
        return action in possible(self.view, self._line(), holds=holds)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        if self.view is None or not self.view.may_run:
            return ()
        wanted = Wanted(session=self.code)
        return [("sign-in-sheet", wanted), ("assessment-record", wanted)]

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("In"), _("Out"), _("Result")]
        return _row(heads, Content(_("Presence")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None or not self.view.attendees:
            return [Entry(Content(_("Nobody is on the list yet; A adds people.")))]
        return [
            Entry(
                _row(
                    [
                        line.who,
                        line.name,
                        self._time(line.in_at),
                        self._time(line.out_at),
                        result(line),
                    ],
                    presence(line),
                    width,
                ),
                line.who,
            )
            for line in self.some(self.view.attendees)
        ]

    def detail(self, name: str) -> Content:
        line = self._line()
        return safe_line(" · ".join(more(line)) if line else "")

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        here = (Presence.THERE, Presence.ATTENDED, Presence.TOO_SHORT, Presence.END_UNKNOWN)
        lines = self.view.attendees if self.view else ()
        came = sum(line.attendance.presence in here for line in lines)
        text = _("{came} of {count} came").format(came=came, count=len(lines))
        return Content(text) if self.view and self.view.may_run else Content()

    @work(group="sign")
    async def action_sign_in(self) -> None:
        """Note that the one under ▸ came, and go on to the next."""
        if line := self._line():
            who = None if line.is_own else line.who
            doing = self.certify.use(signing.sign_in, actor=self.actor, code=self.code, who=who)
            if await self._try(doing, _("{name} came.").format(name=line.name)):
                self.query_one(Rows).action_cursor_down()

    @work(group="sign")
    async def action_sign_out(self) -> None:
        """Note that the one under ▸ left, and go on to the next."""
        if line := self._line():
            who = None if line.is_own else line.who
            doing = self.certify.use(signing.sign_out, actor=self.actor, code=self.code, who=who)
            if await self._try(doing, _("{name} left.").format(name=line.name)):
                self.query_one(Rows).action_cursor_down()

    @work
    async def action_confirm(self) -> None:
        """Say until when the one under ▸ was there."""
        if (line := self._line()) and self.view:
            await self._ask(confirm_form(self.certify, self.actor, self.view, line))

    @work
    async def action_take_back(self) -> None:
        """Take back what was noted of the one under ▸ by mistake."""
        if line := self._line():
            await self._ask(take_back_form(self.certify, self.actor, self.code, line))

    @work
    async def action_assess(self) -> None:
        """Write the result of the one under ▸."""
        if line := self._line():
            await self._ask(assess_form(self.certify, self.actor, self.code, line))

    @work
    async def action_excuse(self) -> None:
        """Excuse the one under ▸."""
        if line := self._line():
            await self._ask(excuse_form(self.certify, self.actor, self.code, line))

    @work
    async def action_add(self) -> None:
        """Put people on the list."""
        await self._ask(admit_form(self.certify, self.actor, self.code))

    @work
    async def action_agreement(self) -> None:
        """Record a training agreement."""
        if self.view:
            await self._ask(agreement_form(self.certify, self.actor, self.view))

    @work
    async def action_bill(self) -> None:
        """Write down what it cost."""
        if self.view:
            await self._ask(bill_form(self.certify, self.actor, self.view))

    @work
    async def action_cancel(self) -> None:
        """Cancel the session."""
        await self._ask(cancel_form(self.certify, self.actor, self.code))

    @work
    async def action_close(self) -> None:
        """Close the session for good."""
        question = _("Close this session? Its records stay as they are then.")
        if await self.app.push_screen_wait(Confirm(question)):
            doing = self.certify.use(assessing.close, actor=self.actor, code=self.code)
            await self._try(doing, _("{code} is closed.").format(code=self.code))

    async def _ask(self, form: Form) -> None:
        if said := await self.app.push_screen_wait(form):
            self.done = said
            self.reload()

    async def _try(self, doing: Awaitable[object], done: str) -> bool:
        """Do something; a refusal is shown. Whether it worked."""
        try:
            await doing
        except CertifyError as error:
            await self.certify.tell(error)
            return False
        self.done = done
        await self.fetch()
        self.show()
        return True

    def _time(self, moment: datetime | None) -> str:
        """Hours and minutes on the day of the session, the whole moment on another."""
        if moment is None or self.view is None:
            return ""
        text = moment_text(self.certify.platform, moment)
        is_day = text[:10] == moment_text(self.certify.platform, self.view.starts_at)[:10]
        return text[11:] if is_day else text[5:]

    def _line(self) -> AttendeeView | None:
        chosen, lines = self.chosen, self.view.attendees if self.view else ()
        return next((line for line in lines if line.who == chosen), None)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [person_words.number_width(), 0, 11, 11, 18, 14], [1], gap=1)
    cells = [fit(text, room) for text, room in zip(texts[:2], rooms[:2], strict=True)]
    cells += [fit_right(text, room) for text, room in zip(texts[2:4], rooms[2:4], strict=True)]
    return row([*cells, fit_content(state, rooms[4]), fit(texts[4], rooms[5])], gap=1)

"""Who has still to learn a new text of a standard: one's own, and those one looks after."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n, pick
from certify.services.standard_life import delta, delta_passing, delta_words
from certify.services.standard_life.delta import DeltaView
from certify.tui import person_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.delta_training import DeltaTrainingScreen, state_sign
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class DeltaTrainingsScreen(ListPage):
    """Delta training by the day it is due; Enter shows what changed."""

    SEARCHES = True
    HELP = N_(
        "When a standard changes, everybody whose post qualification rests on it learns what "
        "changed: by practice items, by an exam that asks for the new text, or in a session with "
        "a trainer, who records it here with P. Who has not passed when the last day is over is "
        "suspended until they pass. Enter shows what changed."
    )
    BINDINGS = [Binding("p", "record", N_("Record a session"))]
    IS_BESIDE = False

    def __init__(self) -> None:
        super().__init__()
        self.views: list[DeltaView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(delta.deltas, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Delta training")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "record":
            one = self._named(self.chosen)
            if one is None or one.staff_no == self.actor.staff_no:
                return False
            return one.is_open and may(self.actor, Action.HOLD_TRAINING)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Standard"), _("Until"), _("State")]
        rooms = _widths(width)
        return row([fit(text, room) for text, room in zip(heads, rooms, strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.views:
            none = _(
                "Nobody has delta training to do. It comes by itself when a standard gets a "
                "new text."
            )
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        wanted = self.wanted.casefold()
        found = [
            one
            for one in sorted(self.views, key=lambda one: not one.is_open)
            if wanted in f"{one.staff_no} {one.name} {one.number}".casefold()
        ]
        return [Entry(_line(one, width), str(one.id)) for one in self.some(found)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        if one is None:
            return Content()
        head = safe_line(f"{one.name} {one.staff_no} · {one.number} {pick(one.item)}", "bold")
        return Content("\n").join([head, safe_text(delta_words.days(one))])

    def foot(self) -> Content:
        count = sum(one.is_open for one in self.views)
        text = _n("{count} person has not passed yet", "{count} people have not passed yet", count)
        return Content(text.format(count=count)) if self.views else Content()

    def open(self, name: str) -> None:
        self.app.push_screen(DeltaTrainingScreen(int(name)))

    @work
    async def action_record(self) -> None:
        """Record that the chosen person was trained."""
        if (one := self._named(self.chosen)) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                delta_passing.record_session,
                actor=self.actor,
                staff_no=one.staff_no,
                number=one.number,
                session_name=values["session"],
            )
            return ""

        asks = [Ask("session", N_("In which session"), check=required)]
        about = f"{one.name} {one.staff_no} · {one.number}"
        form = Form(N_("Record a session"), asks, send, about)
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _named(self, name: str) -> DeltaView | None:
        return next((one for one in self.views if str(one.id) == name), None)


def _widths(width: int) -> list[int]:
    return widths(width, [person_words.number_width(), 0, 0, 10, 16], [2, 3])


def _line(one: DeltaView, width: int) -> Content:
    rooms = _widths(width)
    texts = [one.staff_no, one.name, f"{one.number} {pick(one.item)}", one.due_on.isoformat()]
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state_sign(one), rooms[-1])])

"""On-site practice: the log of one newcomer, for themselves and for who guides them."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services import field_practice, field_practice_log, listing
from certify.services.field_practice import EntryView, LogView
from certify.tui import practice_log_words as words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.widgets.detail import Detail
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class FieldPracticeScreen(ListPage):
    """The log of one person, the earliest day first."""

    HELP = N_(
        "The log of on-site practice. The newcomer writes down each task on the day it was done: "
        "N adds one, E writes one anew while the guide has not remarked on it. The guide remarks "
        "on each task and names what to do better (R), and signs off when there is enough (S). "
        "What the guide remarked on stays as it is."
    )
    BINDINGS = [
        Binding("n", "new", N_("New task")),
        Binding("e", "change", N_("Change")),
        Binding("r", "remark", N_("Remark")),
        Binding("s", "sign_off", N_("Sign off")),
    ]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: whose log; None for that of the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.view: LogView | None = None

    def top(self) -> ComposeResult:
        yield Detail(id="summary")

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            field_practice.log, actor=self.actor, staff_no=self.staff_no
        )

    def heading(self) -> str:
        if self.view is None or self.view.is_own:
            return _("On-site practice")
        text = _("On-site practice of {name} {staff_no}")
        return text.format(name=self.view.name, staff_no=self.view.staff_no)

    def show(self) -> None:
        if self.view is not None:
            self.query_one("#summary", Detail).put(words.about(self.view))
        super().show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view, one = self.view, self._entry(self.chosen)
        if action in ("new", "change", "remark", "sign_off") and view is None:
            return False
        if view is not None and action == "new":
            return view.may_write
        if view is not None and action == "change":
            return view.may_write and one is not None and not one.is_remarked
        if view is not None and action == "remark":
            return view.may_remark and one is not None and not one.is_remarked
        if view is not None and action == "sign_off":
            return view.may_remark and not view.missing
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        return _row(_("Day"), _("Task"), Content(_("Guide")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        if not self.view.entries:
            none = _("Nothing is written yet. N writes down the first task.")
            if not self.view.may_write:
                none = _("Nothing is written yet.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(_row(str(one.day), one.task, words.entry_state(one), width), str(one.id))
            for one in self.some(self.view.entries)
        ]

    def detail(self, name: str) -> Content:
        one = self._entry(name)
        return words.entry(one) if one else Content()

    def foot(self) -> Content:
        count = len(self.view.entries) if self.view else 0
        return Content(_n("{count} task", "{count} tasks", count).format(count=count))

    def open(self, name: str) -> None:
        if self.check_action("remark", ()):
            self.action_remark()
        elif self.check_action("change", ()):
            self.action_change()

    @work
    async def action_new(self) -> None:
        """Write down a task."""
        today = await self.certify.use(listing.today)

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                field_practice_log.write_entry,
                actor=self.actor,
                day=day(values["day"]) or today,
                task=values["task"],
            )
            return ""

        asks = [
            Ask("day", N_("Day"), today.isoformat(), is_day),
            Ask("task", N_("What you did"), check=required),
        ]
        await self._ask(Form(N_("New task"), asks, send))

    @work
    async def action_change(self) -> None:
        """Write an entry anew."""
        if (one := self._entry(self.chosen)) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                field_practice_log.change_entry,
                actor=self.actor,
                entry=one.id,
                day=day(values["day"]) or one.day,
                task=values["task"],
            )
            return ""

        asks = [
            Ask("day", N_("Day"), one.day.isoformat(), is_day),
            Ask("task", N_("What you did"), one.task, required),
        ]
        await self._ask(Form(N_("Change the task"), asks, send))

    @work
    async def action_remark(self) -> None:
        """Say what you saw and what to do better."""
        if (one := self._entry(self.chosen)) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                field_practice_log.remark,
                actor=self.actor,
                entry=one.id,
                remark=values["remark"],
                improvement=values["improvement"],
            )
            return ""

        asks = [
            Ask("remark", N_("What you saw"), check=required),
            Ask("improvement", N_("What to do better"), check=required),
        ]
        await self._ask(Form(N_("Remark"), asks, send, f"{one.day} · {one.task}"))

    @work
    async def action_sign_off(self) -> None:
        """Say that the practice is complete."""
        if (view := self.view) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                field_practice_log.sign_off,
                actor=self.actor,
                staff_no=view.staff_no,
                note=values["note"],
            )
            return ""

        text = _("{name} {staff_no}: {entries} tasks on {days} working days. Then the log closes.")
        about = text.format(
            name=view.name,
            staff_no=view.staff_no,
            entries=view.done.entries,
            days=view.done.days,
        )
        asks = [Ask("note", N_("A last word"))]
        await self._ask(Form(N_("Sign off the on-site practice"), asks, send, about))

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _entry(self, name: str) -> EntryView | None:
        entries = self.view.entries if self.view else ()
        return next((one for one in entries if str(one.id) == name), None)


def _row(when: str, task: str, state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 8], [1])
    return row([fit(when, 10), fit(task, rooms[1]), fit_content(state, 8)])

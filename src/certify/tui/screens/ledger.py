"""The ledger: who did what, when, about whom, and whether all of it still holds."""

import asyncio
from collections.abc import Sequence
from datetime import date

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import ledger
from certify.services.audit import checkpoints, entries, words
from certify.services.audit.entries import EntryView, LedgerState, Wanted
from certify.services.ledger import LedgerCheck
from certify.tui import files
from certify.tui.bars import bar
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

BAR = 20
PAUSE = 0.3
"""Seconds after the last letter until the search is made."""


class LedgerScreen(ListPage):
    """Entries, the newest first; V verifies all of them and the records they tell of."""

    SEARCHES = True
    HELP = N_(
        "Everything that was done, the newest first: when, who, what, about whom. / searches in "
        "all of it, F shows one person, one action or the time since a day. Enter shows an entry "
        "in full. V computes the whole chain again and compares every record with it; that may "
        "take a while. C writes a signed checkpoint into the exports of the home: kept where "
        "nobody here may write, it shows later that nothing was cut off or forged."
    )
    BINDINGS = [
        Binding("f", "filter", N_("Filter")),
        Binding("v", "verify", N_("Verify")),
        Binding("c", "checkpoint", N_("Checkpoint")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: list[EntryView] = []
        self.state: LedgerState | None = None
        self.check: LedgerCheck | None = None
        self.narrowed = Wanted()
        self._at = (0, 0)

    def top(self) -> ComposeResult:
        yield Line(id="told")

    async def fetch(self) -> None:
        given = self.narrowed
        wanted = Wanted(self.wanted, given.staff_no, given.action, given.since)
        if wanted.text:
            await asyncio.sleep(PAUSE)  # a later letter has cancelled this by then
        self.found = await self.certify.use(entries.entries, actor=self.actor, wanted=wanted)
        self.state = await self.certify.use(entries.state, actor=self.actor)

    def heading(self) -> str:
        return _("Ledger")

    def show(self) -> None:
        self.query_one("#told", Line).put(Content(" ") + self._told())
        super().show()

    def _told(self) -> Content:
        if self.check is not None:
            sign, colour = ("✓", "$success") if self.check.holds else ("✗", "$error")
            return signed(sign, words.outcome(self.check), colour)
        state = self.state
        if state is None or state.checkpoint_at is None:
            return signed("!", _("There is no signed checkpoint yet: C writes one."), "$warning")
        days = (self.certify.platform.today() - self.local(state.checkpoint_at).date()).days
        text = _("Last checkpoint: entry {number}, {day} ({days} days ago); {more} entries since.")
        return safe_line(
            text.format(
                number=state.checkpoint,
                day=self.local(state.checkpoint_at).date().isoformat(),
                days=days,
                more=state.entries - state.checkpoint,
            )
        )

    def columns(self, width: int) -> Content:
        return _row([_("No."), _("Time"), _("Who"), _("What"), _("About")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.found:
            none = Content.styled(_("No entry is like that."), "$foreground 80%")
            return [Entry(line) for line in wrap(none, width)]
        return [Entry(self._line(one, width), str(one.sequence)) for one in self.found]

    def _line(self, one: EntryView, width: int) -> Content:
        time = f"{self.local(one.at):%m-%d %H:%M}"
        return _row([str(one.sequence), time, one.who, one.what, one.about], width)

    def detail(self, name: str) -> Content:
        one = self._named(name)
        if one is None:
            return Content()
        lines = [safe_line(f"{one.who}: {one.what}", "bold"), safe_text(one.about)]
        return Content("\n").join([*lines, *(safe_line(text) for text in _facts(one)[:4])])

    def foot(self) -> Content:
        narrowed = [self.narrowed.staff_no, self.narrowed.action]
        narrowed.append(self.narrowed.since.isoformat() if self.narrowed.since else "")
        if said := " · ".join(filter(None, narrowed)):
            return safe_line(_("Only: {filter}").format(filter=said))
        return Content(_("Enter: all of it")) if self.chosen else Content()

    def open(self, name: str) -> None:
        if one := self._named(name):
            time = f"{self.local(one.at):%Y-%m-%d %H:%M:%S}"
            head = _("Entry {number}").format(number=one.sequence)
            lines = [time, f"{one.who}: {one.what}", one.about, *_facts(one), f"SHA-256 {one.hash}"]
            self.app.push_screen(Done(head, lines))

    @work
    async def action_filter(self) -> None:
        """Ask for person, action and day."""

        async def send(values: dict[str, str]) -> str:
            since = _day(values["since"])
            self.narrowed = Wanted("", values["staff_no"].strip(), values["action"].strip(), since)
            await self.certify.use(entries.entries, actor=self.actor, wanted=self.narrowed)
            return ""

        old = self.narrowed
        asks = [
            Ask("staff_no", N_("Staff no."), old.staff_no),
            Ask("action", N_("Action"), old.action),
            Ask("since", N_("Since"), old.since.isoformat() if old.since else ""),
        ]
        about = N_("Leave empty what does not matter. An action is its code: list-exported.")
        if await self.app.push_screen_wait(Form(N_("Filter"), asks, send, about)) is not None:
            self.reload()

    @work(exclusive=True, group="verify")
    async def action_verify(self) -> None:
        """Verify everything, say how far it is, then what came of it."""
        self._at = (0, 1)
        told = self.set_interval(0.3, self._say_working)
        try:
            kept = await self.certify.use(checkpoints.kept)
            self.check = await self.certify.use(
                ledger.verify, actor=self.actor, checkpoints=kept, progress=self._reached
            )
        finally:
            told.stop()
        self.show()
        lines = [words.outcome(self.check)]
        for head, each in words.groups(self.check):
            lines += ["", f"{head}:", *each[:8], *(["…"] if len(each) > 8 else [])]
        if not self.check.holds:
            await self.app.push_screen_wait(NotWhole(_("Not as it should be"), lines[2:]))

    def _reached(self, done: int, total: int) -> None:
        self._at = done, total

    def _say_working(self) -> None:
        done, total = self._at
        text = _("… {done} of {total} rows").format(done=done, total=total)
        shown = f"{bar(done / total if total else 0, BAR)} {text}"
        self.query_one("#told", Line).put(Content(" ") + Content.styled(shown, "$accent"))

    @work
    async def action_checkpoint(self) -> None:
        """Write a checkpoint into the exports and say where it is."""
        app = self.certify
        if await files.cannot_take(app, "certify ledger checkpoint"):
            return
        name = f"ledger-{self.local(app.platform.clock.now()):%Y%m%d-%H%M%S}.json"
        async with files.place(app, "", app.platform.settings.home.exports / name, name) as path:
            made = await app.use(checkpoints.write, actor=self.actor, path=path)
        head = _("Checkpoint of entry {number}").format(number=made.sequence)
        lines = [files.shown(app, path), _("Take it to where nobody here may write.")]
        await self.app.push_screen_wait(Done(head, lines))
        self.reload()

    def _named(self, name: str) -> EntryView | None:
        return next((one for one in self.found if str(one.sequence) == name), None)


class NotWhole(Done):
    """Says what verifying found wrong."""

    def body(self) -> ComposeResult:
        yield Static(Content.styled(f"✗ {self.head}", "bold $error"))
        yield Static(safe_text("\n".join(self.lines)))


def _facts(one: EntryView) -> list[str]:
    return [f"{name}: {value}" for name, value in one.facts]


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadInput(
            _("“{text}” is no day.").format(text=text), mend=_("Write it as 2024-06-30.")
        ) from problem


def _row(texts: Sequence[str], width: int) -> Content:
    rooms = widths(width, [6, 11, 0, 0, 0], [3, 4, 4])
    return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])

"""The live list of everybody in a sitting, or of whoever sits an exam now."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input

from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import hall_board
from certify.services.hall_board import Board, Candidate
from certify.tui import hall_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.hall_need import Order, fitting, key, ordered
from certify.tui.list_page import WIDE, ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.detail import Detail
from certify.tui.widgets.line import Line
from certify.tui.widgets.live_rows import BLANK, LiveRows
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

FETCH_SECONDS = 5
ORDERS = {
    Order.NEED: N_("who needs somebody first"),
    Order.SEAT: N_("by seat"),
    Order.NAME: N_("by name"),
}
ROOMY = 96
"""From so many cells on a line says the connection in words and the seconds of the last save."""


class HallList(ListPage):
    """Looks at the hall every few seconds and paints the lines in view; a subclass acts."""

    SEARCHES = True
    AT_MOST = 2000
    BINDINGS = [
        Binding("space", "mark", N_("Tick"), show=False),
        Binding("o", "order", N_("Order"), show=False),
    ]

    def __init__(self, cohort_id: int | None = None) -> None:
        """Args:
        cohort_id: the sitting to begin with; None: whoever sits an exam now.
        """
        super().__init__()
        self.cohort_id = cohort_id
        self.board: Board | None = None
        self.found: dict[str, Candidate] = {}
        """Who is shown, in order, by the name of the line."""
        self.marked: set[str] = set()
        self.order = Order.NEED
        self.done = ""
        self._sizes: dict[str, int] = {}
        """Columns that are shown, with their cells."""

    def body(self) -> ComposeResult:
        yield Line(id="sitting")
        yield Line(id="counts")
        yield Line(id="more-counts")
        yield Line(id="chart")
        yield Input(id="search", compact=True)
        yield Line(id="columns")
        with Container(id="split", classes="-beside"):
            yield LiveRows(id="rows")
            yield Detail(id="detail")
        yield Line(id="foot")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(LiveRows).draw_by(self._line)
        self.set_interval(1, self._tick)
        self.set_interval(FETCH_SECONDS, self.renew)

    async def fetch(self) -> None:
        self.board = await self.certify.use(
            hall_board.board, actor=self.actor, cohort_id=self.cohort_id
        )
        self.marked &= {key(one) for one in self.board.candidates}

    @work(group="renew", exclusive=True)
    async def renew(self) -> None:
        """Look again, where the page is in sight."""
        if not self.is_current or not self.is_shown:
            return
        try:
            await self.fetch()
        except CertifyError:
            return  # the next look may go better; what is shown stays
        self.retell()

    def _tick(self) -> None:
        if self.is_current and self.is_shown:
            self.query_one(LiveRows).renew()

    def searched(self) -> None:
        if self.board is not None:
            self.show()

    def heading(self) -> str:
        name = _("Exams in progress")
        if self.board is None or self.cohort_id is None:
            return name
        return f"{name} · {self.board.title}"

    def show(self) -> None:
        if self.board is None:
            return
        now, every = self._now, self.board.candidates
        self.found = {
            key(one): one for one in ordered(fitting(every, self.wanted), self.order, now)
        }
        cells = max(1, self.app.size.width - 4)
        counts, more = hall_words.summary(every, now, cells)
        where = hall_words.where(self.board, self.local)
        for name, content in (
            ("sitting", safe_line(where, "$foreground 80%")),
            ("counts", counts),
            ("more-counts", more),
            ("chart", hall_words.chart(every, now, cells)),
        ):
            line = self.query_one(f"#{name}", Line)
            line.display = bool(content.plain)
            line.put(Content(" ") + content)
        self._sizes = self._share(self.room)
        super().show()

    def columns(self, width: int) -> Content:
        heads = {
            "mark": "",
            "seat": _("Seat"),
            "number": _("No."),
            "name": _("Name"),
            "exam": _("Exam"),
            "state": _("State"),
            "answered": _("Answered"),
            "saved": _("Saved"),
            "connection": _("Connection"),
            "away": _("Away"),
            "left": _("Time left"),
        }
        return row([fit(heads[name], size) for name, size in self._sizes.items()], gap=1)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.found:
            return [Entry(BLANK, name) for name in self.some(list(self.found))]
        said = _("Nobody is sitting an exam now.")
        if self.wanted:
            said = _("Nobody is called “{text}”.").format(text=self.wanted)
        elif self.cohort_id is not None:
            said = _(
                "Nobody is registered in this sitting yet: the page of its cohort adds people."
            )
        return [Entry(line) for line in wrap(safe_line(said), width)]

    def detail(self, name: str) -> Content:
        one = self.chosen_one
        if one is None:
            return Content()
        now = self._now
        state = hall_words.state(one, now)
        facts = hall_words.facts(one, now, self.local)
        head = safe_line(f"{hall_words.who(one)} · ", "bold") + state
        if self.app.size.width >= WIDE:
            lines = [safe_line(text) for text in ("", hall_words.title(one), *facts)]
            return Content("\n").join([head, *lines])
        said = " · ".join([*facts, hall_words.title(one)])
        return Content("\n").join([head, safe_line(said)])

    def foot(self) -> Content:
        if self.done:
            return safe_line(f"✓ {self.done}", "$success")
        count = len(self.found)
        said = [
            _n("{count} candidate", "{count} candidates", count).format(count=count),
            _("{order} (O)").format(order=_(ORDERS[self.order])),
        ]
        if marked := len(self.marked):
            said.append(_("{count} ticked (Space)").format(count=marked))
        return Content(" · ".join(said))

    @property
    def chosen_one(self) -> Candidate | None:
        """The candidate under ▸."""
        return self.found.get(self.chosen)

    def action_mark(self) -> None:
        """Tick the candidate under ▸, or take the tick away, and go to the next."""
        if chosen := self.chosen:
            self.marked ^= {chosen}
            self.query_one(LiveRows).action_cursor_down()
            self.done = ""
            self.show()

    @work(group="order", exclusive=True)
    async def action_order(self) -> None:
        """Sort in the next way."""
        every = list(Order)
        order = every[(every.index(self.order) + 1) % len(every)]
        if order is Order.NAME:  # how names are spelled is looked up beside the event loop
            await asyncio.to_thread(ordered, list(self.found.values()), order, self._now)
        self.order, self.done = order, ""
        self.show()

    @property
    def _now(self) -> datetime:
        return self.certify.platform.clock.now()

    def _columns(self, width: int) -> list[str]:
        """The columns that this sitting and this width need."""
        every = self.board.candidates if self.board else ()
        left_out = {
            "mark": not self.marked,
            "seat": not any(one.seat for one in every),
            "exam": len({one.exam for one in every}) < 2,
            "connection": width < ROOMY,
        }
        names = ["mark", "seat", "number", "name", "exam", "state", "answered", "saved"]
        return [name for name in [*names, "connection", "away", "left"] if not left_out.get(name)]

    def _share(self, width: int) -> dict[str, int]:
        every = self.board.candidates if self.board else ()
        number = max((safe_line(one.staff_no).cell_length for one in every), default=6)
        fixed = {
            "mark": 1,
            "seat": 6,
            "number": min(max(number, 3), 8),
            "state": 12,
            "answered": 11,
            "saved": 10 if width >= ROOMY else 7,
            "connection": 11,
            "away": 4,
            "left": 11,
        }
        names = self._columns(width)
        sizes = [fixed.get(name, 0) for name in names]
        shared = widths(width, sizes, [2, 3][: sizes.count(0)], gap=1)
        return dict(zip(names, shared, strict=True))

    def _line(self, name: str) -> Content:
        """A line as it is now."""
        one = self.found.get(name)
        if one is None:
            return BLANK
        now, width = self._now, self.room
        cells = {
            "mark": Content.styled("●" if name in self.marked else " ", "$accent"),
            "seat": safe_line(one.seat),
            "number": safe_line(one.staff_no),
            "name": safe_line(one.name),
            "exam": safe_line(pick(one.title)),
            "state": hall_words.state(one, now),
            "answered": hall_words.answered(one, 4),
            "saved": hall_words.saved(one, self.local, "%H:%M:%S" if width >= ROOMY else "%H:%M"),
            "connection": hall_words.connection(one),
            "away": Content(str(one.focus_lost or "")).pad_left(2),
            "left": hall_words.left(one, now, 4),
        }
        return row([fit_content(cells[one], size) for one, size in self._sizes.items()], gap=1)

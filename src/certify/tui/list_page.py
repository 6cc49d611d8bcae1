"""The base of screens that are lists: rows, what the chosen one says in full, and a search."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input

from certify.i18n import N_, _, _n
from certify.tui.page import Page
from certify.tui.widgets.detail import Detail
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry, Rows

FoundT = TypeVar("FoundT")

WIDE = 110
"""From this width on a list shows its detail beside it (the class `-wide` of a screen)."""
MOST = 500
"""Lines shown at once: writing a thousand stops everyone on the same server for 0.1 s."""
BESIDE = 40
"""Cells of the detail beside a list."""


class ListPage(Page):
    """A subclass gives `entries` and, as it needs them, `columns`, `detail`, `foot` and `open`."""

    SEARCHES: ClassVar[bool] = False
    """Whether `/` opens a search."""
    IS_BESIDE: ClassVar[bool] = True
    """Whether a wide terminal shows the detail beside the list; else the columns get wider."""
    AT_MOST: ClassVar[int] = MOST
    """Lines shown at once; fewer where each letter of a search writes them anew."""
    BINDINGS = [Binding("slash", "search", N_("Search"))]

    _left_out = 0

    def body(self) -> ComposeResult:
        yield from self.top()
        if self.SEARCHES:
            yield Input(id="search", compact=True)
        yield Line(id="columns")
        with Container(id="split", classes="-beside" if self.IS_BESIDE else None):
            yield Rows(id="rows")
            yield Detail(id="detail")
        yield Line(id="foot")

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        if self.SEARCHES:
            self.query_one("#search", Input).cursor_blink = False

    def top(self) -> ComposeResult:
        """Widgets above the list."""
        yield from ()

    def entries(self, width: int) -> Sequence[Entry]:
        """The lines of the list for a width in cells."""
        raise NotImplementedError

    def columns(self, width: int) -> Content:
        """What stands above the columns."""
        return Content()

    def detail(self, name: str) -> Content:
        """What the chosen line says in full."""
        return Content()

    def foot(self) -> Content:
        """What stands below the list."""
        return Content()

    def open(self, name: str) -> None:
        """Enter on a line."""

    def some(self, found: Sequence[FoundT]) -> Sequence[FoundT]:
        """As many as are shown at once; the list says how many it leaves out."""
        self._left_out = max(0, len(found) - self.AT_MOST)
        return found[: self.AT_MOST]

    def searched(self) -> None:
        """The search changed: fetch again, or only `show`."""
        self.reload()

    @property
    def wanted(self) -> str:
        """What is being searched for."""
        return self.query_one("#search", Input).value if self.SEARCHES else ""

    @property
    def chosen(self) -> str:
        """The name of the line under ▸; empty when there is none."""
        return self.query_one(Rows).chosen if self.is_mounted else ""

    @property
    def room(self) -> int:
        """Cells of one line of the list."""
        width = self.app.size.width
        beside = BESIDE if self.IS_BESIDE and width >= WIDE else 0
        return width - beside - Rows.MARGIN

    def show(self) -> None:
        width = self.room
        columns = self.columns(width)
        self.query_one("#columns", Line).put(Content(" ") + columns)
        self._left_out = 0
        entries = list(self.entries(width))
        if self._left_out:
            more = _n(
                "… and {count} more: / searches", "… and {count} more: / searches", self._left_out
            )
            entries.append(Entry(Content(more.format(count=self._left_out))))
        self.query_one(Rows).put(entries)
        if self.SEARCHES:
            self.query_one("#search", Input).placeholder = _("Search")
        self.show_detail()

    def on_resize(self) -> None:
        if self.is_shown:
            self.show()

    @on(Rows.OptionHighlighted)
    def show_detail(self) -> None:
        """Say in full what the chosen line says."""
        chosen, detail = self.chosen, self.query_one("#detail", Detail)
        detail.put(self.detail(chosen) if chosen else Content())
        detail.set_class(not chosen, "-none")
        foot = self.foot()
        self.query_one("#foot", Line).put(Content(" ") + foot)
        self.query_one("#foot", Line).set_class(not foot.plain, "-none")
        self.refresh_bindings()

    @on(Rows.OptionSelected)
    def open_chosen(self, message: Rows.OptionSelected) -> None:
        """Enter, or a click, on a line."""
        if message.option_id:
            self.open(message.option_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.SEARCHES if action == "search" else True

    def action_search(self) -> None:
        """Open the search."""
        self.add_class("-searching")
        self.query_one("#search", Input).focus()

    @on(Input.Changed, "#search")
    def search_on(self) -> None:
        """Every letter narrows the list."""
        self.searched()

    @on(Input.Submitted, "#search")
    def to_rows(self) -> None:
        """Enter in the search goes to what was found."""
        self.query_one(Rows).focus()

    def action_back(self) -> None:
        if self.has_class("-searching"):
            self.remove_class("-searching")
            self.query_one("#search", Input).value = ""
            self.query_one(Rows).focus()
        else:
            super().action_back()

"""A page of text to read: drawn line by line, wrapped anew when the width changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from certify.i18n import N_


@dataclass(frozen=True)
class PaperLine:
    """One line and the block of the text it belongs to, counted from 0."""

    content: Content
    block: int = 0


Writer = Callable[[int], Sequence[PaperLine]]
"""Gives the lines of a page for a width in cells."""


class Paper(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows what a `Writer` gives; keeps the block at the top when width or language change."""

    DEFAULT_CSS = """
    Paper {
        padding: 0 2;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """
    BINDINGS = [
        Binding("up,k", "scroll_up", N_("Up"), show=False),
        Binding("down,j", "scroll_down", N_("Down"), show=False),
        Binding("pagedown,space", "page_down", N_("Page down"), show=False),
        Binding("pageup,b", "page_up", N_("Page up"), show=False),
        Binding("home", "scroll_home", N_("Top"), show=False),
        Binding("end", "scroll_end", N_("End"), show=False),
    ]

    @dataclass
    class Moved(Message):
        """The person scrolled; `block` is the one at the top now."""

        block: int
        at_end: bool

    def __init__(self, writer: Writer | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._writer: Writer = writer or (lambda _width: ())
        self._lines: Sequence[PaperLine] = ()
        self._width = 0
        self._wanted: int | None = None

    def write(self, writer: Writer, *, block: int | None = None) -> None:
        """Show another page, or the same in other words; stays at the block shown now.

        Args:
            block: block to go to instead.
        """
        self._wanted = self.block if block is None else block
        self._writer = writer
        self._width = 0
        if self.size.width:
            self._lay_out()

    @property
    def block(self) -> int:
        """The block of the line at the top."""
        if self._wanted is not None:
            return self._wanted
        top = int(self.scroll_offset.y)
        return self._lines[top].block if top < len(self._lines) else 0

    @property
    def blocks_in_sight(self) -> list[int]:
        """The blocks of which a line is in sight, in order."""
        top = int(self.scroll_offset.y)
        lines = self._lines[top : top + self.size.height]
        return list(dict.fromkeys(line.block for line in lines if line.content.plain))

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    def go_to(self, block: int) -> None:
        """Put a block at the top."""
        line = next((n for n, one in enumerate(self._lines) if one.block >= block), 0)
        self.scroll_to(y=line, animate=False)

    def on_resize(self) -> None:
        if self._wanted is None:
            self._wanted = self.block
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width and width != self._width:
            self._width = width
            self._lines = self._writer(width - 1)  # one cell stays free beside the scroll bar
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.call_after_refresh(self.go_to, wanted)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if int(old_value) != int(new_value) and self.is_mounted:
            self.post_message(self.Moved(self.block, self.at_end))

    def action_scroll_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_scroll_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)

    def action_scroll_home(self) -> None:
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        self.scroll_end(animate=False)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + int(self.scroll_offset.y)
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        segments = self._lines[number].content.render_segments(self.visual_style)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

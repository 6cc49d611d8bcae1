"""A list to choose from, in columns that align whatever the language."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual._widget_navigation import Direction
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from certify.i18n import N_

POINTER = "▸"


@dataclass(frozen=True)
class Entry:
    """One line: what it shows and the name it is chosen by; without a name it is a heading."""

    content: Content
    name: str = ""


class Rows(OptionList, inherit_bindings=False):
    """Lines to choose from, ▸ before the chosen one; `put` keeps it when lines are rewritten."""

    DEFAULT_CSS = """
    Rows {
        border: none;
        padding: 0 1 0 0;
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    Rows:focus { border: none; background-tint: transparent; }
    Rows > .option-list--option { padding: 0 1 0 2; }
    Rows > .option-list--option-disabled { color: $foreground; }
    Rows > .option-list--option-hover { background: $surface; }
    Rows > .option-list--option-highlighted { background: $surface; color: $foreground; }
    Rows:focus > .option-list--option-highlighted {
        background: $panel;
        color: $foreground;
        text-style: bold;
    }
    """
    BINDINGS = [
        Binding("enter", "select", N_("Open"), show=False),
        Binding("up,k", "cursor_up", N_("Up"), show=False),
        Binding("down,j", "cursor_down", N_("Down"), show=False),
        Binding("pageup", "page_up", N_("Page up"), show=False),
        Binding("pagedown", "page_down", N_("Page down"), show=False),
        Binding("home", "first", N_("Top"), show=False),
        Binding("end", "last", N_("End"), show=False),
    ]
    MARGIN = 5
    """Cells beside the text of a line: padding, the pointer and the scroll bar."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Show other lines; the highlighted one stays when its name is still there."""
        names = [entry.name for entry in entries]
        if names == [option.id or "" for option in self.options]:
            for number, entry in enumerate(entries):
                self.get_option_at_index(number)._set_prompt(entry.content)
            self._clear_caches()
            self._update_lines()
            return
        chosen = self.chosen
        self.clear_options()
        self.add_options(
            Option(entry.content, id=entry.name or None, disabled=not entry.name)
            for entry in entries
        )
        if chosen and chosen in names:
            self.highlighted = names.index(chosen)
        else:
            self.highlighted = next((n for n, name in enumerate(names) if name), None)

    def _move_page(self, direction: Direction) -> None:
        if self._lines:  # there are none before there is room for any: Textual would fall
            super()._move_page(direction)

    @property
    def chosen(self) -> str:
        """The name of the highlighted line; empty when there is none."""
        if self.highlighted is None or self.highlighted >= self.option_count:
            return ""
        return self.get_option_at_index(self.highlighted).id or ""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        line = y + int(self.scroll_offset.y)
        if self.highlighted is None or self._index_to_line.get(self.highlighted) != line:
            return strip
        style = next((segment.style for segment in strip), None)
        return Strip.join([Strip([Segment(POINTER, style)], 1), strip.crop(1)])

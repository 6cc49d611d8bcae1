"""A list that renews itself: only the lines in view are written, however long it is."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widgets.option_list import Option

from certify.tui.widgets.rows import Entry, Rows

BLANK = Content(" ")
"""What a line holds until it comes into view."""


class LiveRows(Rows):
    """Rows whose lines are drawn as they are painted, by the function given to `draw_by`."""

    _draw: Callable[[str], Content] | None = None

    def draw_by(self, draw: Callable[[str], Content]) -> None:
        """Give what draws a line by its name; lines without a name show what they hold."""
        self._draw = draw

    def put(self, entries: Sequence[Entry]) -> None:
        names = [option.id or "" for option in self.options]
        if names and all(names) and names == [entry.name for entry in entries]:
            self.renew()
        else:
            super().put(entries)

    def renew(self) -> None:
        """Draw the lines in view again."""
        self._option_render_cache.clear()
        self.refresh()

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        if self._draw is not None and option.id:
            option._set_prompt(self._draw(option.id))
        return super()._get_option_render(option, style)

"""All items of a form at a glance: where I am, what is answered, flagged, not saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from certify.tui.painting import Drawn, Part, drawn

CELL = 5
"""Sign, two digits, flag, and a space."""
MOST_OF_TWO_DIGITS = 99


@dataclass(frozen=True)
class ItemState:
    """What the navigator shows of one item."""

    is_answered: bool = False
    is_flagged: bool = False
    is_unsaved: bool = False

    @property
    def sign(self) -> str:
        """One character that says it without colour."""
        if self.is_unsaved:
            return "!"
        return "✓" if self.is_answered else "○"


class Navigator(Drawn):
    """Draws the states of all items in as many lines as the width needs."""

    DEFAULT_CSS = """
    Navigator { height: auto; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.states: Sequence[ItemState] = ()
        self.current = 0

    def put(self, states: Sequence[ItemState], current: int) -> None:
        """Show other states; only the cells that changed are drawn."""
        before, was = self.states, self.current
        self.states, self.current = states, current
        if len(states) != len(before):
            self.refresh(layout=True)
            return
        changed = [
            number
            for number, state in enumerate(states)
            if state != before[number] or (number == current) != (number == was)
        ]
        self.paint([self._part(number) for number in changed])

    def _part(self, number: int) -> Part:
        line, column = divmod(number, self._per_line())
        if len(self.states) > MOST_OF_TWO_DIGITS:  # wider cells push those after them aside
            return 0, line, self.render_line(line)
        cell = _cell(number, self.states[number], number == self.current)
        return column * CELL, line, drawn(cell, self.visual_style, CELL - 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        per_line = max(1, width // CELL)
        return max(1, -(-len(self.states) // per_line))

    def _per_line(self) -> int:
        return max(1, self.content_size.width // CELL)

    def _line(self, y: int) -> Content:
        first = y * self._per_line()
        states = self.states[first : first + self._per_line()]
        return Content(" ").join(
            _cell(number, state, number == self.current)
            for number, state in enumerate(states, start=first)
        )

    def render(self) -> Content:
        lines = -(-len(self.states) // self._per_line())
        return Content("\n").join(self._line(y) for y in range(lines))

    def render_line(self, y: int) -> Strip:
        style = self.visual_style
        strip = Strip(self._line(y).render_segments(style))
        return strip.adjust_cell_length(self.content_size.width, style.rich_style)


@lru_cache(maxsize=4096)
def _cell(number: int, state: ItemState, is_current: bool) -> Content:
    sign = "▶" if is_current and not state.is_unsaved else state.sign
    text = f"{sign}{number + 1:<2}{'⚑' if state.is_flagged else ' '}"
    if is_current:
        return Content.styled(text, "reverse bold")
    if state.is_unsaved:
        return Content.styled(text, "bold $error")
    if state.is_flagged:
        return Content.styled(text, "$accent")
    return Content.styled(text, "$success" if state.is_answered else "$foreground 70%")

"""All items of a form at a glance: where I am, what is answered, flagged, not saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

CELL = 5
"""Sign, two digits, flag, and a space."""


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


class Navigator(Widget):
    """Draws the states of all items in as many lines as the width needs."""

    DEFAULT_CSS = """
    Navigator { height: auto; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.states: Sequence[ItemState] = ()
        self.current = 0

    def put(self, states: Sequence[ItemState], current: int) -> None:
        """Show other states."""
        if len(states) != len(self.states):
            self.refresh(layout=True)
        self.states, self.current = states, current
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        per_line = max(1, width // CELL)
        return max(1, -(-len(self.states) // per_line))

    def render(self) -> Content:
        per_line = max(1, self.content_size.width // CELL)
        cells = [self._cell(number, state) for number, state in enumerate(self.states)]
        lines = [
            Content(" ").join(cells[start : start + per_line])
            for start in range(0, len(cells), per_line)
        ]
        return Content("\n").join(lines)

    def _cell(self, number: int, state: ItemState) -> Content:
        is_current = number == self.current
        sign = "▶" if is_current and not state.is_unsaved else state.sign
        text = f"{sign}{number + 1:<2}{'⚑' if state.is_flagged else ' '}"
        if is_current:
            return Content.styled(text, "reverse bold")
        if state.is_unsaved:
            return Content.styled(text, "bold $error")
        if state.is_flagged:
            return Content.styled(text, "$accent")
        return Content.styled(text, "$success" if state.is_answered else "$foreground 70%")

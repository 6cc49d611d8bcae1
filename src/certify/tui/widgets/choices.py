"""One of a few values, chosen with ← and →, on one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from certify.i18n import N_, _, pick
from certify.tui.columns import fit_content
from certify.tui.safe_text import safe_line


@dataclass(frozen=True)
class Choice:
    """One value and its words: English source text, or a name by language."""

    value: str
    words: str | Mapping[str, str]

    @property
    def said(self) -> str:
        """The words in the language being spoken."""
        return _(self.words) if isinstance(self.words, str) else pick(self.words)


class Choices(Widget, can_focus=True):
    """Shows all values when they fit, else the chosen one between arrows."""

    DEFAULT_CSS = """
    Choices { height: 1; background: $panel; padding: 0 1; }
    Choices:focus { background: $primary 30%; }
    """
    BINDINGS = [
        Binding("left", "step(-1)", N_("Choose"), key_display="← →"),
        Binding("right,space", "step(1)", N_("Choose"), show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choices: "Choices"
        value: str

    def __init__(self, choices: Sequence[Choice], value: str = "") -> None:
        super().__init__()
        self.choices = choices
        values = [choice.value for choice in choices]
        self._place = values.index(value) if value in values else 0

    @property
    def value(self) -> str:
        """The value chosen now."""
        return self.choices[self._place].value if self.choices else ""

    def action_step(self, step: int) -> None:
        """Choose the next or the previous value."""
        if self.choices:
            self._place = (self._place + step) % len(self.choices)
            self.refresh()
            self.post_message(self.Changed(self, self.value))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_step(1)

    def render(self) -> Content:
        width = self.content_size.width
        parts = []
        for place, choice in enumerate(self.choices):
            is_chosen = place == self._place
            words = safe_line(("(●) " if is_chosen else "( ) ") + choice.said)
            parts.append(words.stylize("bold $accent") if is_chosen else words)
        line = Content("  ").join(parts)
        if line.cell_length <= width or not self.choices:
            return fit_content(line, width)
        chosen = safe_line("‹ " + self.choices[self._place].said + " ›", "bold $accent")
        count = Content.styled(f"  {self._place + 1}/{len(self.choices)}", "$foreground 70%")
        return fit_content(chosen, max(1, width - count.cell_length)) + count

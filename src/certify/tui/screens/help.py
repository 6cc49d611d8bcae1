"""What one can do on the screen one came from, and every key that works there."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, TextArea

from certify.i18n import N_, _
from certify.tui.columns import fit
from certify.tui.page import Page
from certify.tui.widgets.key_line import key_name
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

GENERAL = N_(
    "certify works with the keyboard alone: the last line names the most useful keys, this page "
    "names all. Everything you do is saved at once."
)

UNSAID = {"app.focus_next", "app.focus_previous", "screen.copy_text"}
"""What every terminal program does and Textual names in English only."""
TYPING = {one.action for one in TextArea.BINDINGS if isinstance(one, Binding)}
"""The same in a field of several lines."""


class HelpScreen(Page):
    """Help for one screen."""

    BINDINGS = [Binding("f1,question_mark", "back", N_("Back"), show=False)]

    def __init__(self, about: Screen[Any]) -> None:
        """Args:
        about: the screen to explain, still in front.
        """
        super().__init__()
        self.about = about
        self.keys = keys_of(about)

    def body(self) -> ComposeResult:
        yield Paper()

    def heading(self) -> str:
        heading = getattr(self.about, "heading", lambda: "")()
        return _("Help") + (f" · {heading}" if heading else "")

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        width = min(width, 88)
        lines: list[Content] = [Content()]
        for text in filter(None, (getattr(self.about, "HELP", ""), GENERAL)):
            lines += [*wrap(Content(_(text)), width), Content()]
        lines.append(Content.styled(_("Keys"), "bold $primary"))
        room = max([cell_len(keys) for keys, _about in self.keys], default=0)
        for keys, about in self.keys:
            first, *rest = wrap(Content(_(about)), width - room - 4) or [Content()]
            lines.append(Content("  ") + fit(keys, room, "bold $accent") + "  " + first)
            lines += [Content(" " * (room + 4)) + line for line in rest]
        return [PaperLine(line) for line in lines]


def keys_of(screen: Screen[Any]) -> list[tuple[str, str]]:
    """Every key that works on a screen with what it does; the screen's own before the general."""
    own: dict[str, tuple[list[str], str]] = {}
    general: dict[str, tuple[list[str], str]] = {}
    for node, binding, enabled, _tooltip in screen.active_bindings.values():
        if not enabled or binding.action in UNSAID or isinstance(node, Input):
            continue
        if isinstance(node, TextArea) and binding.action in TYPING:
            continue
        if not binding.description or binding.system:
            continue
        group = general if isinstance(node, App) else own
        keys, _about = group.setdefault(binding.action, ([], binding.description))
        name = binding.key_display or key_name(binding.key)
        if name not in keys:
            keys.append(name)
    return [(" ".join(keys), about) for keys, about in (*own.values(), *general.values())]

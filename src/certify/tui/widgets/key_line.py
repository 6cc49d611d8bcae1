"""The keys that work now, in the person's language, on the last line of every screen."""

from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from certify.i18n import _
from certify.tui.columns import fit_content

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "slash": "/",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
}


class KeyLine(Widget):
    """Shows every active binding that has `show=True` and a description; widgets' own first.

    Where they do not all fit, the general ones (language, commands) give way, never help.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._update)

    def _update(self, _screen: object) -> None:
        if (line := self._line()).markup != self._shown:  # bindings are looked at far more often
            self._shown = line.markup
            self.refresh()

    def render(self) -> Content:
        line = self._line()
        self._shown = line.markup
        return line

    def _line(self) -> Content:
        own: list[Content] = []
        general: list[Content] = []
        seen = set()
        for node, binding, enabled, _tooltip in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in seen and binding.description:
                seen.add(binding.action)
                (general if isinstance(node, App) else own).append(_label(binding))
        width = self.content_size.width
        for gap, labels in (
            (3, own + general),
            (2, own + general),
            (2, own + general[:2]),
            (2, own + general[:1]),
            (1, own + general[:1]),
        ):
            line = Content(" " * gap).join(labels)
            if line.cell_length <= width:
                return fit_content(line, width)
        help_key = Content("").join(general[:1])
        room = max(0, width - help_key.cell_length - 1)
        return fit_content(Content(" ").join(own), room) + " " + help_key


def _label(binding: Binding) -> Content:
    key = binding.key_display or key_name(binding.key)
    return Content.assemble((key, "bold $accent"), " ", _(binding.description))


def key_name(key: str) -> str:
    """A key as it is printed on a keyboard: `ctrl+p` → `Ctrl+P`."""
    parts = key.split("+")
    return "+".join(
        NAMES.get(part, part.upper() if len(part) < 3 else part.title()) for part in parts
    )

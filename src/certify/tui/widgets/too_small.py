"""Covers a screen while the terminal is too small for it; what lies below keeps its state."""

from typing import TypeVar

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from certify.i18n import LANGUAGES, _, speaking

Result = TypeVar("Result")
LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""Below this nothing can be shown sensibly (the screens are drawn for 80×24)."""
LEAST_DRAWN = (20, 8)
"""Columns and lines: in fewer Textual cannot lay out a list, so pages are drawn as for so many."""


class TooSmall(Widget):
    """Says, in every language, how large the terminal must be; `app.tcss` shows it when needed."""

    DEFAULT_CSS = """
    TooSmall {
        layer: over;
        width: 100%;
        height: 100%;
        background: $background;
        content-align: center middle;
        text-align: center;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.also = ""

    def say(self, also: str) -> None:
        """Say something else, too: that the time of an exam goes on."""
        if also != self.also:
            self.also = also
            if self.display:
                self.refresh()

    def on_resize(self) -> None:
        self.refresh()

    def render(self) -> Content:
        lines = []
        for language in LANGUAGES:
            with speaking(language):
                lines.append(
                    _(
                        "Please enlarge the window: it has {width}×{height} cells, "
                        "80×24 are needed. Nothing is lost."
                    ).format(width=self.app.size.width, height=self.app.size.height)
                )
        lines.append(self.also)
        return Content("\n\n").join(Content(line) for line in dict.fromkeys(lines) if line)


class Roomy(Screen[Result]):
    """A screen that fits the terminal, and says so when that is too small for it."""

    too_small: TooSmall | None = None
    """Made when there is first too little room: few people ever see it."""

    def fit(self) -> None:
        """Have the classes for this size before there are widgets that would be matched again."""
        app, (width, height) = self.app, self.app.size
        across = self._get_breakpoint_classes(width, app.HORIZONTAL_BREAKPOINTS or [])
        down = self._get_breakpoint_classes(height, app.VERTICAL_BREAKPOINTS or [])
        self.add_class(*across, *down)

    def on_resize(self) -> None:
        width, height = self.app.size
        if width >= LEAST_WIDTH and height >= LEAST_HEIGHT:
            return
        if self.too_small is None and self.is_attached:  # an app that ends mounts nothing
            self.too_small = TooSmall()
            self.mount(self.too_small)

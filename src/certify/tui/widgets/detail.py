"""What the chosen line of a list says in full: beside the list when there is room, else below."""

from textual.content import Content
from textual.widget import Widget

from certify.tui.columns import fit_content
from certify.tui.wrap import wrap


class Detail(Widget):
    """Shows content wrapped to its own size; what does not fit ends with …"""

    DEFAULT_CSS = """
    Detail { height: 2; padding: 0 2; color: $foreground 80%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._content = Content()

    def put(self, content: Content) -> None:
        """Show something else."""
        self._content = content
        self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        lines = wrap(self._content, width)
        if len(lines) > height > 0:
            lines[height - 1 :] = [fit_content(lines[height - 1] + " …", width)]
            if lines[-1].plain.rstrip()[-1:] != "…":
                lines[-1] = fit_content(lines[-1][:-2] + "……", width)
        return Content("\n").join(lines)

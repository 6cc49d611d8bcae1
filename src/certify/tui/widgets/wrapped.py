"""Text that is as high as it needs to be."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from certify.tui.wrap import wrap


class Wrapped(Widget):
    """Text broken where the writing system allows it, in as many lines as it takes."""

    DEFAULT_CSS = "Wrapped { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._content = Content()

    def put(self, content: Content) -> None:
        """Show something else."""
        self._content = content
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrap(self._content, width))

    def render(self) -> Content:
        return Content("\n").join(wrap(self._content, self.content_size.width))

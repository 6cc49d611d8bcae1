"""One line of text with a left, a middle and a right part; never causes a new layout."""

from textual.content import Content
from textual.widget import Widget

from certify.tui.columns import fit_content


class Line(Widget):
    """A one-line bar; set the parts with `put`."""

    DEFAULT_CSS = """
    Line { height: 1; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.parts: tuple[Content, Content, Content] = (Content(), Content(), Content())

    def put(
        self,
        left: Content | None = None,
        middle: Content | None = None,
        right: Content | None = None,
    ) -> None:
        """Show other parts; None leaves one as it is."""
        given = (left, middle, right)
        parts = [
            new if new is not None else old for new, old in zip(given, self.parts, strict=True)
        ]
        changed = (parts[0], parts[1], parts[2])
        if any(new is not old for new, old in zip(changed, self.parts, strict=True)):
            self.parts = changed
            self.refresh()

    def render(self) -> Content:
        left, middle, right = self.parts
        width = self.content_size.width
        right_width = min(right.cell_length, width)
        room = width - right_width - (1 if right_width else 0)
        start = (width - middle.cell_length) // 2
        if middle and left.cell_length < start and start + middle.cell_length <= room:
            left = fit_content(left, start) + middle
        elif middle:
            left = left + "  " + middle
        gap = " " if right_width else ""
        return fit_content(left, max(0, room)) + gap + fit_content(right, right_width)

"""One line of text with a left, a middle and a right part; never causes a new layout."""

from textual.content import Content
from textual.strip import Strip

from certify.tui.columns import fit_content
from certify.tui.painting import Drawn


class Line(Drawn):
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
            before, self.parts = self.parts, changed
            self._show(before)

    def _show(self, before: tuple[Content, Content, Content]) -> None:
        width, (left, middle, right) = self.content_size.width, self.parts
        as_wide = right.cell_length == before[2].cell_length <= width
        if left is before[0] and middle is before[1] and as_wide:  # a clock that went on
            start = width - right.cell_length
            self.paint([(start, 0, Strip(right.render_segments(self.visual_style)))])
        else:
            self.paint([(0, 0, self.render_line(0))])

    def render_line(self, y: int) -> Strip:
        width, style = self.content_size.width, self.visual_style
        if y:
            return Strip.blank(width, style.rich_style)
        strip = Strip(self.render().render_segments(style))
        return strip.adjust_cell_length(width, style.rich_style)

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

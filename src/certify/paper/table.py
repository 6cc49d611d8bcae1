"""Lists on paper: a table over as many pages as it needs, each saying whose and of when it is."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from certify.domain.exchange import Sheet
from certify.i18n import _, language
from certify.paper.breaking import lines
from certify.paper.columns import MARGIN, PAD, Plan, planned
from certify.paper.font import printable, save, use, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SAMPLE = 300
"""Rows by which the columns are sized; the rest is drawn as it comes."""
WATERMARK = ("number", "author", "time", "purpose")
"""Facts of the header that stand on every page."""
LEADING = 1.35
"""From line to line, in sizes of the letters."""
TITLE, FACTS, FOOT = 15.0, 8.5, 7.0
"""Sizes of the letters, in points."""
FOOT_HEIGHT = 26.0
INK, FADED, RULE, BAND = (0.1, 0.12, 0.15), (0.38, 0.4, 0.44), (0.8, 0.82, 0.84), (0.93, 0.94, 0.95)
TOTAL = "total"
"""Name of the drawing that holds the number of pages, known when all are drawn."""

Lines = tuple[str, ...]


def write_table(sheet: Sheet, out: BinaryIO) -> None:
    """Write a list as PDF; the same list gives the same bytes.

    Rows are drawn as they come; what is kept of a page is its compressed drawing.
    """
    from reportlab.pdfgen.canvas import Canvas

    rows = iter(sheet.rows)
    headings = tuple(printable(column.heading) for column in sheet.columns)
    first = [tuple(map(printable, row)) for row in islice(rows, SAMPLE)]
    plan = planned([headings, *first])
    canvas = Canvas(out, plan.page, pageCompression=1, invariant=1, lang=language())
    canvas.setTitle(printable(sheet.title))
    canvas.setCreator("certify")
    pages = _Pages(canvas, sheet, plan, headings)
    for row in chain(first, (tuple(map(printable, row)) for row in rows)):
        pages.put(row)
    pages.finish()
    save(canvas)


class _Pages:
    """The pages of one list as they fill."""

    def __init__(self, canvas: "Canvas", sheet: Sheet, plan: Plan, headings: Sequence[str]) -> None:
        self.canvas = canvas
        self.plan = plan
        self.headings = self._broken(headings)
        self.number = 0
        said = {key: f"{label} {value}" for key, label, value in sheet.header if value}
        self.watermark = printable("  ·  ".join(said[key] for key in WATERMARK if key in said))
        self.top = plan.page[1] - MARGIN
        self._begin()
        self._head(printable(sheet.title), sheet.header)
        self._columns()

    def put(self, row: Sequence[str]) -> None:
        """Draw a row; one that no page can hold goes on on the next."""
        cells = self._broken(row)
        begun = 0
        while True:
            left = max(map(len, cells), default=1) - begun
            fits = int((self.top - self._bottom - 2 * PAD) / self._line)
            if left <= fits or (fits > 0 and left > self._most):
                count = min(left, fits)
                self._row([cell[begun : begun + count] for cell in cells], count)
                begun += count
                if count == left:
                    return
            self._end()
            self._begin()
            self._columns()

    def finish(self) -> None:
        """End the last page and say on all of them how many there are."""
        self._end()
        self.canvas.beginForm(TOTAL, 0, -10, 200, 20)
        use(self.canvas, FOOT)
        self.canvas.setFillColorRGB(*FADED)
        _said, _place, rest = _("Page {page} of {pages}").partition("{pages}")
        self.canvas.drawString(0, 0, f"{self.number}{rest}")
        self.canvas.endForm()

    @property
    def _line(self) -> float:
        return self.plan.size * LEADING

    @property
    def _bottom(self) -> float:
        return MARGIN + FOOT_HEIGHT

    @property
    def _most(self) -> int:
        """Lines of a row that a page without a head holds."""
        heading = max(map(len, self.headings), default=1) * self._line + 2 * PAD
        room = self.plan.page[1] - MARGIN - self._bottom - heading
        return int((room - 2 * PAD) / self._line)

    def _broken(self, row: Sequence[str]) -> list[Lines]:
        rooms = (one - 2 * PAD for one in self.plan.widths)
        return [lines(cell, room, self.plan.size) for cell, room in zip(row, rooms, strict=True)]

    def _begin(self) -> None:
        self.number += 1
        self.top = self.plan.page[1] - MARGIN

    def _head(self, title: str, header: Iterable[tuple[str, str, str]]) -> None:
        room = self.plan.page[0] - 2 * MARGIN
        self._paragraph(title, TITLE, room, INK)
        self.top -= PAD
        for _key, label, value in header:
            self._paragraph(printable(f"{label}  {value}"), FACTS, room, FADED)
        self.top -= 2 * PAD

    def _paragraph(self, text: str, size: float, room: float, ink: Sequence[float]) -> None:
        use(self.canvas, size)
        self.canvas.setFillColorRGB(*ink)
        for line in lines(text, room, size):
            self.top -= size * LEADING
            if self.top < self._bottom:
                self._end()
                self._begin()
                self.top -= size * LEADING
                use(self.canvas, size)
                self.canvas.setFillColorRGB(*ink)
            self.canvas.drawString(MARGIN, self.top, line)

    def _columns(self) -> None:
        # A heading taller than a third of the page would leave no room for rows.
        most = int((self.plan.page[1] - self._bottom - MARGIN) / 3 / self._line)
        cells = [cell[:most] for cell in self.headings]
        count = max(map(len, cells), default=1)
        height = count * self._line + 2 * PAD
        if self.top - height - self._line - 2 * PAD < self._bottom:
            self._end()
            self._begin()
        self.canvas.setFillColorRGB(*BAND)
        across = sum(self.plan.widths)
        self.canvas.rect(MARGIN, self.top - height, across, height, stroke=0, fill=1)
        self._row(cells, count)

    def _row(self, cells: Sequence[Lines], count: int) -> None:
        use(self.canvas, self.plan.size)
        self.canvas.setFillColorRGB(*INK)
        left, base = MARGIN + PAD, self.top - PAD - self.plan.size
        for cell, across in zip(cells, self.plan.widths, strict=True):
            for place, line in enumerate(cell):
                if line:
                    self.canvas.drawString(left, base - place * self._line, line)
            left += across
        self.top -= count * self._line + 2 * PAD
        self.canvas.setStrokeColorRGB(*RULE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(MARGIN, self.top, MARGIN + sum(self.plan.widths), self.top)

    def _end(self) -> None:
        """Write what stands on every page, and go to the next."""
        canvas, right = self.canvas, self.plan.page[0] - MARGIN
        use(canvas, FOOT)
        canvas.setFillColorRGB(*FADED)
        before, _place, rest = _("Page {page} of {pages}").partition("{pages}")
        said = before.format(page=self.number)
        count = right - width(f"99999{rest}", FOOT)
        begin = count - width(said, FOOT)
        canvas.drawString(begin, MARGIN, said)
        canvas.saveState()
        canvas.translate(count, MARGIN)
        canvas.doForm(TOTAL)
        canvas.restoreState()
        for place, line in enumerate(lines(self.watermark, begin - MARGIN - PAD, FOOT)[:2]):
            canvas.drawString(MARGIN, MARGIN - place * FOOT * LEADING, line)
        canvas.showPage()

"""Charts from block characters: every bar has its number, every sign its meaning below."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len
from textual.content import Content

from certify.tui.bars import bar
from certify.tui.columns import fit_right, row

ITEM, FLAGGED, MANY = "o", "!", "+"


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart."""

    label: str
    n: int
    style: str = ""


@dataclass(frozen=True)
class Point:
    """One point of a scatter chart; both sides are on the chart's own scale."""

    x: float
    y: float
    is_flagged: bool


@dataclass(frozen=True)
class Scale:
    """One side of a scatter chart."""

    low: float
    high: float
    lines: tuple[float, ...] = ()
    """Where a line is drawn across."""

    def place(self, value: float, cells: int) -> int:
        """The cell of a value, counted from 0; what lies outside goes to the edge."""
        at = int((value - self.low) / (self.high - self.low) * cells)
        return min(max(at, 0), cells - 1)


@dataclass(frozen=True)
class Part:
    """One part of a line of blocks."""

    n: int
    block: str
    """One cell; it tells the part from others where there is no colour."""
    style: str = ""


def stacked(parts: Sequence[Part], width: int) -> Content:
    """One line of `width` cells shared among parts by their numbers; none of them vanishes."""
    counted = [part for part in parts if part.n > 0]
    if not counted:
        return Content()
    whole = sum(part.n for part in counted)
    free = max(0, width - len(counted))
    cells = [1 + free * part.n // whole for part in counted]
    order = sorted(range(len(counted)), key=lambda at: -(free * counted[at].n % whole))
    for at in order[: width - sum(cells)]:
        cells[at] += 1
    return Content("").join(
        Content.styled(part.block * n, part.style) for part, n in zip(counted, cells, strict=True)
    )


def bars(lines: Sequence[Bar], width: int) -> list[Content]:
    """Bars below each other, the longest as wide as there is room."""
    most = max((line.n for line in lines), default=0) or 1
    label = max((cell_len(line.label) for line in lines), default=0)
    number = len(str(most))
    room = max(8, width - label - number - 4)
    return [
        row(
            [
                fit_right(line.label, label),
                Content.styled(bar(Fraction(line.n, most), room), line.style),
                fit_right(str(line.n), number),
            ]
        )
        for line in lines
    ]


def scatter(
    points: Sequence[Point], across: Scale, up: Scale, width: int, height: int
) -> list[Content]:
    """Points in a frame with both scales.

    A cell shows `o` for one point, `!` where one of its points is flagged, a digit for several
    points, `+` for ten and more.
    """
    room = width - 7
    cells: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        at = across.place(point.x, room), up.place(point.y, height)
        cells.setdefault(at, []).append(point)
    columns = {across.place(value, room) for value in across.lines}
    rows = {up.place(value, height) for value in up.lines}
    marked = {up.place(value, height): value for value in (up.low, up.high, *up.lines)}
    drawn = []
    for y in reversed(range(height)):
        level = f"{marked[y]:.2f}" if y in marked else ""
        line = [fit_right(level, 5, "$foreground 70%"), Content("│")]
        for x in range(room):
            line.append(_cell(cells.get((x, y), []), x in columns, y in rows))
        drawn.append(Content("").join(line))
    drawn.append(Content.styled(" " * 5 + "└" + "─" * room, "$foreground 70%"))
    drawn.append(Content.styled(_labels(across, room), "$foreground 70%"))
    return drawn


def _cell(points: Sequence[Point], on_column: bool, on_row: bool) -> Content:
    if points:
        if any(point.is_flagged for point in points):
            return Content.styled(FLAGGED, "bold $warning")
        return Content(ITEM if len(points) == 1 else str(len(points)) if len(points) < 10 else MANY)
    return Content.styled("┊" if on_column else "┄" if on_row else " ", "$foreground 40%")


def _labels(across: Scale, room: int) -> str:
    """The values below the frame, each below its cell."""
    line = [" "] * (room + 6)
    for value in (*across.lines, across.low, across.high):
        text = f"{value:.2f}"
        start = min(6 + across.place(value, room) - 1, len(line) - len(text))
        if not "".join(line[max(0, start - 1) : start + len(text) + 1]).strip():
            line[start : start + len(text)] = text
    return "".join(line)

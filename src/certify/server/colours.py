"""Colours as a terminal can show them, reckoned once for all terminals of a kind.

Textual renders for one terminal in a process: what it has once rendered keeps the codes of that
one. So colours are brought down before, and rendered as they then are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._ansi_theme import ALABASTER, MONOKAI
from textual.color import Color as GroundColor
from textual.filter import ANSIToTruecolor, LineFilter

SYSTEMS = {16: ColorSystem.STANDARD, 256: ColorSystem.EIGHT_BIT}
TRUE_COLOUR = 1 << 24


class Fewer(LineFilter):
    """Brings colours down to 256 or 16, or to none."""

    def __init__(self, colours: int) -> None:
        super().__init__()
        self._system = SYSTEMS.get(colours)

    def apply(self, segments: list[Segment], background: GroundColor) -> list[Segment]:
        """Segments of a line in fewer colours."""
        return [
            Segment(text, style and _brought_down(style, self._system), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=8192)
def _brought_down(style: Style, system: ColorSystem | None) -> Style:
    def down(colour: Color | None) -> Color | None:
        return colour.downgrade(system) if colour and system else None

    return Style(
        color=down(style.color),
        bgcolor=down(style.bgcolor),
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        reverse=style.reverse,
        strike=style.strike,
    )


@cache
def filters(is_dark: bool, colours: int) -> Sequence[LineFilter]:
    """What the lines of an app go through, the same objects for all apps alike."""
    first = ANSIToTruecolor(MONOKAI if is_dark else ALABASTER)  # as `App` has them
    return (first,) if colours >= TRUE_COLOUR else (first, Fewer(colours))

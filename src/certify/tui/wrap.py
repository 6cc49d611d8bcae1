"""Line breaking by the Unicode rules (UAX #14), so that no line begins with 。 or ends with 《."""

import re
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

_BETWEEN = re.compile(r"(?<=[一-鿿])(?=[一-鿿])|(?<=[A-Za-z] )(?=[A-Za-z])")
"""Places where a line may break whatever stands around them; no rule looks across them (between
two ideographs by LB31, between two words by LB18)."""


@lru_cache(maxsize=16384)
def _units_of(part: str) -> tuple[str, ...]:
    from uniseg.linebreak import line_break_units  # 60 ms, paid by the first text shown

    return tuple(line_break_units(part))


@lru_cache(maxsize=4096)
def _units(text: str) -> tuple[str, ...]:
    """The parts of a text between which a line may break.

    The rules cost a millisecond for ten characters: they are asked for what stands between the
    places that need none, which is short and comes again and again.
    """
    return tuple(unit for part in _BETWEEN.split(text) for unit in _units_of(part))


def wrap(content: Content, width: int) -> list[Content]:
    """Lines of at most `width` cells; line feeds in the text break too."""
    width = max(2, width)
    lines: list[Content] = []
    for paragraph in content.split("\n", allow_blank=True):
        lines += [part.rstrip() for part in paragraph.divide(_breaks(paragraph.plain, width))]
    return lines


def hung(lead: Content, text: Content, width: int) -> list[Content]:
    """Lines of a text the first of which begins with a lead; the others stand below the text."""
    first, *rest = wrap(text, width - lead.cell_length)
    return [lead + first, *(Content(" " * lead.cell_length) + line for line in rest)]


def _breaks(text: str, width: int) -> list[int]:
    breaks: list[int] = []
    used = place = 0
    for unit in _units(text):
        cells = cell_len(unit.rstrip())
        if used and used + cells > width:
            breaks.append(place)
            used = 0
        if cells > width:
            for offset, character in enumerate(unit):
                wide = cell_len(character)
                if used and used + wide > width:
                    breaks.append(place + offset)
                    used = 0
                used += wide
        else:
            used += cell_len(unit)
        place += len(unit)
    return breaks

"""Breaking printed lines by the Unicode rules (UAX #14), with the widths of the font."""

from collections.abc import Iterator
from functools import lru_cache

from certify.paper.font import width


@lru_cache(maxsize=20_000)
def lines(text: str, room: float, size: float) -> tuple[str, ...]:
    """The lines of a printable text, none wider than a room; its own line feeds break too.

    What has no place to break and is too wide all the same is broken anywhere.

    Args:
        room: in points.
        size: of the letters, in points.
    """
    return tuple(
        line
        for paragraph in text.split("\n")
        for line in ([paragraph] if width(paragraph, size) <= room else _cut(paragraph, room, size))
    )


def widest_unit(text: str, size: float) -> float:
    """Points of the widest piece of a text that the rules let stand on one line only."""
    return max((width(unit.rstrip(), size) for unit in units(text)), default=0)


@lru_cache(maxsize=20_000)
def units(text: str) -> tuple[str, ...]:
    """The pieces between which a line may end."""
    from uniseg.linebreak import line_break_units

    return tuple(line_break_units(text))


def _cut(paragraph: str, room: float, size: float) -> list[str]:
    found, line = [], ""
    for piece in _pieces(paragraph, room, size):
        if line and width((line + piece).rstrip(), size) > room:
            found.append(line.rstrip())
            line = ""
        line += piece
    return [*found, line.rstrip()]


def _pieces(paragraph: str, room: float, size: float) -> Iterator[str]:
    """The units; one that no line can hold comes in parts that fill lines."""
    for unit in units(paragraph):
        if width(unit.rstrip(), size) <= room:
            yield unit
            continue
        part = ""
        for character in unit:
            if part and width(part + character, size) > room:
                yield part
                part = ""
            part += character
        yield part

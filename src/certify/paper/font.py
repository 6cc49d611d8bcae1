"""The one font of everything printed: what it can print, and how wide that is."""

import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from certify.domain.clean import clean

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

NAME = "NotoSansSC"
FILE = Path(__file__).parent / "NotoSansSC-Regular.ttf"
MISSING = "〓"
"""Stands for a character that the font does not have; printers of Chinese know it as geta."""

_one_at_a_time = Lock()


def printable(text: str) -> str:
    """The text as it can be printed: no control or bidi characters, `〓` for what is missing."""
    return unicodedata.normalize("NFC", clean(text)).translate(_printable())


def width(text: str, size: float) -> float:
    """Points that a printable line takes in a size in points."""
    widths, usual = _widths()
    return sum([widths.get(ord(character), usual) for character in text]) * size / 1000


def fitting(text: str, size: float, room: float, least: float) -> float:
    """The largest size up to `size`, at least `least`, in which a line takes no more than a room.

    All in points.
    """
    full = width(text, size)
    return size if full <= room else max(least, size * room / full)


def use(canvas: "Canvas", size: float) -> None:
    """Write with the font from here on, in a size in points."""
    _font()
    canvas.setFont(NAME, size)


def save(canvas: "Canvas") -> None:
    """Finish the document: the used part of the font goes into it.

    The library reads the font's file at one place at a time, so documents take turns.
    """
    with _one_at_a_time:
        canvas.save()


@cache
def _font() -> "TTFont":
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(NAME, str(FILE))
    pdfmetrics.registerFont(font)
    return font


@cache
def _widths() -> tuple[dict[int, int], int]:
    face = _font().face
    return face.charWidths, face.defaultWidth


class _Printable(dict[int, str]):
    """What each character is printed as, asked once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character == "\n" or code in _font().face.charToGlyph:
            shown = character
        elif unicodedata.category(character) == "Cf" or character in "\ufe0e\ufe0f":
            shown = ""  # it only says how its neighbours look
        else:
            shown = MISSING
        self[code] = shown
        return shown


@cache
def _printable() -> _Printable:
    return _Printable()

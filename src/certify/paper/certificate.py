"""The page of one certificate: A4 across, calm, in one language or two."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certify.paper.attachment import attach
from certify.paper.breaking import lines
from certify.paper.code import draw_code
from certify.paper.columns import A4
from certify.paper.font import fitting, printable, save, use, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4[1], A4[0]
MIDDLE = WIDTH / 2
INK, GOLD, FADED, ALARM = (0.1, 0.15, 0.26), (0.6, 0.49, 0.27), (0.4, 0.43, 0.48), (0.75, 0.1, 0.1)
SIDE = 92.0
"""Points from the edges to what is written."""
ROOM = WIDTH - 2 * SIDE
QR = (SIDE, 54.0, 78.0)
"""Left, bottom and side of the QR code in points."""
FACTS = 4
"""Facts in a row."""

Texts = Sequence[str]
"""The same in each language of the page."""


@dataclass(frozen=True)
class CertificateWords:
    """All that the page says, in words; drawn as printable text whatever it holds."""

    lang: str
    issuer: str
    title: Texts
    opening: Texts
    name: str
    who: str
    """Staff number, department, post."""
    holds: Texts
    qualification: Texts
    facts: Sequence[tuple[str, str]]
    """Label and value."""
    rests_on: str
    """Standards with their versions in one line; empty where there are none."""
    number: str
    check: Texts
    """Its revision and how to check it, beside the QR code."""
    code: str
    """What the QR code holds."""
    state: Texts = ()
    """Anything but active, written across the page."""


def certificate_pdf(words: CertificateWords, attached: str = "") -> bytes:
    """The page as PDF; the same words give the same bytes.

    Args:
        attached: the signed credential as JSON, which readers of PDF can take out.
    """
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, (WIDTH, HEIGHT), pageCompression=1, invariant=1, lang=words.lang)
    canvas.setTitle(printable(f"{words.title[0]} {words.number}"))
    canvas.setAuthor(printable(words.issuer))
    canvas.setCreator("certify")
    _frame(canvas)
    _upper(canvas, words)
    _facts(canvas, words)
    _foot(canvas, words)
    if words.state:
        _across(canvas, "  ".join(words.state))
    if attached:
        attach(canvas, f"{printable(words.number)}.json", "application/json", attached.encode())
    canvas.showPage()
    save(canvas)
    return out.getvalue()


def _frame(canvas: "Canvas") -> None:
    canvas.setStrokeColorRGB(*GOLD)
    for edge, thick in ((24.0, 1.8), (30.0, 0.5)):
        canvas.setLineWidth(thick)
        canvas.rect(edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge)


def _upper(canvas: "Canvas", words: CertificateWords) -> None:
    """From the issuer down to what the person holds."""
    _centred(canvas, words.issuer, 522, 14, INK, spaced=1.5)
    first, *others = words.title
    is_latin = first.isascii()
    _centred(canvas, first, 470, 30 if is_latin else 36, INK, spaced=1 if is_latin else 8)
    for other in others:
        _centred(canvas, other, 446, 13, GOLD, spaced=2)
    _centred(canvas, "　".join(words.opening), 412, 10.5, FADED)
    _centred(canvas, words.name, 368, 32, INK, least=15)
    canvas.setStrokeColorRGB(*GOLD)
    canvas.setLineWidth(0.6)
    canvas.line(MIDDLE - 150, 354, MIDDLE + 150, 354)
    _centred(canvas, words.who, 334, 11, FADED)
    _centred(canvas, "　".join(words.holds), 304, 10.5, FADED)
    first, *others = words.qualification
    _centred(canvas, first, 272, 22, INK)
    for other in others:
        _centred(canvas, other, 253, 12, INK)


def _facts(canvas: "Canvas", words: CertificateWords) -> None:
    """The facts in a grid, as many in a row as fit, and what it rests on below."""
    each = ROOM / FACTS
    for place, (label, value) in enumerate(words.facts):
        left, top = SIDE + place % FACTS * each, 222 - place // FACTS * 35
        _written(canvas, label, left, top, 7.5, each - 8, FADED)
        fits = width(printable(value), 10.5) <= each - 8
        for down, line in enumerate([value] if fits else _some(value, each - 8, 8.5, most=2)):
            _written(
                canvas, line, left, top - 13 - down * 9.5, 10.5 if fits else 8.5, each - 8, INK
            )
    rows = -(-len(words.facts) // FACTS)
    for place, line in enumerate(_some(words.rests_on, ROOM, 7, most=2)):
        _written(canvas, line, SIDE, 222 - rows * 35 + 4 - place * 9, 7, ROOM, FADED)


def _foot(canvas: "Canvas", words: CertificateWords) -> None:
    """The QR code, the number, how to check it; who gave it on the right."""
    left, bottom, side = QR
    draw_code(canvas, words.code, left, bottom, side)
    beside = left + side + 14
    room = WIDTH / 2 + 40 - beside
    _written(canvas, words.number, beside, bottom + side - 12, 13, room, INK)
    for place, text in enumerate(words.check):
        _written(canvas, text, beside, bottom + side - 29 - place * 11.5, 8, room, FADED)
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(0.5)
    begin = WIDTH / 2 + 90
    canvas.line(begin, bottom + 22, WIDTH - SIDE, bottom + 22)
    text = printable(words.issuer)
    size = fitting(text, 11, WIDTH - SIDE - begin, 5)
    _written(canvas, words.issuer, begin, bottom + 8, size, WIDTH - SIDE - begin, INK)


def _across(canvas: "Canvas", state: str) -> None:
    """The state over everything, in red and in words."""
    text = printable(state.upper())
    size = fitting(text, 84, ROOM - 40, 30)
    canvas.saveState()
    canvas.translate(MIDDLE, HEIGHT / 2)
    canvas.rotate(20)
    canvas.setFillColorRGB(*ALARM, alpha=0.42)
    use(canvas, size)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()


def _centred(
    canvas: "Canvas",
    text: str,
    base: float,
    size: float,
    ink: Sequence[float],
    *,
    spaced: float = 0,
    least: float = 9,
) -> None:
    """One line in the middle, smaller when it would be too wide, in two when it still is."""
    text = printable(text).replace("\n", " ")
    gaps = spaced * max(0, len(text) - 1)
    size = fitting(text, size, ROOM - gaps, least)
    parts = lines(text, ROOM - gaps, size) if width(text, size) > ROOM - gaps + 1 else (text,)
    use(canvas, size)
    canvas.setFillColorRGB(*ink)
    shown = parts[:2]
    for place, part in enumerate(shown):
        up = (len(shown) - 1 - place) * size * 1.15
        begin = MIDDLE - (width(part, size) + spaced * max(0, len(part) - 1)) / 2
        canvas.drawString(begin, base + up, part, charSpace=spaced)


def _written(
    canvas: "Canvas",
    text: str,
    left: float,
    base: float,
    size: float,
    room: float,
    ink: Sequence[float],
) -> None:
    """One line from the left, smaller when it would be too wide, cut when it still is."""
    text = printable(text).replace("\n", " ")
    size = fitting(text, size, room, size * 0.55)
    use(canvas, size)
    canvas.setFillColorRGB(*ink)
    canvas.drawString(left, base, next(iter(_some(text, room, size, most=1)), ""))


def _some(text: str, room: float, size: float, *, most: int) -> Sequence[str]:
    """The first lines of a text; the last ends with … where there are more."""
    text = printable(text)
    if width(text, size) <= room + 0.01:
        return (text,)
    found = lines(text, room - width("…", size), size)
    return found if len(found) <= most else (*found[: most - 1], f"{found[most - 1]}…")

"""QR codes as vectors."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def modules(text: str) -> list[list[bool]]:
    """The code of a text row by row, the top one first, without its quiet zone; true is dark."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return [[bool(one & 1) for one in row] for row in code.matrix]


def draw_code(canvas: "Canvas", text: str, left: float, bottom: float, side: float) -> None:
    """Draw the code of a text, black, `side` points wide and high; one path, no picture."""
    rows = modules(text)
    step = side / len(rows)
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            begin = across
            while across < len(row) and row[across]:
                across += 1
            if across > begin:
                low = bottom + side - (down + 1) * step
                path.rect(left + begin * step, low, (across - begin) * step, step)
            across += 1
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)

"""What stands on a printed page, read back with another library."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image


def texts(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in whole points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def fonts(pdf: bytes) -> dict[str, bool]:
    """Every font that writes on the pages, and whether it is embedded."""
    document = pypdfium2.PdfDocument(pdf)
    found: dict[str, bool] = {}
    try:
        for page in document:
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(thing.raw)
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                found[name.value.decode()] = raw.FPDFFont_GetIsEmbedded(font) == 1
    finally:
        document.close()
    return found


def attachments(pdf: bytes) -> dict[str, bytes]:
    """The files inside, by name."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        inside = [document.get_attachment(one) for one in range(document.count_attachments())]
        return {one.get_name(): bytes(one.get_data()) for one in inside}
    finally:
        document.close()


def dark(png: bytes, place: tuple[float, float, float], count: int) -> list[list[bool]]:
    """Whether each field of a square is dark in a picture of a page A4 across.

    Args:
        place: left, bottom and side of the square in points.
        count: fields in a row.
    """
    picture = Image.open(io.BytesIO(png)).convert("L")
    light = picture.tobytes()
    scale = picture.width / 841.89
    left, bottom, side = place
    step = side / count
    rows = []
    for down in range(count):
        line = int((595.28 - bottom - side + (down + 0.5) * step) * scale) * picture.width
        places = [int((left + (across + 0.5) * step) * scale) for across in range(count)]
        rows.append([light[line + one] < 128 for one in places])
    return rows

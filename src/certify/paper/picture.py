"""A page of a PDF as a picture: one layout, two formats."""

import io
from threading import Lock

DOTS = 200
"""In an inch."""

PDFIUM = Lock()
"""Held by whoever uses the library that reads PDF: it works for one thread at a time."""


def png_of(pdf: bytes, texts: dict[str, str] | None = None) -> bytes:
    """The first page as PNG; the same page gives the same bytes.

    Args:
        texts: kept in the file by keyword, as international text (PNG 11.3.3.4, `iTXt`).
    """
    import pypdfium2
    from PIL.PngImagePlugin import PngInfo

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[0].render(scale=DOTS / 72).to_pil().convert("RGB")
        finally:
            document.close()
    kept = PngInfo()
    for keyword, text in (texts or {}).items():
        kept.add_itxt(keyword, text)
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=kept, dpi=(DOTS, DOTS))
    return out.getvalue()

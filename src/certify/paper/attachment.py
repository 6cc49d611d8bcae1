"""A file inside a PDF, which any reader of PDF can save (ISO 32000-1, 7.11.4)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def attach(canvas: "Canvas", name: str, kind: str, data: bytes) -> None:
    """Put a file into the document that a canvas draws.

    Args:
        name: such as `PQ-2024-000123-7.json`.
        kind: its media type, such as `application/json`.
    """
    from reportlab.pdfbase.pdfdoc import (
        PDFArray,
        PDFDictionary,
        PDFName,
        PDFStream,
        PDFString,
    )

    document = canvas._doc  # type: ignore[attr-defined]  # no public way leads there
    stream = PDFStream(content=data)
    stream.dictionary["Type"] = PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = PDFName(kind)
    stream.dictionary["Params"] = PDFDictionary({"Size": len(data)})
    inside = document.Reference(stream)
    entry = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(name),
            "UF": PDFString(name),
            "EF": PDFDictionary({"F": inside}),
        }
    )
    names = PDFArray([PDFString(name), document.Reference(entry)])
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})

"""`docx`: a bank in Word, its paragraphs and tables in the order of the document."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from certify.api import N_, BankFile, Entry, ItemFormat, Remark, _, safe_xml
from certify_bank_text import numbering, runs
from certify_bank_text.entries import entries
from certify_bank_text.line import Line, Span, as_line
from certify_bank_text.package import OLD, Package
from certify_bank_text.tables import Row, lines_of_table

Element = safe_xml.Element
MAX_PARAGRAPHS = 300_000
LAYOUT = re.compile(
    rb"<w:(?:rFonts|szCs|sz|lang|kern|spacing|ind|jc|widowControl|snapToGrid|proofErr|bookmarkStart"
    rb"|bookmarkEnd|rStyle|bCs|iCs|w|position|tcW|vAlign|keepNext|keepLines|pageBreakBefore"
    rb"|adjustRightInd|autoSpaceDE|autoSpaceDN|textAlignment|outlineLvl|lastRenderedPageBreak"
    rb"|top|left|bottom|right|insideH|insideV|tblW|tblLayout|gridCol|noProof|wordWrap|topLinePunct"
    rb"|overflowPunct|kinsoku|contextualSpacing|suppressAutoHyphens|tab (?=[^>]*w:pos))\b[^>]*/>"
)
"""Empty elements that say only how text looks: two thirds of a file, and costly one by one."""


class DocxFormat(ItemFormat):
    """Reads Word files; numbers that Word writes by itself are put back into the text."""

    name = "docx"
    label = N_("Question bank in Word")
    suffixes = (".docx", ".docm", ".doc", ".wps")

    def recognises(self, file: BankFile) -> bool:
        return file.data.startswith((b"PK", OLD, b"{\\rtf"))

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        document = Document(Package(file), language)
        lines = list(document.lines())
        yield from document.remarks
        yield from entries(lines, language)


class Document:
    """Walks over a document once."""

    def __init__(self, package: Package, language: str) -> None:
        self.package, self.language = package, language
        lists, styles = self._part("numbering.xml"), self._part("styles.xml")
        self.numbering = numbering.numbering_of(lists, styles)
        self.remarks: list[Remark] = []
        self.before: runs.Written | None = None
        """A paragraph whose end was deleted: the next one goes on with it."""

    def _part(self, name: str) -> Element | None:
        data = self.package.beside(name)
        return safe_xml.parse(f"{self.package.name}: {name}", data) if data else None

    def lines(self) -> Iterator[Line]:
        """Every line of the document."""
        name = f"{self.package.name}: {self.package.main}"
        paragraphs, tables = count(1), count(1)
        data = LAYOUT.sub(b"", self.package.read(self.package.main))
        for element in safe_xml.stream(name, data, ("p", "tbl")):
            if element.tag == "p":
                number = next(paragraphs)
                if number > MAX_PARAGRAPHS:
                    raise self.package.too_large(self.package.main)
                place = _("paragraph {number}").format(number=number)
                yield from self._paragraph(element, place)
            else:
                yield from lines_of_table(list(self._rows(element, next(tables))))

    def _paragraph(self, element: Element, place: str) -> Iterator[Line]:
        properties = element.child("pPr")
        result = runs.written(element, self.language)
        if result.has_hidden:
            self._say(place, _("Hidden text was left out."))
        if result.has_box:
            self._say(place, _("A text box was left out; its text is not read."))
        if self.before is not None:
            result = _joined(self.before, result)
            self.before = None
        if _is_deleted(properties):
            self.before = result
            return
        label = self.numbering.label(properties)
        spans = [
            Span(one.start + len(label), one.end + len(label), one.form) for one in result.spans
        ]
        text, is_title = label + result.text, self.numbering.is_title(properties)
        if not result.text.strip():
            text = ""
        start = 0
        for part in text.split("\n"):
            inside = [
                Span(max(one.start - start, 0), one.end - start, one.form)
                for one in spans
                if one.end > start and one.start < start + len(part)
            ]
            yield as_line(place, part, inside, result.losses, is_title=is_title)
            start += len(part) + 1

    def _rows(self, table: Element, number: int) -> Iterator[Row]:
        for position, row in enumerate(_inside(table, "tr"), start=1):
            properties = row.child("trPr")
            if properties is not None and properties.child("del") is not None:
                continue
            place = _("table {table}, row {row}").format(table=number, row=position)
            yield Row(place, [list(self._cell(cell, place)) for cell in _inside(row, "tc")])

    def _cell(self, cell: Element, place: str) -> Iterator[Line]:
        for one in _inside(cell, "p", "tbl"):
            if one.tag == "p":
                yield from self._paragraph(one, place)
            else:
                for row in _inside(one, "tr"):
                    for inner in _inside(row, "tc"):
                        yield from self._cell(inner, place)

    def _say(self, place: str, message: str) -> None:
        if all(remark.message != message for remark in self.remarks):
            self.remarks.append(Remark(place, message))


def _inside(element: Element, *tags: str) -> Iterator[Element]:
    """The parts of a table, also those in content controls and insertions."""
    for one in element.children:
        if one.tag in tags:
            yield one
        elif one.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(one, *tags)


def _is_deleted(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, so that it joins the next."""
    mark = properties.child("rPr") if properties is not None else None
    return mark is not None and any(one.tag in ("del", "moveFrom") for one in mark.children)


def _joined(first: runs.Written, second: runs.Written) -> runs.Written:
    shift = len(first.text)
    moved: Sequence[Span] = [Span(s.start + shift, s.end + shift, s.form) for s in second.spans]
    return runs.Written(
        first.text + second.text, [*first.spans, *moved], [*first.losses, *second.losses]
    )

"""`xlsx`: a workbook of text cells, written row by row; the same sheet gives the same bytes.

Written without a library: a list is one page of texts, and a library that knows all of Excel
takes ten times as long for it.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import BinaryIO
from xml.sax.saxutils import escape

from certify.api import N_, ExportFormat, Refused, Sheet, _, clean, guard
from certify_tables.plain_pages import CELL, ROW, Row, pages, plain

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
MAX_NAME = 31
MAX_PAGE = (1 << 31) - 1
"""Bytes of one part of an archive of the usual kind, unpacked."""
WIDTHS = (6, 60)
"""Narrowest and widest column, in characters."""
NOT_IN_XML = re.compile("[\ufffe\uffff]")
NOT_IN_NAME = str.maketrans("[]:*?/\\'", "        ")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel takes `_x0041_` for the letter A; `_x005F_` is the underscore."""
LEVEL = 3
"""Of packing: a higher one takes half as long again and saves a seventh."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2">'
        '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}
"""The parts of a workbook that are the same in every one."""

BEGIN, BETWEEN, END = (
    '<c t="inlineStr"><is><t>',
    '</t></is></c><c t="inlineStr"><is><t>',
    "</t></is></c>",
)


class XlsxFormat(ExportFormat):
    """Title, header facts, an empty row, frozen bold headings, rows; every cell is guarded text."""

    name = "xlsx"
    suffix = ".xlsx"
    label = N_("Excel workbook")

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as book:
            for name, text in {**PARTS, **_said(sheet)}.items():
                book.writestr(_entry(name), XML + text)
            with book.open(_entry("xl/worksheets/sheet1.xml"), "w") as page:
                size = 0
                for part in _page(sheet):
                    data = part.encode()
                    if (size := size + len(data)) > MAX_PAGE:
                        raise _too_long()
                    page.write(data)


def _entry(name: str) -> zipfile.ZipInfo:
    """A part of the archive, without the time at which it was packed."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]
    return entry


def _said(sheet: Sheet) -> dict[str, str]:
    """The parts that say which list it is."""
    title, name = escape(_cell(sheet.title)), escape(_name(sheet.title), {'"': "&quot;"})
    return {
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{title}</dc:title>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{_created(sheet)}</dcterms:created>'
            "</cp:coreProperties>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
    }


def _page(sheet: Sheet) -> Iterator[str]:
    """The only page, part by part."""
    headings = [column.heading for column in sheet.columns]
    top = len(sheet.header) + 3
    each = pages(sheet.rows)
    first = next(each, [])
    yield (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="1" '
        f'workbookViewId="0"><pane ySplit="{top}" topLeftCell="A{top + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{_columns(headings, first)}<sheetData>"
    )
    yield _row([sheet.title], style=1)
    for _key, label, value in sheet.header:
        yield _row([label, value])
    yield _row([])
    yield _row(headings, style=1)
    number = top
    for page in chain([first] if first else [], each):
        if (number := number + len(page)) > MAX_ROWS:
            raise _too_long()
        if (found := plain(page)) is not None:
            rows = found[1:].replace(CELL, BETWEEN).replace(ROW, f"{END}</row><row>{BEGIN}")
            yield f"<row>{BEGIN}{rows}{END}</row>"
        else:
            yield "".join(map(_row, page))
    yield "</sheetData></worksheet>"


def _row(row: Row, style: int = 0) -> str:
    styled = f' s="{style}"' if style else ""
    cells = "".join(
        f'<c{styled} t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for cell in row
    )
    return f"<row>{cells}</row>"


def _text(cell: str) -> str:
    """A cell as XML; its line breaks stay line breaks."""
    return escape(LOOKS_ESCAPED.sub("_x005F_", _cell(cell)))


def _cell(text: str) -> str:
    guarded = guard(NOT_IN_XML.sub("�", clean(text)))
    return guarded if len(guarded) <= MAX_CELL else f"{guarded[: MAX_CELL - 1]}…"


def _columns(headings: Sequence[str], first: Iterable[Row]) -> str:
    """Columns as wide as their headings and their first rows need."""
    widths = [_width(text) for text in headings]
    for row in first:
        widths = [max(old, _width(cell)) for old, cell in zip(widths, row, strict=True)]
    least, most = WIDTHS
    said = "".join(
        f'<col min="{place}" max="{place}" width="{min(max(width + 2, least), most)}" '
        'customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return f"<cols>{said}</cols>" if said else ""


def _name(title: str) -> str:
    """A name that a sheet may have; quotes and the word History are Excel's own."""
    name = NOT_IN_XML.sub("�", clean(title)).translate(NOT_IN_NAME).replace("\n", " ")
    while name and guard(name) != name:
        name = name.strip()[1:]
    name = name[:MAX_NAME].strip()
    return "Sheet" if name.lower() in ("", "history") else name


def _created(sheet: Sheet) -> str:
    """The time in the header, so that nothing in the file tells when it was written again."""
    for key, _label, value in sheet.header:
        if key == "time":
            try:
                return f"{datetime.fromisoformat(value).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            except ValueError:
                break
    return "1980-01-01T00:00:00Z"


def _width(text: str) -> int:
    """Columns a text takes; Chinese characters take two."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(map(_line_width, text.split("\n")))


@lru_cache(maxsize=1_000)
def _line_width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in line)


def _too_long() -> Refused:
    return Refused(
        _("A workbook holds {count} rows; the list is longer.").format(count=MAX_ROWS),
        mend=_("Choose another format."),
    )

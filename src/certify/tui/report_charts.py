"""How documents and figures are drawn: tables where they fit, else one paragraph a row."""

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len
from textual.content import Content

from certify.i18n import _
from certify.services.reporting.document import Document, Section
from certify.services.reporting.said import shown
from certify.tui.bars import bar
from certify.tui.columns import fit, row
from certify.tui.safe_text import safe_line
from certify.tui.wrap import hung, wrap

GAP = 2


def drawn(document: Document, width: int) -> list[Content]:
    """A document's lines for a width in cells."""
    lines = wrap(safe_line(shown(document.title), "bold"), width)
    for section in document.sections:
        lines += [Content(), *wrap(safe_line(shown(section.title), "bold $accent"), width)]
        for one in section.lines:
            lines += hung(Content("· "), safe_line(shown(one)), width)
        if section.rows:
            lines += _table(section, width)
        elif section.empty is not None:
            lines += wrap(safe_line(shown(section.empty), "$foreground 70%"), width)
    return lines


def _table(section: Section, width: int) -> list[Content]:
    heads = [_(head) for head in (section.columns or {}).values()]
    rows = [[shown(cell) for cell in one] for one in section.rows]
    rooms = [max(cell_len(one[n]) for one in (heads, *rows)) for n in range(len(heads))]
    if sum(rooms) + GAP * (len(rooms) - 1) <= width:
        head = row([fit(text, room, "$foreground 70%") for text, room in _pairs(heads, rooms)], GAP)
        return [
            head,
            *(row([fit(text, room) for text, room in _pairs(one, rooms)], GAP) for one in rows),
        ]
    return [line for one in rows for line in _paragraph(heads, one, width)]


def _pairs(texts: Sequence[str], rooms: Sequence[int]) -> list[tuple[str, int]]:
    return list(zip(texts, rooms, strict=True))


def _paragraph(heads: Sequence[str], cells: Sequence[str], width: int) -> list[Content]:
    """One row too wide for the screen: its first cell, then heading and cell of the others."""
    told = [
        _("{name}: {value}").format(name=head, value=cell)
        for head, cell in zip(heads[1:], cells[1:], strict=True)
        if cell
    ]
    lead = safe_line(f"{cells[0]}  " if cells[0] else "", "bold")
    return hung(lead, safe_line(" · ".join(told)), width)


def share_bar(share: Fraction | None, width: int, style: str = "") -> Content:
    """A bar for a share; blank where there is none."""
    if share is None:
        return Content(" " * width)
    return Content.styled(bar(share, width), style) if style else Content(bar(share, width))

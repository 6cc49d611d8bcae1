"""Two texts of a standard side by side; what differs stands in brackets, colour only repeats it."""

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content

from certify.domain.delta_training import Piece, Side
from certify.i18n import _
from certify.services.standard_life.texts import Beside
from certify.tui.columns import fit_content
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.wrap import hung, wrap

GAP = 3
NARROW = 50
"""Below this width the old text stands above the new one."""


def beside_lines(parts: Sequence[Beside], width: int) -> list[Content]:
    """Every part with its name, the old text on the left, the new one on the right."""
    lines: list[Content] = [Content()]
    for part in parts:
        name = safe_line(part.name, "bold $primary")
        if part.is_changed and part.old:
            lines += [name, *_columns(part, width), Content()]
        else:
            lines += hung(name + "  ", safe_text(part.new or _("(nothing)")), width)
    return lines


def _columns(part: Beside, width: int) -> list[Content]:
    old, new = _side(part.pieces, Side.OLD), _side(part.pieces, Side.NEW)
    heads = (Content.styled(_("Old"), "$foreground 70%"), Content.styled(_("New"), "bold"))
    if width < NARROW:
        return [heads[0], *wrap(old, width), heads[1], *wrap(new, width)]
    room = (width - GAP) // 2
    rows = zip_longest(
        [heads[0], *wrap(old, room)], [heads[1], *wrap(new, room)], fillvalue=Content()
    )
    return [fit_content(left, room) + Content(" " * GAP) + right for left, right in rows]


def _side(pieces: Sequence[Piece], side: Side) -> Content:
    style = "$foreground 70%" if side is Side.OLD else "bold $success"
    said = Content()
    for piece in pieces:
        if piece.side is Side.BOTH:
            said += safe_text(piece.text)
        elif piece.side is side:
            said += Content.styled("[", style) + safe_text(piece.text, style)
            said += Content.styled("]", style)
    return said if said.plain else Content(_("(nothing)"))

"""HTML taken apart into its blocks, tag after tag, with what is lost on the way."""

import re
from collections.abc import Callable

from certify.courseware.html_blocks import (
    BREAK,
    Block,
    Inline,
    List,
    ListItem,
    Lost,
    Piece,
    Preformatted,
    Table,
)
from certify.courseware.html_flow import Flow
from certify.courseware.html_media import MEDIA, Formula, place_holder
from certify.courseware.html_tokens import BLANKS, INVISIBLE, Token, tokens
from certify.i18n import _

_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav optgroup option p
section summary
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NEW_LINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_MOST_LEVELS = 5
_MOST_COLUMNS = 20


def read(html: str) -> tuple[list[Block], list[Lost]]:
    """The blocks of a fragment of HTML in their order, and what they do not hold, once each."""
    reader = _Reader()
    for token in tokens(html):
        reader.take(token)
    reader.end()
    return reader.blocks, list(reader.losses)


class _Reader(Flow):
    """Takes token after token; only what is open is kept, so that broken HTML does no harm."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int | None] = []
        """The last number of each open list."""
        self.tables = 0
        """How many are open; one inside another is read as lines."""
        self.link: tuple[str, Inline, int] | None = None

    def take(self, token: Token) -> None:
        """Read one more tag or text."""
        if token.kind == "text":
            self.text(token.content)
        elif token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)
        elif token.name == "script":
            self.lose(_("A program within the text is left out."), is_serious=True)

    def end(self) -> None:
        """Close whatever is still open."""
        self._end_formula()
        self._end_pre()
        self._end_link()
        self._end_list()
        self._end_table()
        self.end_paragraph()

    def _open(self, token: Token) -> None:
        name = token.name
        if name == "br":
            if self.pre is not None:
                self.pre.append(BREAK)
            else:
                self.target.append(Piece("", BREAK))
            return
        if name in _BLOCKS:
            self.line()
        if self.looks.open(token):
            self._notice(token.content.lower())
        elif name in MEDIA:
            self._medium(token)
        elif name in ("s", "strike", "del"):
            self.lose(_("Crossed-out text is shown like any other."), is_serious=True)
        elif handler := _OPEN.get(name):
            handler(self, token)

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self.line()
        self.looks.close(name)
        if handler := _CLOSE.get(name):
            handler(self)

    def _notice(self, look: str) -> None:
        if "line-through" in look:
            self.lose(_("Crossed-out text is shown like any other."), is_serious=True)
        elif "color" in look:
            self.lose(_("Colours are left out."))

    def _medium(self, token: Token) -> None:
        loss, text = place_holder(token)
        self.losses[loss] = None
        self.add(text)

    def _begin_list(self, token: Token) -> None:
        self.line()
        start = token.attributes() if token.content else {}
        if token.name == "ol" and start.get("type", "1") != "1":
            self.lose(_("The letters of a list became numbers."))
        first = start.get("start", "")
        number = int(first) if re.fullmatch("[0-9]{1,4}", first) else 1
        if self.table is None and self.list is None:
            self.list = List()
        self.numbers.append(number - 1 if token.name == "ol" else None)

    def _begin_item(self, _token: Token) -> None:
        if self.table is None and self.list is None:
            self.line()
            self.list = List()
        if not self.numbers:
            self.numbers.append(None)
        last = self.numbers[-1]
        number = self.numbers[-1] = None if last is None else last + 1
        if self.table is None and self.list is not None:
            level = min(len(self.numbers), _MOST_LEVELS)
            self.list.items.append(ListItem(level, number))
        else:
            self.line()
            self.add("• " if number is None else f"{number}. ")

    def _close_list(self) -> None:
        if self.numbers:
            self.numbers.pop()
        if self.numbers:
            self.line()
        else:
            self._end_list()

    def _end_list(self) -> None:
        if self.list is not None and self.table is None:
            found, self.list, self.numbers = self.list, None, []
            self.end_paragraph()
            self.blocks.append(found)

    def _begin_table(self, _token: Token) -> None:
        self.line()
        self.tables += 1
        if self.tables == 1 and self.list is None:
            self.table = Table()

    def _begin_row(self, _token: Token) -> None:
        if self.table is None or self.tables > 1:
            self.line()
        else:
            self.table.rows.append([])
            self.cell = None

    def _begin_cell(self, token: Token) -> None:
        if self.table is None or self.tables > 1:
            if self.target and self.target[-1].text != BREAK:
                self.target.append(Piece("", " │ "))
            return
        self.cell = []
        self.table.rows = self.table.rows or [[]]
        self.table.rows[-1].append(self.cell)
        if "span" in token.content:
            spans = token.attributes()
            across, down = spans.get("colspan", "1"), spans.get("rowspan", "1")
            if (across, down) != ("1", "1"):
                self.lose(_("A table has joined cells, which are shown apart."), is_serious=True)
            if across.isdecimal():
                extra = min(int(across[:4]), _MOST_COLUMNS) - 1
                self.table.rows[-1] += ([] for _number in range(extra))

    def _end_cell(self) -> None:
        if self.tables == 1:
            self.cell = None

    def _close_table(self) -> None:
        if self.tables > 1:
            self.tables -= 1
            self.line()
        else:
            self._end_table()

    def _end_table(self) -> None:
        self.tables = 0
        if self.table is not None:
            found, self.table, self.cell = self.table, None, None
            self.end_paragraph()
            self.blocks.append(found)
        else:
            self.line()

    def _begin_pre(self, _token: Token) -> None:
        self.line()
        self.pre = [] if self.pre is None else self.pre

    def _end_pre(self) -> None:
        if self.pre is None:
            return
        text = _NEW_LINES.sub("\n", "".join(self.pre)).strip("\n")
        self.pre = None
        if self.target is self.inline:
            self.end_paragraph()
            self.blocks.append(Preformatted(text))
        else:
            for line in text.split("\n"):
                self.line()
                self.add(BLANKS.sub(" ", line))
            self.line()

    def _begin_link(self, token: Token) -> None:
        self._end_link()
        address = token.attributes().get("href", "")
        if address.startswith("https://"):
            self.link = (BLANKS.sub("", INVISIBLE.sub("", address)), *self._here())
        elif address and not address.startswith(("#", "mailto:")):
            self.lose(_("The address of a link is left out."))

    def _here(self) -> tuple[Inline, int]:
        return self.target, len(self.target)

    def _end_link(self) -> None:
        if self.link is None:
            return
        address, inline, start = self.link
        self.link = None
        if inline is self.target and address not in "".join(one.text for one in inline[start:]):
            self.add(f" ({address})")

    def _begin_formula(self, _token: Token) -> None:
        self.formula = self.formula or Formula()

    def _begin_tex(self, token: Token) -> None:
        if self.formula is not None:
            self.formula.begin_note(token)

    def _end_formula(self) -> None:
        if self.formula is not None:
            loss, text = self.formula.end()
            self.formula = None
            self.losses |= dict.fromkeys(loss)
            self.add(text)


_OPEN: dict[str, Callable[[_Reader, Token], None]] = {
    "ul": _Reader._begin_list,
    "ol": _Reader._begin_list,
    "li": _Reader._begin_item,
    "table": _Reader._begin_table,
    "tr": _Reader._begin_row,
    "td": _Reader._begin_cell,
    "th": _Reader._begin_cell,
    "pre": _Reader._begin_pre,
    "a": _Reader._begin_link,
    "math": _Reader._begin_formula,
    "annotation": _Reader._begin_tex,
    "q": lambda reader, _token: reader.add("“"),
    "rt": lambda reader, _token: reader.add("("),
}
_CLOSE: dict[str, Callable[[_Reader], None]] = {
    "ul": _Reader._close_list,
    "ol": _Reader._close_list,
    "table": _Reader._close_table,
    "tr": _Reader._end_cell,
    "td": _Reader._end_cell,
    "th": _Reader._end_cell,
    "pre": _Reader._end_pre,
    "a": _Reader._end_link,
    "math": _Reader._end_formula,
    "q": lambda reader: reader.add("”"),
    "rt": lambda reader: reader.add(")"),
}

"""Where the text of HTML goes while its tags are read."""

from certify.courseware.html_blocks import (
    BREAK,
    Block,
    Inline,
    List,
    Lost,
    Paragraph,
    Piece,
    Table,
)
from certify.courseware.html_looks import Looks
from certify.courseware.html_media import Formula
from certify.courseware.html_tokens import BLANKS, INVISIBLE


class Flow:
    """What is open, and the blocks and losses so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.losses: dict[Lost, None] = {}
        self.inline: Inline = []
        """The paragraph."""
        self.looks = Looks()
        self.list: List | None = None
        self.table: Table | None = None
        self.cell: Inline | None = None
        self.pre: list[str] | None = None
        self.formula: Formula | None = None

    def lose(self, message: str, *, is_serious: bool = False) -> None:
        """Say that something is lost."""
        self.losses[Lost(message, is_serious)] = None

    @property
    def target(self) -> Inline:
        """Where the next text goes: into a cell, an entry of a list, or a paragraph."""
        if self.table is not None:
            return self.inline if self.cell is None else self.cell
        return self.list.items[-1].inline if self.list and self.list.items else self.inline

    def text(self, text: str) -> None:
        """Take a text as it stands between two tags."""
        is_odd = not text.isprintable()
        if is_odd:
            text = INVISIBLE.sub("", text)
        if self.formula is not None:
            self.formula.take(text)
        elif self.pre is not None:
            self.pre.append(text)
        else:
            self.add(BLANKS.sub(" ", text) if is_odd or "  " in text else text)

    def add(self, text: str) -> None:
        """Add a text whose blanks are single ones."""
        target = self.target
        if text[:1] == " " and (not target or target[-1].text[-1] in " \n"):
            text = text[1:]
        if text:
            target.append(Piece(self.looks.style, text))

    def line(self) -> None:
        """Begin a new block: a new line within a cell or an entry, else a new paragraph."""
        target = self.target
        if target is self.inline:
            self.end_paragraph()
        elif target and target[-1].text != BREAK:
            target.append(Piece("", BREAK))

    def end_paragraph(self) -> None:
        """Make a block of the text that stands in no list and no table."""
        if self.inline:
            self.blocks.append(Paragraph(self.inline))
            self.inline = []

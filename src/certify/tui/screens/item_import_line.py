"""One line of an import's report in full."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from certify.i18n import N_, _
from certify.tui import item_import_words as words
from certify.tui.columns import fit
from certify.tui.item_import_words import ReportLine
from certify.tui.lesson_text import MAX_WIDTH
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import hung


class ItemImportLineScreen(Page):
    """All that the report says of one question, loss or topic."""

    HELP = N_("Everything the report says of this line. Esc leads back to the report.")
    RELOADS = False

    def __init__(self, line: ReportLine) -> None:
        super().__init__()
        self.line = line

    def body(self) -> ComposeResult:
        yield Paper()

    def heading(self) -> str:
        return _(words.GROUPS[self.line.group][0])

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        room = max(cell_len(label) for label, _text in self.line.parts) + 2
        lines = [Content()]
        for label, text in self.line.parts:
            lead = fit(label, room, "$foreground 70%")
            lines += [*hung(lead, safe_text(text), min(width, MAX_WIDTH)), Content()]
        return [PaperLine(line) for line in lines]

"""The base of screens that show one thing in full, line by line, and what can be done to it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from certify.errors import CertifyError
from certify.tui.dialogs.form import Form
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class LinesPage(Page):
    """A subclass gives `lines` and, as it needs it, `foot`."""

    DEFAULT_CSS = "LinesPage Paper { height: 1fr; padding-top: 1; }"

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="foot")

    def on_mount(self) -> None:
        self.query_one(Paper).focus()

    def lines(self) -> Sequence[str]:
        """What is shown, the first line as a heading; text from anywhere."""
        return ()

    def foot(self) -> Content:
        """What stands below."""
        return Content()

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        foot = self.foot()
        self.query_one("#foot", Line).put(Content(" ") + foot)
        self.query_one("#foot", Line).set_class(not foot.plain, "-none")
        self.refresh_bindings()

    async def ask(self, form: Form) -> None:
        """Open a dialog, and show everything anew when it did something."""
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    async def tell(self, error: CertifyError) -> None:
        """Say that something was refused, and show how things stand now."""
        await self.certify.tell(error)
        self.reload()

    def _write(self, width: int) -> list[PaperLine]:
        written = []
        for block, text in enumerate(self.lines()):
            style = "bold" if block == 0 else ""
            parts = wrap(safe_line(text, style), width)
            written += [PaperLine(part, block) for part in parts]
            written += [PaperLine(Content(), block)] if block == 0 else []
        return written

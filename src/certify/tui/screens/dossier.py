"""A report or dossier as a page to read."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult

from certify.i18n import N_
from certify.services.reporting import dossier
from certify.services.reporting.document import Document
from certify.services.reporting.said import shown
from certify.tui.page import Page
from certify.tui.report_charts import drawn
from certify.tui.widgets.paper import Paper, PaperLine

Use = Callable[..., Document]
"""A use case that gives a document; called with the platform and the actor."""


class DocumentScreen(Page):
    """Shows the document of a use case; the arrow keys scroll."""

    HELP = N_(
        "The arrow keys, Page up and Page down scroll. What is too wide for a table stands in "
        "paragraphs. On the command line “certify report” gives the same as Markdown or JSON."
    )
    RELOADS = False

    def __init__(self, make: Use, **wanted: Any) -> None:
        """Args:
        make: the use case.
        wanted: what it is asked for.
        """
        super().__init__()
        self.make = make
        self.wanted = wanted
        self.document: Document | None = None

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.document = await self.certify.use(self.make, actor=self.actor, **self.wanted)

    def heading(self) -> str:
        return shown(self.document.title) if self.document else ""

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        lines = drawn(self.document, width)[1:] if self.document else []
        return [PaperLine(line, n) for n, line in enumerate(lines)]


def cohort_dossier(number: int) -> DocumentScreen:
    """The dossier of a cohort."""
    return DocumentScreen(dossier.cohort_dossier, cohort_id=number)


def session_dossier(code: str) -> DocumentScreen:
    """The dossier of a training session."""
    return DocumentScreen(dossier.session_dossier, code=code)

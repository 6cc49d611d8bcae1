"""The base of every dialog: its box, its keys, help and language as everywhere."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from certify.i18n import N_
from certify.tui.painting import PaintedOnce
from certify.tui.widgets.key_line import KeyLine
from certify.tui.widgets.too_small import Roomy

AnswerT = TypeVar("AnswerT")


class Dialog(ModalScreen[AnswerT], PaintedOnce[AnswerT], Roomy[AnswerT]):
    """A small question on top of a screen.

    A subclass gives `body` (its widgets) and, if its words can change, `show`.
    """

    HELP: ClassVar[str] = ""
    """What one can do here, for F1; English source text, marked with `N_`."""
    BINDINGS = [
        Binding("f1", "app.help", N_("Help"), show=False),
        Binding("f2", "app.language", N_("中文/English"), show=False),
    ]

    def compose(self) -> ComposeResult:
        self.fit()
        with Vertical(classes="dialog"):
            yield from self.body()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets in the box."""
        yield from ()

    def heading(self) -> str:
        """The name of this dialog, translated."""
        return ""

    def show(self) -> None:
        """Write the words into the widgets in the language being spoken."""

    def retell(self) -> None:
        """Show everything again after the language changed."""
        self.show()
        self.query_one(KeyLine).refresh()

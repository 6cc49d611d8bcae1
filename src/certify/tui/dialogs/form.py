"""Asks for a few values and does something with them; a refusal stays in the dialog."""

from collections.abc import Awaitable, Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.tui.dialogs.dialog import Dialog
from certify.tui.safe_text import safe_text
from certify.tui.widgets.fields import Ask, Fields

Send = Callable[[dict[str, str]], Awaitable[str | None]]
"""Does what is asked for; what it gives is the dialog's answer. Its errors are shown."""


class Form(Dialog[str | None]):
    """Gives what `send` gave, or None when the person thought better of it."""

    HELP = N_("Enter goes to the next field; on the last one it does what is asked for.")
    BINDINGS = [Binding("escape", "dismiss(None)", N_("Cancel"))]

    def __init__(self, title: str, asks: Sequence[Ask], send: Send, about: str = "") -> None:
        """Args:
        title: English source text, marked with `N_`.
        about: what will happen, English source text or translated text.
        """
        super().__init__()
        self.head = title
        self.about = about
        self.asks = asks
        self.send = send

    def body(self) -> ComposeResult:
        yield Static(id="head")
        if self.about:
            yield Static(id="about")
        yield Fields(self.asks)
        yield Static(id="trouble")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Fields).start()

    def heading(self) -> str:
        return _(self.head)

    def show(self) -> None:
        self.query_one("#head", Static).update(Content.styled(_(self.head), "bold"))
        if self.about:
            self.query_one("#about", Static).update(safe_text(_(self.about), "$foreground 80%"))
        self.query_one(Fields).retell()

    @on(Fields.Done)
    @work(exclusive=True)
    async def finish(self, message: Fields.Done) -> None:
        """Do it, and close when it worked."""
        self.query_one("#trouble", Static).update(Content(_("One moment…")))
        try:
            answer = await self.send(message.values)
        except CertifyError as error:
            lines = [error.message, error.place, error.mend]
            said = safe_text("\n".join(line for line in lines if line), "$error")
            self.query_one("#trouble", Static).update(said)
            return
        self.dismiss(answer)

"""One item of a folder under work, as candidates will see it, and what its answer is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import previewing
from certify.services.feedback import Feedback
from certify.services.previewing import PreviewItem
from certify.tui.item_widget import ItemWidget
from certify.tui.page import Page
from certify.tui.practice_paper import told_page
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine

if TYPE_CHECKING:
    from certify.tui.preview import PreviewApp


class PreviewItemScreen(Page):
    """Answer it as in the exam; F10 tells right or wrong, the key and why."""

    HELP = N_(
        "The item as it is shown in an exam: try to answer it. F10, or S where nothing is typed, "
        "tells whether that is right, the right answer and why. Enter goes back to the item. N and "
        "P show the next and the previous one. What you save in your editor is shown at once."
    )
    BINDINGS = [
        Binding("s,f10", "check", N_("Check the answer"), key_display="F10"),
        Binding("enter", "try_again", N_("The item again")),
        Binding("n", "turn(1)", N_("Next")),
        Binding("p", "turn(-1)", N_("Previous")),
    ]
    DEFAULT_CSS = """
    PreviewItemScreen #item { height: 1fr; }
    PreviewItemScreen Paper { display: none; height: 1fr; }
    PreviewItemScreen.-reading #item { display: none; }
    PreviewItemScreen.-reading Paper { display: block; }
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.item: PreviewItem | None = None
        self.said: Feedback | None = None
        self._answer: dict[str, Any] | None = None
        self._widgets: dict[str, ItemWidget] = {}

    def body(self) -> ComposeResult:
        yield Container(id="item")
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        items = {item.code: item for item in self._app.preview.items}
        self.item = items.get(self.code)
        self.said = None
        if self.item is not None and self.item.type not in self._widgets:
            classes = self.certify.platform.plugins.question_widgets()
            widget = self._widgets[self.item.type] = classes[self.item.type]()
            await self.query_one("#item", Container).mount(widget)

    def heading(self) -> str:
        return _("Preview: {course}").format(course=self.code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "check":
            return self.item is not None and self.said is None
        if action == "try_again":
            return self.said is not None
        return super().check_action(action, parameters)

    def show(self) -> None:
        item = self.item
        self.set_class(self.said is not None, "-reading")
        self.refresh_bindings()
        for kind, widget in self._widgets.items():
            widget.display = item is not None and kind == item.type
        if item is None:
            return
        if self.said is not None:
            paper = self.query_one(Paper)
            paper.write(self._write)
            paper.focus()
        else:
            self._widgets[item.type].put(item.shown, self._answer)
            self._widgets[item.type].take_focus()

    @on(ItemWidget.Answered)
    def answered(self, message: ItemWidget.Answered) -> None:
        """Keep the answer while the item is in the eye; it is saved nowhere."""
        self._answer = message.answer

    @work
    async def action_check(self) -> None:
        """Tell what would be said of the answer."""
        if self.item is None:
            return
        self._widgets[self.item.type].flush()
        try:
            self.said = await self.certify.use(
                previewing.told,
                folder=self._app.preview.folder,
                code=self.code,
                answer=self._answer,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.show()

    def action_try_again(self) -> None:
        """Show the item without its key."""
        self.said = None
        self.show()

    def action_turn(self, step: int) -> None:
        """Show another item of the folder."""
        codes = [item.code for item in self._app.preview.items]
        if self.code in codes:
            self.code = codes[(codes.index(self.code) + step) % len(codes)]
            self._answer = None
            self.reload()

    def _write(self, width: int) -> Sequence[PaperLine]:
        assert self.item is not None and self.said is not None  # noqa: S101, PT018
        return told_page(self.item.shown, self.said, width)

    @property
    def _app(self) -> "PreviewApp":
        return cast("PreviewApp", self.app)

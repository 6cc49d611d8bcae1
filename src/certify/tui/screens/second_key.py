"""The blind second key: items as candidates see them, one after the other, without their keys."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services import review_key, review_words
from certify.services.review_key import KeyGiven, KeyQuestion
from certify.tui.item_widget import ItemWidget
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class SecondKeyScreen(Page):
    """Asks for the second keys of some items."""

    HELP = N_(
        "Answer as a candidate would. F10, or S where nothing is typed, keeps your answer as the "
        "second key of the item; it cannot be changed. Where it does not agree with the author's "
        "key the item is blocked until it is edited, or until two others agree with the key. N "
        "passes on to the next item. Esc leaves; what you gave is kept."
    )
    RELOADS = False
    BINDINGS = [
        Binding("s,f10", "give", N_("Keep as second key"), key_display="F10"),
        Binding("n", "go_on", N_("Next item")),
        Binding("enter", "go_on", N_("Go on"), show=False),
    ]
    DEFAULT_CSS = """
    SecondKeyScreen #item { height: 1fr; }
    SecondKeyScreen Paper { display: none; height: 1fr; }
    SecondKeyScreen.-reading #item { display: none; }
    SecondKeyScreen.-reading Paper { display: block; }
    """

    def __init__(self, codes: Sequence[str]) -> None:
        """Args:
        codes: of the items, in the order in which they are asked.
        """
        super().__init__()
        self.codes = list(codes)
        self.place = 0
        self.question: KeyQuestion | None = None
        """The item in the eye; None once all were asked."""
        self.given: KeyGiven | None = None
        """What became of its second key; None while there is none."""
        self._is_sending = False
        self._widgets: dict[str, ItemWidget] = {}

    def body(self) -> ComposeResult:
        yield Container(id="item")
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.given = self.question = None
        if self.place >= len(self.codes):
            return
        self.question = await self.certify.use(
            review_key.question, actor=self.actor, code=self.codes[self.place]
        )
        kind = self.question.type
        if kind not in self._widgets:
            self._widgets[kind] = self.certify.platform.plugins.question_widgets()[kind]()
            await self.query_one("#item", Container).mount(self._widgets[kind])

    def heading(self) -> str:
        return _("Second key")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "give":
            return self.question is not None and self.given is None
        if action == "go_on":
            return self.place < len(self.codes)
        return super().check_action(action, parameters)

    def show(self) -> None:
        asked = self.question
        self.set_class(asked is None or self.given is not None, "-reading")
        self.refresh_bindings()
        self._show_place()
        if self.has_class("-reading"):
            paper = self.query_one(Paper)
            paper.write(self._write)
            paper.focus()
        elif asked is not None:
            for kind, widget in self._widgets.items():
                widget.display = kind == asked.type
            widget = self._widgets[asked.type]
            widget.put(asked.shown, widget.answer if widget.shown is asked.shown else None)
            if self.app.screen is self:
                widget.take_focus()

    @on(ItemWidget.Answered)
    def take_answer(self, message: ItemWidget.Answered) -> None:
        """Show the answer; nothing is kept before F10."""
        asked = self.question
        if asked is not None and message.shown is asked.shown and self.given is None:
            self._widgets[asked.type].put(asked.shown, message.answer)

    @on(ItemWidget.Done)
    def take_done(self) -> None:
        """Enter on an answer keeps it."""
        self.action_give()

    @work(group="give")
    async def action_give(self) -> None:
        """Keep the answer as the second key."""
        asked = self.question
        if asked is None or self.given is not None or self._is_sending:
            return
        widget = self._widgets[asked.type]
        widget.flush()
        if not widget.answer:
            self.notify(_("Answer it first."), markup=False)
            return
        self._is_sending = True
        try:
            self.given = await self.certify.use(
                review_key.give,
                actor=self.actor,
                code=asked.code,
                version_id=asked.version_id,
                answer=dict(widget.answer),
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        finally:
            self._is_sending = False
        self.show()

    def action_go_on(self) -> None:
        """The next item; after the last one, that all were asked."""
        self.place += 1
        self.reload()

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.given is None:
            lines = [Content(), Content(_("These were all. Esc: back"))]
            return [PaperLine(line) for line in lines]
        head = Content.styled(_("✗ Your answer is not its key"), "bold $error")
        said = _("The item is blocked until it is edited, or until others agree with its key.")
        if self.given.agrees:
            head = Content.styled(_("✓ Your answer agrees with its key"), "bold $success")
            said = _("It now waits for whoever reviews it; that may be you.")
            if self.given.keys.missing:
                said = _("The key is still disputed.")
        keys = review_words.keys(self.given.keys)
        lines = [Content(), head, Content(), *wrap(Content(said), width), Content(keys)]
        lines += [Content(), Content(_("Enter: next item · Esc: back"))]
        return [PaperLine(line) for line in lines]

    def _show_place(self) -> None:
        asked, place, topic = self.question, Content(), Content()
        if asked is not None:
            text = _("{code} · item {number} of {count}")
            place = safe_line(
                text.format(code=asked.code, number=self.place + 1, count=len(self.codes))
            )
            topic = safe_line(pick(asked.topic_title), "$foreground 70%")
        self.query_one("#title", Line).put(None, place, self.certify.who_line())
        self.query_one("#status", Line).put(topic, Content(), Content())

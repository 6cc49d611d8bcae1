"""What changed in a standard, for who must know it: read, then practise."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services.standard_life import delta, delta_passing, delta_words, words
from certify.services.standard_life.delta import DeltaView
from certify.services.standard_life.texts import changed
from certify.tui.lesson_text import MAX_WIDTH
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.practice import PracticeScreen
from certify.tui.signs import signed
from certify.tui.standard_texts import beside_lines
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class DeltaTrainingScreen(Page):
    """Old and new text side by side; R says that one has read it, P practises."""

    HELP = N_(
        "A standard on which your post qualification rests has a new text. Read what changed: the "
        "old text stands on the left, the new one on the right, what differs in brackets. R says "
        "that you have read it, then P gives practice items on the new text. An exam that asks "
        "for it, or a session with a trainer, passes you just as well."
    )
    BINDINGS = [
        Binding("r", "read", N_("I have read it")),
        Binding("p", "practise", N_("Practise")),
    ]

    def __init__(self, training_id: int) -> None:
        super().__init__()
        self.training_id = training_id
        self.view: DeltaView | None = None

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            delta.delta, actor=self.actor, training_id=self.training_id
        )

    def heading(self) -> str:
        return _("What changed")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action in ("read", "practise"):
            if view is None or not view.is_open or view.staff_no != self.actor.staff_no:
                return False
            is_read = view.read_at is not None
            return is_read and view.needed > 0 if action == "practise" else not is_read
        return super().check_action(action, parameters)

    def show(self) -> None:
        if self.view is None:
            return
        paper = self.query_one(Paper)
        paper.write(self._write)
        paper.focus()
        self.query_one("#status", Line).put(state_sign(self.view), None, None)
        self.refresh_bindings()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view, width = self.view, min(width, MAX_WIDTH)
        if view is None:
            return ()
        title = f"{view.number}  {pick(view.item)}"
        lines = [Content(), safe_line(title, "bold underline $primary")]
        if view.is_confidential:
            lines += wrap(Content.styled(words.confidential(), "bold $warning"), width)
        if view.staff_no != self.actor.staff_no:
            lines.append(safe_line(f"{view.name} {view.staff_no}"))
        lines += wrap(safe_text(delta_words.days(view)), width)
        if view.is_open:
            lines += wrap(Content.styled(delta_words.consequence(), "$foreground 70%"), width)
        lines += beside_lines(changed(view.old, view.new), width)
        if view.old is not None:
            lines.append(Content.styled(_("[ ] marks what differs."), "$foreground 70%"))
        lines += [Content(), Content.styled(_("Why it changed"), "bold $primary")]
        lines += wrap(safe_text(view.description), width)
        lines += [Content(), Content.styled(_("What to do now"), "bold $primary")]
        lines += wrap(safe_text(delta_words.next_step(view)), width)
        return [PaperLine(line) for line in lines]

    @work
    async def action_read(self) -> None:
        """Say that one has read it."""
        try:
            await self.certify.use(
                delta.confirm_read, actor=self.actor, training_id=self.training_id
            )
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    def action_practise(self) -> None:
        """Practice items on the new text."""
        self.app.push_screen(DeltaPracticeScreen(self.training_id))


class DeltaPracticeScreen(PracticeScreen):
    """Practice items on a new text, one after the other, then back."""

    HELP = N_(
        "Practice items on the new text. Answer, then press F10, or S where nothing is typed, to "
        "see at once whether it is right and why. Enter goes on, after the last item back. What "
        "you answered rightly is kept; Esc leaves."
    )

    def __init__(self, training_id: int) -> None:
        super().__init__("")
        self.training_id = training_id

    async def fetch(self) -> None:
        await self.put_round(
            await self.certify.use(
                delta_passing.begin, actor=self.actor, training_id=self.training_id
            )
        )

    @work(group="go")
    async def action_go_on(self) -> None:
        """The next item, after the last one the text."""
        if self.round is not None and self.position + 1 < len(self.round.items):
            self.position, self.back_at = self.position + 1, None
            self.show()
        else:
            self.action_back()


def state_sign(view: DeltaView) -> Content:
    """How far somebody is, with its sign."""
    text = delta_words.state(view)
    if view.passed_at is not None:
        return signed("✓", text, "$success")
    if view.is_moot:
        return signed("–", text, "$foreground 70%")
    if view.is_late:
        return signed("!", text, "$error")
    return signed("○" if view.read_at is None else "◐", text, "$accent")

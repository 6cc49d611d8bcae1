"""The exam: one item in the eye, the time and the state of saving always in the same place."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content

from certify.errors import AttemptClosed, CertifyError, TakenOver
from certify.i18n import N_, _, pick
from certify.services.sitting import Sitting
from certify.tui import sitting_words
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.number import AskNumber
from certify.tui.item_widget import ItemWidget
from certify.tui.safe_text import safe_line
from certify.tui.sitting_page import SittingPage
from certify.tui.widgets.line import Line
from certify.tui.widgets.navigator import Navigator
from certify.tui.widgets.too_small import TooSmall


class ExamScreen(SittingPage):
    """One sitting on this terminal."""

    HELP = N_(
        "Type the number of an option to choose it, or move to it with ↑ ↓ and press Enter; Enter "
        "again goes on to the next item. Delete takes the answer back. Where [ ] stands before "
        "the options, several may be right. With "
        "← and → you go to the item before and after, with G to any number. F flags an item you "
        "want to look at again. “✓ Saved” at the bottom left means that your answer is safe. "
        "S submits the exam; before that you see which items have no answer yet. Esc leaves the "
        "exam without submitting: the time goes on running and you can come back. B begins a "
        "break, if you may take one."
    )
    BINDINGS = [
        Binding("left,p", "go(-1)", N_("Previous item"), key_display="←"),
        Binding("right,n", "go(1)", N_("Next item"), key_display="→"),
        Binding("f", "flag", N_("Flag")),
        Binding("g", "ask_number", N_("Go to")),
        Binding("b", "take_break", N_("Break")),
        Binding("s", "submit", N_("Submit")),
        Binding("f10", "submit", N_("Submit")),  # while S belongs to a text
        Binding("escape", "leave", N_("Leave")),
    ]
    DEFAULT_CSS = """
    ExamScreen #news { display: none; }
    ExamScreen.-news #news { display: block; }
    """

    def __init__(self, begun: Sitting) -> None:
        super().__init__(begun)
        self.position = begun.position
        self._widgets: dict[str, ItemWidget] = {}

    def body(self) -> ComposeResult:
        kinds = {item.type for item in self.sitting.items}
        classes = self.certify.platform.plugins.question_widgets()
        self._widgets = {kind: classes[kind]() for kind in sorted(kinds)}
        yield Container(*self._widgets.values(), id="item")
        yield Navigator()
        yield Line(id="news")
        yield Line(id="status")

    def show(self) -> None:
        item = self.sitting.items[self.position]
        for kind, widget in self._widgets.items():
            widget.display = kind == item.type
        self.widget.put(item.shown, self.sheet.entry(self.position).answer)
        if self.app.screen is self:
            self.widget.take_focus()
        self.show_states()
        self.tick()

    def retell(self) -> None:
        super().retell()
        self.tick()

    def heading(self) -> str:
        return pick(self.sitting.title)

    @property
    def widget(self) -> ItemWidget:
        """The widget of the item in the eye."""
        return self._widgets[self.sitting.items[self.position].type]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.time.break_left > 0 if action == "take_break" else True

    @on(ItemWidget.Answered)
    def take_answer(self, message: ItemWidget.Answered) -> None:
        """Give the answer to the sheet; it is shown as saved only when its receipt came."""
        places = [item.position for item in self.sitting.items if item.shown is message.shown]
        self._give_answer(places[0] if places else self.position, message.answer)

    @on(ItemWidget.Done)
    def take_done(self) -> None:
        """Go to the next item."""
        self._go_to(self.position + 1)

    def action_flag(self) -> None:
        """Flag the item for review, or take the flag back."""
        self.flush()
        entry = self.sheet.entry(self.position)
        self._give(self.position, entry.answer, not entry.flagged)

    def action_go(self, step: int) -> None:
        """Go to the item before or after."""
        self._go_to(self.position + step)

    @work
    async def action_ask_number(self) -> None:
        """Ask for the number of an item and go there."""
        number = await self.app.push_screen_wait(
            AskNumber(_("Go to item number"), len(self.sitting.items))
        )
        if number is not None:
            self._go_to(number - 1)

    @work(exclusive=True, group="ask")
    async def action_submit(self) -> None:
        """Ask, naming what has no answer, then submit."""
        self.flush()
        details = sitting_words.before_submitting(self.sheet)
        question = Confirm(_("Submit the exam now?"), details, guarded=True)
        if await self.app.push_screen_wait(question):
            self.finish()

    @work(exclusive=True, group="ask")
    async def action_take_break(self) -> None:
        """Begin a break once everything is saved; the items are hidden until it ends."""
        from certify.tui.screens.on_break import OnBreakScreen

        self.flush()
        details = Content(sitting_words.break_rules(self.time.break_left))
        if not await self.app.push_screen_wait(Confirm(_("Take a break now?"), details)):
            return
        await self.saving.all_saved(self.is_late)
        try:
            begun = await self.link.begin_break()
        except (AttemptClosed, TakenOver) as error:
            await self.end_with(error)
            return
        except CertifyError as error:  # no break, but the exam goes on
            await self.certify.tell(error)
            return
        self.time.learn(begun.deadline, begun.now, silently=True)
        await self.app.push_screen_wait(OnBreakScreen(begun))
        if (refusal := await self.saving.insist(self._end_break)) is not None:
            await self.end_with(refusal)
        elif not self.is_over:
            self.refresh_bindings()
            self.show()

    async def _end_break(self) -> None:
        ended = await self.link.end_break()
        self.saving.problem = ""
        self.time.break_left = ended.break_left
        self.time.learn(ended.deadline, ended.now, silently=True)

    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        """Leave without submitting, after saying what that means."""
        if await self.may_quit():
            self.end(None)

    async def may_quit(self) -> bool:
        """Ask whether to leave the exam without submitting."""
        if self.is_over:
            return True
        self.flush()
        question = _("Leave the exam without submitting?")
        details = sitting_words.before_leaving(self.sheet)
        return await self.app.push_screen_wait(Confirm(question, details, guarded=True))

    def flush(self) -> None:
        """Take what was typed and not posted yet: its message would come too late."""
        self.widget.flush()
        self._give_answer(self.position, self.widget.answer)

    def _give_answer(self, position: int, answer: object) -> None:
        entry = self.sheet.entry(position)
        if answer != entry.answer:
            self._give(position, answer, entry.flagged)

    def _give(self, position: int, answer: object, flagged: bool) -> None:
        if self.is_over or self.is_ending:
            return
        given = answer if isinstance(answer, dict) else None
        self.sheet.give(position, answer=given, flagged=flagged)
        self.saving.wake()
        self.show()

    def _go_to(self, position: int) -> None:
        if not 0 <= position < len(self.sitting.items) or position == self.position:
            return
        self.flush()
        self.position = position
        self.show()
        self.run_worker(self.link.keep_position(position), group="position", exclusive=True)

    def show_states(self) -> None:
        self.query_one(Navigator).put(self.sheet.states(), self.position)
        saved_at = self.local(self.saving.saved_at) if self.saving.saved_at else None
        saved = sitting_words.saved(self.sheet, self.saving.problem, saved_at)
        self.query_one("#status", Line).put(saved, None, sitting_words.counts(self.sheet))

    def tick(self) -> None:
        if self.is_over or not self.is_mounted:
            return
        left = self.time.left(self.now())
        self.query_one("#title", Line).put(
            safe_line(f" {self.heading()}", "bold"),
            sitting_words.place(self.position, len(self.sitting.items)),
            sitting_words.time_left(left),
        )
        self.query_one(TooSmall).say(sitting_words.time_left(left).plain)
        news = self.time.news(self.now())
        self.query_one("#news", Line).put(news)
        self.set_class(bool(news.plain), "-news")
        super().tick()

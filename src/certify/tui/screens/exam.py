"""The exam: one item in the eye, the time and the state of saving always in the same place."""

from collections.abc import Mapping

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from certify.errors import AttemptClosed, CertifyError, TakenOver
from certify.i18n import N_, _, language, pick
from certify.services.sitting import Sitting
from certify.tui import sitting_words
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.number import AskNumber
from certify.tui.item_widget import ItemWidget
from certify.tui.safe_text import safe_line
from certify.tui.sitting_page import SittingPage
from certify.tui.widgets.line import Line
from certify.tui.widgets.navigator import Navigator

_STEPS = {"left": -1, "p": -1, "right": 1, "n": 1}
"""The keys of `go`, below."""


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
        "break, if you may take one. M shows again what the invigilator announced."
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
        self._place_due: int | None = None
        """The place that is to be kept still."""
        self._said: tuple[str, int] | None = None
        self._heading = self._place = Content()
        self._kinds: Mapping[str, type[ItemWidget]] = {}

    def body(self) -> ComposeResult:
        kinds = sorted({item.type for item in self.sitting.items})
        self._kinds = self.certify.platform.plugins.question_widgets()
        families: dict[type[ItemWidget], ItemWidget] = {}
        for kind in kinds:
            widget = self._kinds[kind]
            self._widgets[kind] = families.setdefault(widget.FAMILY or widget, widget())
        for one in families.values():
            one.listener = self._hear
        yield Container(*families.values(), id="item")
        self._navigator, self._news = Navigator(), Line(id="news")
        self._status = Line(id="status")
        yield self._navigator
        yield self._news
        yield self._status

    def show(self) -> None:
        item = self.sitting.items[self.position]
        for widget in self._widgets.values():
            if widget.display != (widget is self.widget):
                widget.display = widget is self.widget
        self.widget.serve(self._kinds[item.type])
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
        if action == "take_break":
            return self.time.break_left > 0
        return super().check_action(action, parameters)

    def take_at_once(self, key: str) -> bool:
        if self.is_over or self.is_ending or self.focused is not self.widget:
            return False
        if not self.widget.IS_CHOSEN_FROM:
            return False  # a letter may belong to a text
        if key in _STEPS:
            self.action_go(_STEPS[key])
            return True
        return self.widget.take_at_once(key)

    def _hear(self, message: Message) -> None:
        if isinstance(message, ItemWidget.Answered):
            self.take_answer(message)
        else:
            self.take_done()

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
        self.show_states()

    def _go_to(self, position: int) -> None:
        if not 0 <= position < len(self.sitting.items) or position == self.position:
            return
        self.flush()
        self.position = position
        self.show()
        self._place_due = position
        self._keep_place()

    @work(group="position", exclusive=True)
    async def _keep_place(self) -> None:
        position, self._place_due = self._place_due, None
        if position is not None:
            await self.link.keep_position(position)

    async def on_unmount(self) -> None:
        """Keep the place before the connection is gone."""
        if self._place_due is not None and not self.is_over:
            await self.link.keep_position(self._place_due)

    def show_states(self) -> None:
        self._navigator.put(self.sheet.states(), self.position)
        saved_at = self.local(self.saving.saved_at) if self.saving.saved_at else None
        saved = sitting_words.saved(self.sheet, self.saving.problem, saved_at)
        self._status.put(saved, None, sitting_words.counts(self.sheet))

    def tick(self) -> None:
        if self.is_over or not self.is_mounted:
            return
        now = self.now()
        left = sitting_words.time_left(self.time.left(now))
        said = (language(), self.position)
        if said != self._said:  # the same contents again are not drawn again
            self._said = said
            self._heading = safe_line(f" {self.heading()}", "bold")
            self._place = sitting_words.place(self.position, len(self.sitting.items))
        self.title_line.put(self._heading, self._place, left)
        if self.too_small is not None:
            self.too_small.say(left.plain)
        news = self.time.news(now)
        if news.plain != self._news.parts[0].plain:
            self._news.put(news)
            self.set_class(bool(news.plain), "-news")
        super().tick()

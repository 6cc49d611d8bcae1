"""The base of the widgets in whose fields something is typed."""

from collections.abc import Mapping
from typing import Any

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from certify.domain.clean import tidy_line, tidy_text
from certify.i18n import N_, pick
from certify.tui.item_widget import ItemWidget
from certify.tui.lesson_text import MAX_WIDTH, text_lines


class AnswerField(TextArea, inherit_bindings=True):
    """A field for one line or several; every letter typed in it is text.

    A pasted text comes in without control characters, and as one line where one is wanted.
    """

    DEFAULT_CSS = """
    AnswerField { height: 1fr; border: tall $panel; background: $surface; }
    AnswerField:focus { border: tall $primary; }
    AnswerField.-one-line { height: 5; }
    AnswerField.-compact, AnswerField.-compact:focus {
        height: 1; border: none; padding: 0 1; background: $panel;
    }
    AnswerField.-compact:focus { background: $primary 30%; }
    """

    BINDINGS = [
        Binding("enter", "confirm", N_("Next item")),
        Binding("escape", "leave", N_("Leave the text")),
        Binding("left", "beside('cursor_left')", N_("Left"), show=False),
        Binding("right", "beside('cursor_right')", N_("Right"), show=False),
        Binding("up", "above('cursor_up')", N_("Up"), show=False),
        Binding("down", "above('cursor_down')", N_("Down"), show=False),
        Binding("pageup,pagedown", "skip", N_("Scroll the question"), show=False),
    ]

    class Left(Message):
        """The person wants the keys of the page instead of typing."""

    class Confirmed(Message):
        """Enter in a field of one line."""

    def __init__(self, *, most: int, one_line: bool = True, compact: bool = False) -> None:
        """A field for at most `most` characters; a compact one takes one line of the screen."""
        super().__init__(soft_wrap=not compact, highlight_cursor_line=False, max_checkpoints=20)
        self.most = most
        self.one_line = one_line
        self.is_compact = compact
        self.set_class(one_line, "-one-line")
        self.set_class(compact, "-compact")

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be typed."""
        return len(self.text) >= self.most and not self.selected_text

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is a key of the page in a field of one line, else a line break."""
        return self.one_line if action == "confirm" else True

    def on_key(self, event: Key) -> None:
        """Leave Enter to the binding in a field of one line; refuse what has no room."""
        is_break = event.key == "enter"
        if is_break and self.one_line:
            event.prevent_default()
        elif self.is_full and (is_break or event.is_printable):
            event.prevent_default()
            event.stop()
            self.app.bell()

    def on_paste(self, event: Paste) -> None:
        """Put in what is pasted, made safe, as far as there is room."""
        event.prevent_default()
        event.stop()
        text = tidy_line(event.text) if self.one_line else tidy_text(event.text)
        room = self.most - len(self.text) + len(self.selected_text)
        start, end = self.selection
        result = self.replace(text[:room], start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)

    def action_confirm(self) -> None:
        """The answer stands; go on."""
        self.post_message(self.Confirmed())

    def action_leave(self) -> None:
        """Give the keys back to the page."""
        self.post_message(self.Left())

    async def action_beside(self, action: str) -> None:
        """Move the cursor; in an empty field ← and → are keys of the page."""
        if not self.text:
            raise SkipAction
        await self.run_action(action)

    async def action_above(self, action: str) -> None:
        """Move the cursor; from a field of one screen line ↑ and ↓ lead to another field."""
        if self.is_compact:
            raise SkipAction
        await self.run_action(action)

    def action_skip(self) -> None:
        """Leave the key to the page."""
        raise SkipAction


class WrittenWidget(ItemWidget):
    """A stem, below it fields, below them a line that says how to answer.

    While a field has the focus every letter belongs to it; Esc gives the keys back to the page,
    Enter goes back into the text.
    """

    SAVE_AFTER_PAUSE = 0.8
    """Seconds after the last key until what was typed is posted; saved must be ≤ 1 s."""
    SAVE_WHILE_TYPING = 4.0
    """Seconds after which it is posted although typing goes on; saved must be ≤ 5 s."""

    DEFAULT_CSS = """
    WrittenWidget {
        layout: vertical;
        overflow-y: auto;
        padding: 1 2 0 2;
        background: $background;
    }
    WrittenWidget .stem { height: auto; max-height: 60%; scrollbar-size-vertical: 1; }
    WrittenWidget .stem Static { height: auto; }
    WrittenWidget .hint { height: auto; color: $foreground 70%; }
    """

    BINDINGS = [
        Binding("enter", "type", N_("Go on typing")),
        Binding("pageup", "scroll_stem(-1)", N_("Page up"), show=False),
        Binding("pagedown", "scroll_stem(1)", N_("Page down"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._is_left = False
        """Whether keys are those of the page: after Esc, and where there is an answer already."""
        self._pause: Timer | None = None
        self._longest: Timer | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="stem", can_focus=False):
            yield Static()
        yield from self.fields()
        yield Static(classes="hint")

    def fields(self) -> ComposeResult:
        """The fields; subclasses give them."""
        raise NotImplementedError

    def load(self, answer: Mapping[str, Any] | None) -> None:
        """Write an answer, or none, into the fields; subclasses do it."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any] | None:
        """The answer in the fields; None when there is none. Subclasses read it."""
        raise NotImplementedError

    def hint(self) -> Content:
        """What stands below the fields, in the language being spoken."""
        return Content()

    def first_field(self) -> Widget | None:
        """The field that takes the focus."""
        return next((one for one in self.query(AnswerField) if one.display), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter leads into the text only from outside it."""
        return self.has_focus if action == "type" else True

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        is_new = shown is not self.shown
        if is_new:
            self._stop_timers()
            self._is_left = answer is not None
        elif self._pause is not None:
            answer = self.answer  # what was typed meanwhile is newer
        super().put(shown, answer)
        if is_new:
            with self.prevent(TextArea.Changed):
                self.load(answer)
            self.query_one(".stem", VerticalScroll).scroll_home(animate=False)
        self.lay_out()

    def lay_out(self) -> None:
        """Write stem and hint for the width and language there are."""
        width = self.scrollable_content_region.width
        if width and self.shown:
            lines = text_lines(pick(self.shown["stem"]), min(width, MAX_WIDTH))
            self.query_one(".stem Static", Static).update(Content("\n").join([*lines, Content()]))
            self.say_hint()

    def say_hint(self) -> None:
        """Write the line below the fields anew."""
        self.query_one(".hint", Static).update(self.hint())

    def on_resize(self) -> None:
        self.lay_out()

    def on_descendant_focus(self) -> None:
        """A field that was reached by Tab or the mouse keeps the focus."""
        self._is_left = False

    def on_hide(self) -> None:
        """Come back to an answer as to one of another item."""
        self._is_left = self.answer is not None

    def take_focus(self) -> None:
        """Focus the first field, or the widget itself where the person has left the text."""
        field = self.first_field()
        if self._is_left or field is None:
            super().take_focus()
        elif not self.has_focus_within or self.has_focus:
            self.screen.set_focus(field)

    @on(TextArea.Changed)
    def take_change(self, event: TextArea.Changed) -> None:
        """Post what is typed after a pause, or after a while when there is none."""
        event.stop()
        self.changed()

    def changed(self) -> None:
        """Remember that something changed, and see to it that it is posted in time."""
        self.say_hint()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(self.SAVE_AFTER_PAUSE, self.flush)
        if self._longest is None:
            self._longest = self.set_timer(self.SAVE_WHILE_TYPING, self.flush)

    def flush(self) -> None:
        if self._pause is not None:
            self._stop_timers()
            self.give(self.typed())

    @on(AnswerField.Confirmed)
    def take_confirmed(self, event: AnswerField.Confirmed) -> None:
        """Go on from a field."""
        event.stop()
        self.go_on()

    def go_on(self) -> None:
        """Post the answer and ask for the next item."""
        self.flush()
        self.post_message(self.Done())

    @on(AnswerField.Left)
    def take_left(self, event: AnswerField.Left) -> None:
        """Post the answer and take the keys."""
        event.stop()
        self.flush()
        self._is_left = True
        self.take_focus()

    def action_type(self) -> None:
        """Go back into the text."""
        self._is_left = False
        self.take_focus()

    def action_scroll_stem(self, pages: int) -> None:
        """Scroll the stem by a page."""
        stem = self.query_one(".stem", VerticalScroll)
        stem.scroll_relative(y=pages * stem.size.height, animate=False)

    def _stop_timers(self) -> None:
        for timer in (self._pause, self._longest):
            if timer is not None:
                timer.stop()
        self._pause = self._longest = None

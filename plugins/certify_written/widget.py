"""Widgets of the written types."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from certify.api import N_, _, pick, tidy_line
from certify.tui.question_widget import AnswerField, WrittenWidget, safe_line
from certify_written import gaps, typed
from certify_written.numeric import Numeric


class ReplyField(WrittenWidget):
    """A field for a short reply."""

    def fields(self) -> ComposeResult:
        yield AnswerField(most=typed.MOST)

    def load(self, answer: Mapping[str, Any] | None) -> None:
        self.query_one(AnswerField).text = answer["text"] if answer else ""

    def typed(self) -> dict[str, Any] | None:
        text = tidy_line(self.query_one(AnswerField).text)
        return {"text": text} if text else None

    def hint(self) -> Content:
        return Content(
            _("{count} of at most {most} characters.").format(
                count=len(self.query_one(AnswerField).text), most=typed.MOST
            )
        )


class NumberField(ReplyField):
    """A field for a number; what it cannot understand it says at once."""

    DEFAULT_CSS = "NumberField AnswerField { max-width: 40; margin-bottom: 1; }"

    def fields(self) -> ComposeResult:
        yield AnswerField(most=60, compact=True)

    def hint(self) -> Content:
        text = tidy_line(self.query_one(AnswerField).text)
        if text and (problem := Numeric.problem(self.shown, text)):
            return Content.styled(f"! {problem}", "bold $warning")
        units = [pick(unit) for unit in self.shown.get("units", ())]
        if len(units) > 1:
            return safe_line(_("A number and its unit: {units}").format(units=" / ".join(units)))
        if units:
            return safe_line(_("A number; the unit is {unit}").format(unit=units[0]))
        return Content(_("A number"))


class GapChoice(Static, can_focus=True):
    """A gap with a choice: Space or a digit chooses."""

    DEFAULT_CSS = """
    GapChoice { height: auto; width: 1fr; padding: 0 1; background: $panel; }
    GapChoice:focus { background: $primary 30%; }
    """
    BINDINGS = [
        Binding("space", "next", N_("Next choice")),
        Binding("enter", "confirm", N_("Next item")),
        Binding("delete,backspace", "clear", N_("Take the answer back"), show=False),
        *(Binding(str(n), f"choose({n})", N_("Choose"), show=False) for n in range(1, 9)),
    ]

    class Chosen(Message):
        """Another option was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.options: Sequence[Mapping[str, Any]] = ()
        self.chosen = ""
        """The letter of the option, or empty."""

    def put(self, options: Sequence[Mapping[str, Any]], chosen: str) -> None:
        """Show other options, one of which may be chosen."""
        self.options, self.chosen = options, chosen
        self.show()

    def show(self) -> None:
        """Write the options in the language being spoken, the chosen one marked."""
        parts = []
        for number, option in enumerate(self.options, start=1):
            is_chosen = option["id"] == self.chosen
            sign = "(●)" if is_chosen else "( )"
            style = "bold $success" if is_chosen else ""
            parts.append(safe_line(f"{number} {sign} {pick(option['text'])}", style))
        line = Content("   ").join(parts)
        fits = line.cell_length <= self.content_size.width
        self.update(line if fits else Content("\n").join(parts))

    def on_resize(self) -> None:
        self.show()

    def action_next(self) -> None:
        """Choose the option after the chosen one."""
        letters = [str(option["id"]) for option in self.options]
        place = letters.index(self.chosen) + 1 if self.chosen in letters else 0
        self._choose(letters[place % len(letters)])

    def action_choose(self, number: int) -> None:
        """Choose an option by its number."""
        if number <= len(self.options):
            self._choose(str(self.options[number - 1]["id"]))

    def action_clear(self) -> None:
        """Choose none."""
        self._choose("")

    def action_confirm(self) -> None:
        """The answer stands; go on as from a field."""
        self.post_message(AnswerField.Confirmed())

    def _choose(self, letter: str) -> None:
        self.chosen = letter
        self.show()
        self.post_message(self.Chosen())


class GapRow(Horizontal):
    """One gap: its number, and a field or a choice."""

    DEFAULT_CSS = """
    GapRow { height: auto; }
    GapRow .number { width: 5; }
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        yield Static(f"({self.number})", classes="number", markup=False)
        yield AnswerField(most=60, compact=True)
        yield GapChoice()

    def put(self, options: Sequence[Mapping[str, Any]] | None, text: str) -> None:
        """Be a choice, a field, or (None) nothing."""
        self.display = options is not None
        field, choice = self.query_one(AnswerField), self.query_one(GapChoice)
        field.display, choice.display = not options, bool(options)
        field.text = "" if options else text
        choice.put(options or (), text)

    @property
    def entry(self) -> Widget:
        """The part that takes the focus."""
        choice = self.query_one(GapChoice)
        return choice if choice.display else self.query_one(AnswerField)

    @property
    def text(self) -> str:
        """What fills the gap; empty when nothing does."""
        choice = self.query_one(GapChoice)
        return choice.chosen if choice.display else tidy_line(self.query_one(AnswerField).text)


class GapFields(WrittenWidget):
    """A row for each gap; ↑ ↓ and Tab go from one to another."""

    DEFAULT_CSS = """
    GapFields .stem { max-height: 50%; }
    GapFields .hint { margin-top: 1; }
    """
    BINDINGS = [
        Binding("up", "move(-1)", N_("Gap above"), show=False),
        Binding("down", "move(1)", N_("Next gap"), show=False),
        Binding("escape", "leave_gap", N_("Leave the text")),
    ]

    def fields(self) -> ComposeResult:
        for number in range(1, gaps.MOST + 1):
            yield GapRow(number)

    def load(self, answer: Mapping[str, Any] | None) -> None:
        shown = self.shown["gaps"]
        texts = answer["gaps"] if answer else [""] * len(shown)
        for place, row in enumerate(self.query(GapRow)):
            row.put(shown[place], texts[place]) if place < len(shown) else row.put(None, "")

    def lay_out(self) -> None:
        super().lay_out()
        for choice in self.query(GapChoice):
            choice.show()

    def typed(self) -> dict[str, Any] | None:
        texts = [row.text for row in self._rows]
        return {"gaps": texts} if any(texts) else None

    def hint(self) -> Content:
        parts = [_("↑ ↓ other gap")] if len(self._rows) > 1 else []
        if any(self.shown.get("gaps", ())):
            parts.append(_("Space or digit: choose"))
        return Content(" · ".join(parts))

    def first_field(self) -> Widget | None:
        rows = self._rows
        return next((row.entry for row in rows if not row.text), rows[0].entry if rows else None)

    def go_on(self) -> None:
        """Go to the next gap below that is empty, or to the next item when there is none."""
        rows = self._rows
        here = next((n for n, row in enumerate(rows) if row.has_focus_within), len(rows))
        below = [row for row in rows[here + 1 :] if not row.text]
        if below:
            below[0].entry.focus()
        else:
            super().go_on()

    def on_gap_choice_chosen(self) -> None:
        """A choice is an answer at once."""
        self.changed()
        self.flush()

    def action_move(self, step: int) -> None:
        """Go to the gap above or below."""
        rows = self._rows
        here = next((n for n, row in enumerate(rows) if row.has_focus_within), None)
        if here is not None:
            rows[min(max(here + step, 0), len(rows) - 1)].entry.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc leaves a choice as it leaves a field; else it is a key of the page."""
        if action == "leave_gap":
            return any(one.has_focus for one in self.query(GapChoice))
        return super().check_action(action, parameters)

    def action_leave_gap(self) -> None:
        """Give the keys back to the page."""
        self.post_message(AnswerField.Left())

    @property
    def _rows(self) -> list[GapRow]:
        return [row for row in self.query(GapRow) if row.display]

"""The rubric on the screen: for each criterion its words, the points typed, and a remark."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from certify.domain.question_type import Criterion
from certify.domain.scoring import points_text
from certify.i18n import N_, _, pick
from certify.services.marking_points import MOST_REMARK, wrong_points
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import TextBox
from certify.tui.widgets.wrapped import Wrapped

DIGITS = r"[0-9.０-９．]{0,6}"
"""What can be typed as points, with a Chinese keyboard too."""


class RubricLine(Vertical):
    """One criterion."""

    DEFAULT_CSS = """
    RubricLine { height: auto; margin-bottom: 1; }
    RubricLine Horizontal { height: 1; }
    RubricLine .points { width: 9; }
    RubricLine .most { width: auto; padding: 0 2 0 1; }
    RubricLine .remark { width: 1fr; }
    RubricLine .wrong { display: none; height: auto; color: $error; }
    RubricLine.-wrong .wrong { display: block; }
    """

    def __init__(self, number: int, criterion: Criterion) -> None:
        super().__init__()
        self.number = number
        self.criterion = criterion
        self.points = TextBox(compact=True, classes="points", restrict=DIGITS)
        self.remark = TextBox(compact=True, classes="remark", max_length=MOST_REMARK)

    def compose(self) -> ComposeResult:
        yield Wrapped()
        with Horizontal():
            yield self.points
            yield Static(classes="most")
            yield self.remark
        yield Static(classes="wrong")

    def on_mount(self) -> None:
        for box in (self.points, self.remark):
            box.cursor_blink = False  # each blink would paint for every session
        self.retell()

    def retell(self) -> None:
        """Write the words in the language being spoken."""
        title = f"{self.number}. {pick(self.criterion.title)}"
        self.query_one(Wrapped).put(safe_line(title))
        most = points_text(Fraction(self.criterion.points))
        self.query_one(".most", Static).update(
            safe_line(_("of {points}").format(points=most), "$foreground 70%")
        )
        self.remark.placeholder = _("remark")
        if self.has_class("-wrong"):
            self.complain()

    def complain(self) -> bool:
        """Say what is wrong with the points; whether something is."""
        wrong = wrong_points(self.criterion, self.points.value)
        self.set_class(bool(wrong), "-wrong")
        self.query_one(".wrong", Static).update(safe_line(f"! {wrong}"))
        return bool(wrong)

    def forgive(self) -> None:
        """Points that are being mended are not complained about."""
        self.remove_class("-wrong")


class Rubric(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Every criterion; Enter goes from field to field."""

    DEFAULT_CSS = """
    Rubric { padding: 0 2; background: $background; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar = [
        Binding("up", "app.focus_previous", N_("Previous"), show=False),
        Binding("down", "app.focus_next", N_("Next"), show=False),
    ]

    class Changed(Message):
        """Something was typed."""

    class Done(Message):
        """Enter in the last field."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        super().__init__()
        self.lines = [RubricLine(number, one) for number, one in enumerate(criteria, start=1)]

    def compose(self) -> ComposeResult:
        yield from self.lines

    @property
    def points(self) -> dict[str, str]:
        """What was typed as points, by criterion code."""
        return {line.criterion.code: line.points.value for line in self.lines}

    @property
    def remarks(self) -> dict[str, str]:
        """What was typed as remarks, by criterion code."""
        return {line.criterion.code: line.remark.value for line in self.lines}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        return not any((*self.points.values(), *self.remarks.values()))

    def start(self) -> None:
        """Put the cursor into the first field."""
        self.lines[0].points.focus()

    def check(self) -> bool:
        """Whether every criterion has good points; else the first without gets the cursor."""
        wrong = [line for line in self.lines if line.complain()]
        if wrong:
            wrong[0].points.focus()
        return not wrong

    def retell(self) -> None:
        """Write the words in the language being spoken."""
        for line in self.lines:
            line.retell()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The words of a criterion are in sight while it is being marked."""
        for line in self.lines:
            if event.widget in (line.points, line.remark):
                line.scroll_visible(animate=False)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Points that were left say at once what is wrong with them, unless there are none yet."""
        for line in self.lines:
            if line.points is event.widget and line.points.value and self.screen.is_current:
                line.complain()

    @on(Input.Changed)
    def say_changed(self, message: Input.Changed) -> None:
        """Every key counts for the sum."""
        message.stop()
        for line in self.lines:
            if line.points is message.input:
                line.forgive()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def go_on(self, message: Input.Submitted) -> None:
        """Enter: the next criterion; from the last one all is given."""
        message.stop()
        boxes = [box for line in self.lines for box in (line.points, line.remark)]
        place = boxes.index(message.input) + 1  # type: ignore[arg-type]
        if place < len(boxes):
            boxes[place].focus()
        else:
            self.post_message(self.Done())

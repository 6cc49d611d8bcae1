"""The contract between the exam screen and a question type's widget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.message import Message
from textual.widget import Widget


class ItemWidget(Widget, can_focus=True, inherit_bindings=False):
    """Shows one item and posts `Answered` when the person answers.

    It never saves anything and never sees a key. The exam screen saves, and tells the widget
    what is saved; one widget shows every item of its type, one after another.
    """

    @dataclass
    class Answered(Message):
        """The person answered; None means that they took the answer back."""

        answer: dict[str, Any] | None
        shown: Mapping[str, Any] = field(default_factory=dict)
        """What was shown when they did: they may be at another item by now."""

    class Done(Message):
        """The person is content with the answer and wants the next item."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Mapping[str, Any] = {}
        self.answer: Mapping[str, Any] | None = None

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        """Show another item, or the same again after a change of language or width.

        Args:
            shown: what the question type presents; texts by language.
            answer: the answer given so far.
        """
        self.shown, self.answer = shown, answer

    def take_focus(self) -> None:
        """Have the keys from this moment on: `focus` would let keys typed ahead go by."""
        self.screen.set_focus(self)

    def give(self, answer: dict[str, Any] | None) -> None:
        """Take an answer of the person and post it, unless it is the one given already."""
        if answer != self.answer:
            self.answer = answer
            self.post_message(self.Answered(answer, self.shown))

    def flush(self) -> None:
        """Post at once what was typed or moved and not posted yet.

        The exam screen calls it before it shows another item, submits or leaves.
        """

"""The contract between the exam screen and a question type's widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual.message import Message
from textual.widget import Widget


class ItemWidget(Widget, can_focus=True, inherit_bindings=False):
    """Shows one item and posts `Answered` when the person answers.

    It never saves anything and never sees a key. The exam screen saves, and tells the widget
    what is saved; one widget shows every item of its type, one after another.
    """

    FAMILY: ClassVar[type[ItemWidget] | None] = None
    """A class of which any widget shows the items of all the others, once told by `serve`."""

    IS_CHOSEN_FROM: ClassVar[bool] = False
    """Whether no letter is ever typed into it, so that those of the page can be done at once."""

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
        self.listener: Callable[[Message], None] | None = None
        """Takes `Answered` and `Done` at once; None: they are posted."""

    def serve(self, kind: type[ItemWidget]) -> None:
        """Show items of another class of the family from now on."""

    def take_at_once(self, key: str) -> bool:
        """Do what a key is for, if that can be done without waiting for anything.

        A server calls it for the widget that has the focus; False leaves the key to its binding.
        """
        return False

    def tell(self, message: Message) -> None:
        """Hand a message to the page."""
        if self.listener is not None:
            self.listener(message)
        else:
            self.post_message(message)

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
            self.tell(self.Answered(answer, self.shown))

    def flush(self) -> None:
        """Post at once what was typed or moved and not posted yet.

        The exam screen calls it before it shows another item, submits or leaves.
        """

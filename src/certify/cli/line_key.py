"""Blind second keys by lines of text: the item as a candidate would see it, then the answer."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from certify.cli.line_item import say_item
from certify.cli.line_practice import LineItem
from certify.cli.line_terminal import Closed, ask, say
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services import review_key, review_words
from certify.services.review_key import KeyGiven


def give_keys(platform: Platform, *, actor: Actor, codes: Sequence[str]) -> int:
    """Ask for the second keys of items one after the other; returns the exit code.

    Raises:
        Refused: the actor can give no second key for one of them.
    """
    say(_("Type the answer as a candidate would; c takes it back, ? passes on, q leaves."))
    try:
        for number, code in enumerate(codes, start=1):
            asked = review_key.question(platform, actor=actor, code=code)
            LineKey(platform, actor, asked, code).ask_key(number, len(codes))
    except Closed:
        with suppress(OSError):  # the terminal may be gone
            say(_("What you answered is kept."))
    return 0


class LineKey(LineItem):
    """One item whose second key is asked for."""

    def __init__(
        self, platform: Platform, actor: Actor, item: review_key.KeyQuestion, code: str
    ) -> None:
        super().__init__(platform, actor, item)
        self.code = code

    def ask_key(self, number: int, count: int) -> None:
        """Ask until there is an answer or the person passes on, then say what became of it.

        Raises:
            Closed: the person leaves.
        """
        say("")
        text = _("{code}: item {number} of {count} ({type})")
        label = _(self.kind.label)
        say(text.format(code=self.code, number=number, count=count, type=label))
        say_item(self.kind, self.item.shown, None)
        while True:
            typed = ask(_("Answer:"))
            if typed == "?":
                return
            if typed.lower() == "c":
                self.given = None
                say_item(self.kind, self.item.shown, None)
            elif typed and (given := self._key_of(typed)) is not None:
                say(said_of(given))
                return

    def _key_of(self, typed: str) -> KeyGiven | None:
        """What became of a typed answer; None while it is none, or is not complete."""
        if not self._take(typed.removeprefix("=")) or self.given is None:
            return None
        return self._give(self.given)

    def _give(self, answer: dict[str, Any]) -> KeyGiven | None:
        try:
            return review_key.give(
                self.platform,
                actor=self.actor,
                code=self.code,
                version_id=self.item.version_id,
                answer=answer,
            )
        except BadInput as problem:
            say(problem.message)
            return None


def said_of(given: KeyGiven) -> str:
    """What became of a second key, and how those of the item stand."""
    text = _("{code}: ✗ your answer is not its key; the item is blocked. {keys}.")
    if given.agrees:
        text = _("{code}: ✓ your answer agrees with its key. {keys}.")
    return text.format(code=given.code, keys=review_words.keys(given.keys))

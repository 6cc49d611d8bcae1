"""What the choice types share: options with a key, shown in an order the seed decides."""

import re
from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from pydantic import BaseModel, ConfigDict

from certify.api import (
    ContentError,
    ItemBlock,
    QuestionType,
    _,
    asks_for_number,
    pick,
    shuffled,
    stem_and_explanation,
    text_in,
)

MOST = 9
"""Most options of an item: each has a digit of its own on the keyboard."""


class ChoiceContent(BaseModel):
    """Stem, options and key of a choice item; texts by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    options: dict[str, dict[str, str]]
    """Option letter → text by language, in the author's order."""
    key: tuple[str, ...]
    explanation: dict[str, str]


class ChoiceAnswer(BaseModel):
    """The letters chosen; letters are the author's, whatever order is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    chosen: tuple[str, ...]


class Choice(QuestionType[ChoiceContent, ChoiceAnswer]):
    """Base of the choice types."""

    content_model = ChoiceContent
    answer_model = ChoiceAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ChoiceContent:
        own = next(iter(blocks.values()))
        for language, block in blocks.items():
            if len(block.options) != len(own.options):
                raise ContentError(
                    _("{count} options in {language}, {other} in the own language.").format(
                        count=len(block.options), language=language, other=len(own.options)
                    )
                )
            texts = [text for text, mark in block.options]
            if len(set(texts)) != len(texts) or not all(texts):
                raise ContentError(_("Two options are alike or one is empty."))
        if not 2 <= len(own.options) <= MOST:
            raise ContentError(_("A choice item has 2 to {most} options.").format(most=MOST))
        if any(mark is None for _text, mark in own.options):
            raise ContentError(_("Every option begins with “[ ]” or “[x]”."))
        letters = ascii_lowercase[: len(own.options)]
        return ChoiceContent(
            options={
                letter: {name: block.options[place][0] for name, block in blocks.items()}
                for place, letter in enumerate(letters)
            },
            key=tuple(
                letter for letter, (_text, mark) in zip(letters, own.options, strict=True) if mark
            ),
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: ChoiceContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        return ItemBlock(
            text_in(content.stem, language),
            tuple(
                (pick(text, language), letter in content.key if with_key else None)
                for letter, text in content.options.items()
            ),
            text_in(content.explanation, language),
        )

    def present(self, content: ChoiceContent, seed: str) -> dict[str, Any]:
        order = self.order(content, seed)
        return {
            "stem": content.stem,
            "options": [{"id": letter, "text": content.options[letter]} for letter in order],
        }

    def order(self, content: ChoiceContent, seed: str) -> Sequence[str]:
        """The letters in the order in which they are shown."""
        return shuffled(content.options, seed)

    def check_answer(self, content: ChoiceContent, answer: ChoiceAnswer) -> None:
        if unknown := set(answer.chosen) - set(content.options):
            raise ValueError(f"no such option: {', '.join(sorted(unknown))}")
        if len(set(answer.chosen)) != len(answer.chosen) or not answer.chosen:
            raise ValueError("each option may be chosen once, and at least one must be")

    def choices(self, content: ChoiceContent, answer: ChoiceAnswer) -> Sequence[str]:
        return answer.chosen

    def answer_text(self, content: ChoiceContent, answer: ChoiceAnswer, language: str) -> str:
        return self._texts(content, answer.chosen, language)

    def key_text(self, content: ChoiceContent, language: str) -> str:
        return self._texts(content, content.key, language)

    @staticmethod
    def _texts(content: ChoiceContent, letters: Sequence[str], language: str) -> str:
        texts = (content.options[letter] for letter in content.options if letter in letters)
        return _("; ").join(pick(text, language) for text in texts)

    def asks_number(self, content: ChoiceContent) -> bool:
        texts = [text for option in content.options.values() for text in option.values()]
        return asks_for_number(content.stem.values(), texts)

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return [
            (str(place), pick(option["text"], language))
            for place, option in enumerate(shown["options"], start=1)
        ]

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        places = [int(digit) for digit in re.findall(r"\d", typed)]
        rest = re.sub(r"[\d\s,，、]", "", typed)
        if rest or not places or not all(1 <= p <= len(shown["options"]) for p in places):
            raise ValueError(_("Type the number of an option."))
        return {"chosen": sorted({shown["options"][place - 1]["id"] for place in places})}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return "".join(
            str(place)
            for place, option in enumerate(shown["options"], start=1)
            if option["id"] in answer["chosen"]
        )

"""`ordering`: lines are put into their right order (R-ASM-01)."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from certify.api import (
    N_,
    ContentError,
    ExamPolicy,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
    _,
    asks_for_number,
    pick,
    shuffled,
    stem_and_explanation,
    text_in,
)
from certify_order.letters import MOST, lettered


class OrderingContent(BaseModel):
    """Stem, lines and their right order; texts by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    options: dict[str, dict[str, str]]
    """Letter → text by language; the letters say nothing of the order."""
    key: tuple[str, ...]
    """The letters in the right order."""
    explanation: dict[str, str]


class OrderingAnswer(BaseModel):
    """All letters in the order given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    order: tuple[str, ...]


class Ordering(QuestionType[OrderingContent, OrderingAnswer]):
    """Earns the share of the lines that stand at their right place."""

    name = "ordering"
    label = N_("Ordering")
    content_model = OrderingContent
    answer_model = OrderingAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> OrderingContent:
        own = next(iter(blocks.values()))
        for language, block in blocks.items():
            if len(block.options) != len(own.options):
                raise ContentError(
                    _("{count} lines in {language}, {other} in the own language.").format(
                        count=len(block.options), language=language, other=len(own.options)
                    )
                )
        if any(mark is not None for _text, mark in own.options):
            raise ContentError(_("The lines of an ordering have no “[ ]”; their order is the key."))
        if not 3 <= len(own.options) <= MOST:
            raise ContentError(
                _("An ordering has 3 to {most} lines, in their right order.").format(most=MOST)
            )
        lines = [
            {name: block.options[place][0] for name, block in blocks.items()}
            for place in range(len(own.options))
        ]
        options = lettered(lines)
        letters = {next(iter(text.values())): letter for letter, text in options.items()}
        return OrderingContent(
            options=options,
            key=tuple(letters[text] for text, _mark in own.options),
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: OrderingContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        lines = (pick(content.options[letter], language) for letter in content.key)
        return ItemBlock(
            text_in(content.stem, language),
            tuple((line, None) for line in lines),
            text_in(content.explanation, language),
        )

    def present(self, content: OrderingContent, seed: str) -> dict[str, Any]:
        return {
            "stem": content.stem,
            "options": [
                {"id": letter, "text": content.options[letter]}
                for letter in shuffled(content.options, seed)
            ],
        }

    def check_answer(self, content: OrderingContent, answer: OrderingAnswer) -> None:
        if sorted(answer.order) != sorted(content.options):
            raise ValueError("an order holds every line once")

    def score(self, content: OrderingContent, answer: OrderingAnswer, rules: ExamPolicy) -> Score:
        right = sum(mine == key for mine, key in zip(answer.order, content.key, strict=True))
        return Score(Fraction(right, len(content.key)))

    def sample_answers(self, content: OrderingContent) -> Sequence[SampleAnswer]:
        key, size = list(content.key), len(content.key)
        swapped = [key[1], key[0], *key[2:]]
        return [
            SampleAnswer("right", {"order": key}, Fraction(1)),
            SampleAnswer("partial", {"order": swapped}, Fraction(size - 2, size)),
            SampleAnswer("wrong", {"order": [*key[1:], key[0]]}),
            SampleAnswer("invalid", {"order": key[1:]}),
            SampleAnswer("invalid", {"order": [*key[1:], key[1]]}),
        ]

    def asks_number(self, content: OrderingContent) -> bool:
        texts = [text for option in content.options.values() for text in option.values()]
        return asks_for_number(content.stem.values(), texts)

    def answer_text(self, content: OrderingContent, answer: OrderingAnswer, language: str) -> str:
        texts = [pick(content.options[letter], language) for letter in answer.order]
        return " → ".join(texts)

    def key_text(self, content: OrderingContent, language: str) -> str:
        return self.answer_text(content, OrderingAnswer(order=content.key), language)

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        example = "".join(str(n) for n in range(len(shown["options"]), 0, -1))
        return _("Type the numbers in the right order, such as {example}.").format(example=example)

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
        places = [int(digit) for digit in re.findall(r"[0-9]", typed)]
        rest = re.sub(r"[0-9\s,，、]", "", typed)
        if rest or sorted(places) != list(range(1, len(shown["options"]) + 1)):
            raise ValueError(_("Type every number once, in the right order."))
        return {"order": [shown["options"][place - 1]["id"] for place in places]}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        letters = [option["id"] for option in shown["options"]]
        return "".join(str(letters.index(letter) + 1) for letter in answer["order"])

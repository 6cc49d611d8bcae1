"""`matching`: every line on the left gets its partner from the right (R-ASM-01)."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from string import ascii_lowercase
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

Texts = dict[str, str]
PAIR = re.compile(r"([0-9])\s*([a-z])")


class MatchingContent(BaseModel):
    """Stem, both columns and which belong together; texts by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: Texts
    heads: tuple[Texts, Texts]
    """What the two columns are called."""
    left: dict[str, Texts]
    """Number, counted from 1, → text, in the author's order."""
    right: dict[str, Texts]
    """Letter → text; the letters say nothing of the pairs."""
    key: dict[str, str]
    """Number → letter; several may have the same one, and a letter may have none."""
    explanation: Texts


class MatchingAnswer(BaseModel):
    """The letter for each number that was given one."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    pairs: dict[str, str]


class Matching(QuestionType[MatchingContent, MatchingAnswer]):
    """Earns the share of the left lines that have their right partner."""

    name = "matching"
    label = N_("Matching")
    form = "rows"
    content_model = MatchingContent
    answer_model = MatchingAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> MatchingContent:
        own = next(iter(blocks.values()))
        for language, block in blocks.items():
            if not block.rows or any(len(row) != 2 for row in block.rows):
                raise ContentError(
                    _("A matching has a table with two columns ({language}).").format(
                        language=language
                    )
                )
            if [not row[0] for row in block.rows] != [not row[0] for row in own.rows]:
                raise ContentError(
                    _("The table in {language} has other rows than in the own language.").format(
                        language=language
                    )
                )
        columns = [
            [{name: block.rows[row][side] for name, block in blocks.items()} for side in (0, 1)]
            for row in range(len(own.rows))
        ]
        left = [row[0] for row in columns[1:] if next(iter(row[0].values()))]
        lettered(left)  # refuses what is alike
        right = lettered(list({tuple(row[1].items()): row[1] for row in columns[1:]}.values()))
        if not 2 <= len(left) <= MOST or not 2 <= len(right) <= MOST:
            raise ContentError(
                _("A matching has 2 to {most} lines on each side.").format(most=MOST)
            )
        letters = {next(iter(text.values())): letter for letter, text in right.items()}
        paired = [row for row in own.rows[1:] if row[0]]
        return MatchingContent(
            heads=(columns[0][0], columns[0][1]),
            left={str(number): text for number, text in enumerate(left, start=1)},
            right=right,
            key={str(number): letters[row[1]] for number, row in enumerate(paired, start=1)},
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: MatchingContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        pairs = [(content.left[number], letter) for number, letter in content.key.items()]
        left_over = set(content.right) - set(content.key.values())
        rows = [
            content.heads,
            *((left, content.right[letter]) for left, letter in pairs),
            *(({}, content.right[letter]) for letter in sorted(left_over)),
        ]
        return ItemBlock(
            text_in(content.stem, language),
            (),
            text_in(content.explanation, language),
            rows=tuple((pick(left, language), pick(right, language)) for left, right in rows),
        )

    def present(self, content: MatchingContent, seed: str) -> dict[str, Any]:
        return {
            "stem": content.stem,
            "heads": list(content.heads),
            "left": [{"id": number, "text": text} for number, text in content.left.items()],
            "right": [
                {"id": letter, "text": content.right[letter]}
                for letter in shuffled(content.right, seed)
            ],
        }

    def check_answer(self, content: MatchingContent, answer: MatchingAnswer) -> None:
        if not answer.pairs or not set(answer.pairs) <= set(content.left):
            raise ValueError("an answer pairs at least one of the lines on the left")
        if not set(answer.pairs.values()) <= set(content.right):
            raise ValueError("a partner must be one of the lines on the right")

    def score(self, content: MatchingContent, answer: MatchingAnswer, rules: ExamPolicy) -> Score:
        right = sum(answer.pairs.get(number) == letter for number, letter in content.key.items())
        return Score(Fraction(right, len(content.key)))

    def sample_answers(self, content: MatchingContent) -> Sequence[SampleAnswer]:
        key, size = dict(content.key), len(content.key)
        wrong = {
            number: next(other for other in content.right if other != letter)
            for number, letter in key.items()
        }
        return [
            SampleAnswer("right", {"pairs": key}, Fraction(1)),
            SampleAnswer("partial", {"pairs": {"1": key["1"]}}, Fraction(1, size)),
            SampleAnswer("wrong", {"pairs": wrong}),
            SampleAnswer("invalid", {"pairs": {}}),
            SampleAnswer("invalid", {"pairs": {"1": "?"}}),
            SampleAnswer("invalid", {"pairs": {"0": key["1"]}}),
        ]

    def asks_number(self, content: MatchingContent) -> bool:
        lines = (*content.left.values(), *content.right.values())
        texts = [text for line in lines for text in line.values()]
        return asks_for_number(content.stem.values(), texts)

    def answer_text(self, content: MatchingContent, answer: MatchingAnswer, language: str) -> str:
        return _("; ").join(
            f"{pick(text, language)} → {pick(content.right[answer.pairs[number]], language)}"
            for number, text in content.left.items()
            if number in answer.pairs
        )

    def key_text(self, content: MatchingContent, language: str) -> str:
        return self.answer_text(content, MatchingAnswer(pairs=content.key), language)

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        return _("Type number and letter of each pair, such as 1b 2a.")

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        left = [(line["id"], pick(line["text"], language)) for line in shown["left"]]
        right = zip(ascii_lowercase, shown["right"], strict=False)
        return [*left, *((letter, pick(line["text"], language)) for letter, line in right)]

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        found = PAIR.findall(typed.lower())
        rest = re.sub(r"[\s,，、;；]", "", PAIR.sub("", typed.lower()))
        numbers = [number for number, _letter in found]
        places = [ascii_lowercase.index(letter) for _number, letter in found]
        known = {line["id"] for line in shown["left"]}
        is_known = set(numbers) <= known and all(place < len(shown["right"]) for place in places)
        if rest or not found or not is_known or len(set(numbers)) != len(numbers):
            raise ValueError(_("Type each number at most once, with a letter: 1b 2a."))
        chosen = [shown["right"][place]["id"] for place in places]
        return {"pairs": dict(zip(numbers, chosen, strict=True))}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        letters = [line["id"] for line in shown["right"]]
        return " ".join(
            number + ascii_lowercase[letters.index(letter)]
            for number, letter in sorted(answer["pairs"].items())
        )

"""`text`: a short reply with what it must hold and what it must not (R-SIM-07)."""

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
    Wording,
    _,
    flaws,
    forbidden_in,
    missing,
    stem_and_explanation,
    text_in,
    tidy_line,
)
from certify_written.typed import MOST, TypedAnswer, refuse_blank


class TextContent(BaseModel):
    """Stem and what a reply must hold; its words are of all languages at once."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    key: Wording
    explanation: dict[str, str]


class Text(QuestionType[TextContent, TypedAnswer]):
    """Earns the share of the required elements found; a forbidden word leaves nothing.

    Width, letter case, traditional characters and punctuation make no difference.
    """

    name = "text"
    label = N_("Short text")
    form = "lines"
    content_model = TextContent
    answer_model = TypedAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> TextContent:
        own, *others = blocks.values()
        if any(block.lines for block in others):
            raise ContentError(
                _("A wording file holds no keys; delete the lines that begin with “=” or “!”.")
            )
        required = [_words(line) for line in own.lines if line.startswith("=")]
        forbidden = [_words(line) for line in own.lines if line.startswith("!")]
        if not required or not all((*required, *forbidden)):
            raise ContentError(
                _("Give each required element a line, such as “= sorry | apologise”.")
            )
        words = tuple(word for line in forbidden for word in line)
        return TextContent(
            key=Wording(required=tuple(required), forbidden=words),
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: TextContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        lines = [f"= {' | '.join(words)}" for words in content.key.required]
        if content.key.forbidden:
            lines.append(f"! {' | '.join(content.key.forbidden)}")
        return ItemBlock(
            text_in(content.stem, language),
            (),
            text_in(content.explanation, language),
            lines=lines if with_key else (),
        )

    def check(self, content: TextContent) -> Sequence[str]:
        return flaws(content.key)

    def present(self, content: TextContent, seed: str) -> dict[str, Any]:
        return {"stem": content.stem}

    def check_answer(self, content: TextContent, answer: TypedAnswer) -> None:
        refuse_blank(answer)

    def score(self, content: TextContent, answer: TypedAnswer, rules: ExamPolicy) -> Score:
        if forbidden_in(content.key, answer.text):
            return Score(Fraction(0))
        count = len(content.key.required)
        return Score(Fraction(count - len(missing(content.key, answer.text)), count))

    def sample_answers(self, content: TextContent) -> Sequence[SampleAnswer]:
        firsts = [words[0] for words in content.key.required]
        full = "，".join(firsts)
        share = 1 - Fraction(len(missing(content.key, firsts[0])), len(firsts))
        partial = [SampleAnswer("partial", {"text": firsts[0]}, share)] if 0 < share < 1 else []
        return [
            SampleAnswer("right", {"text": full}, Fraction(1)),
            *partial,
            SampleAnswer("wrong", {"text": "?"}),
            *(SampleAnswer("wrong", {"text": f"{full}，{w}"}) for w in content.key.forbidden),
            SampleAnswer("invalid", {"text": " "}),
            SampleAnswer("invalid", {"text": "x" * (MOST + 1)}),
        ]

    def asks_number(self, content: TextContent) -> bool:
        words = [word for words in content.key.required for word in words]
        return any(character.isdecimal() for word in words for character in word)

    def answer_text(self, content: TextContent, answer: TypedAnswer, language: str) -> str:
        return answer.text

    def key_text(self, content: TextContent, language: str) -> str:
        required = " + ".join(" / ".join(words) for words in content.key.required)
        if not content.key.forbidden:
            return required
        return _("{required}; forbidden: {forbidden}").format(
            required=required, forbidden=" / ".join(content.key.forbidden)
        )

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        return _("Type your answer on one line; a “=” before it lets it be one letter.")

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return []

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        text = tidy_line(typed)
        if not text:
            raise ValueError(_("Type your answer."))
        if len(typed) > MOST:
            raise ValueError(_("This is too long."))
        return {"text": text}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return str(answer["text"])


def _words(line: str) -> tuple[str, ...]:
    """The wordings of one line, without its sign."""
    return tuple(part.strip() for part in re.split(r"[|｜]", line[1:]) if part.strip())

"""`cloze`: a text with gaps, typed or chosen (R-ASM-01)."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from certify.api import (
    N_,
    ExamPolicy,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
    _,
    fold,
    pick,
    shuffled,
    stem_and_explanation,
    text_in,
    tidy_line,
)
from certify_written.gaps import MOST, Gap, numbered, read_gaps, with_gaps
from certify_written.typed import TypedLine

Filled = Annotated[tuple[TypedLine, ...], Field(max_length=MOST)]


class ClozeContent(BaseModel):
    """Stem with numbered gaps, and what fills them."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    key: tuple[Gap, ...]
    explanation: dict[str, str]


class ClozeAnswer(BaseModel):
    """What fills each gap: a text, or the letter of an option; empty where nothing does."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    gaps: Filled


class Cloze(QuestionType[ClozeContent, ClozeAnswer]):
    """Earns the share of the gaps filled rightly; width, case and script make no difference."""

    name = "cloze"
    label = N_("Fill in the gaps")
    form = "stem"
    content_model = ClozeContent
    answer_model = ClozeAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ClozeContent:
        texts = stem_and_explanation(blocks)
        key = read_gaps(blocks)
        stem = {language: numbered(text) for language, text in texts["stem"].items()}
        return ClozeContent(stem=stem, key=key, explanation=texts["explanation"])

    def to_markdown(
        self, content: ClozeContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        gaps = [gap.written(language, with_key=with_key) for gap in content.key]
        stem = with_gaps(text_in(content.stem, language), gaps)
        return ItemBlock(stem, (), text_in(content.explanation, language))

    def present(self, content: ClozeContent, seed: str) -> dict[str, Any]:
        return {
            "stem": content.stem,
            "gaps": [
                [
                    {"id": letter, "text": gap.options[letter]}
                    for letter in shuffled(gap.options, f"{seed}/{place}")
                ]
                for place, gap in enumerate(content.key)
            ],
        }

    def check_answer(self, content: ClozeContent, answer: ClozeAnswer) -> None:
        if len(answer.gaps) != len(content.key) or not any(answer.gaps):
            raise ValueError("an answer has a place for every gap and fills at least one")
        for gap, text in zip(content.key, answer.gaps, strict=True):
            if text and gap.options and text not in gap.options:
                raise ValueError("a gap has no such option")

    def score(self, content: ClozeContent, answer: ClozeAnswer, rules: ExamPolicy) -> Score:
        pairs = zip(content.key, answer.gaps, strict=True)
        right = sum(gap.is_right(text) for gap, text in pairs)
        return Score(Fraction(right, len(content.key)))

    def sample_answers(self, content: ClozeContent) -> Sequence[SampleAnswer]:
        size = len(content.key)
        right = [gap.key[0] for gap in content.key]
        wrong = [
            next((letter for letter in gap.options if letter not in gap.key), "?")
            for gap in content.key
        ]
        partial = [SampleAnswer("partial", {"gaps": [right[0], *wrong[1:]]}, Fraction(1, size))]
        return [
            SampleAnswer("right", {"gaps": right}, Fraction(1)),
            *(partial if size > 1 else ()),
            SampleAnswer("wrong", {"gaps": wrong}),
            SampleAnswer("invalid", {"gaps": [""] * size}),
            SampleAnswer("invalid", {"gaps": [*right, "x"]}),
        ]

    def asks_number(self, content: ClozeContent) -> bool:
        texts = [text for gap in content.key if not gap.options for text in gap.key]
        for gap in content.key:
            texts += [text for option in gap.options.values() for text in option.values()]
        return any(character.isdecimal() for text in texts for character in text)

    def choices(self, content: ClozeContent, answer: ClozeAnswer) -> Sequence[str]:
        """Number of the gap and letter of the option, such as `2b`; typed gaps have no options."""
        pairs = zip(content.key, answer.gaps, strict=True)
        return [
            f"{number}{text}"
            for number, (gap, text) in enumerate(pairs, start=1)
            if gap.options and text
        ]

    def answer_text(self, content: ClozeContent, answer: ClozeAnswer, language: str) -> str:
        return self._texts(content, answer.gaps, language)

    def key_text(self, content: ClozeContent, language: str) -> str:
        texts = [gap.key[0] if gap.options else " / ".join(gap.key) for gap in content.key]
        return self._texts(content, texts, language)

    @staticmethod
    def _texts(content: ClozeContent, texts: Sequence[str], language: str) -> str:
        pairs = zip(content.key, texts, strict=True)
        return _("; ").join(
            f"({number}) {pick(gap.options[text], language) if text in gap.options else text}"
            for number, (gap, text) in enumerate(pairs, start=1)
        )

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        if len(shown["gaps"]) == 1:
            return _("Type what fills the gap.")
        return _("Type what fills each gap, in their order, with a “;” between.")

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return [
            (f"({number})", " / ".join(pick(option["text"], language) for option in gap))
            for number, gap in enumerate(shown["gaps"], start=1)
            if gap
        ]

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        texts = [tidy_line(part) for part in re.split("[;；]", typed)]
        if len(texts) != len(shown["gaps"]) or not any(texts):
            raise ValueError(
                _(
                    "Give {count} texts with “;” between them; leave one empty to skip its gap."
                ).format(count=len(shown["gaps"]))
            )
        return {"gaps": [_chosen(gap, one) for gap, one in zip(shown["gaps"], texts, strict=True)]}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        texts = []
        for gap, text in zip(shown["gaps"], answer["gaps"], strict=True):
            option = next((one for one in gap if one["id"] == text), None)
            texts.append(pick(option["text"]) if option else text)
        return "; ".join(texts)


def _chosen(gap: Sequence[Mapping[str, Any]], text: str) -> str:
    """What a typed text means for a gap: itself, or the letter of the option it names.

    Raises:
        ValueError: the gap has options and this is none of them.
    """
    if not gap or not text:
        return text
    for option in gap:
        if fold(text) in {fold(one) for one in option["text"].values()}:
            return str(option["id"])
    raise ValueError(_("“{text}” is none of the choices of its gap.").format(text=text))
